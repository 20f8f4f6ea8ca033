"""TensorBoard as ``aics board`` starts it, in Chromium, on a log that the finished functions wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import INSTRUCTOR
from tests.browser.logged import write_log
from tests.browser.servers import board

pytest.importorskip("tensorboard")
pytestmark = pytest.mark.slow

#: Milliseconds in which TensorBoard has drawn what it read.
PATIENCE = 60_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("board")
    write_log(folder / "logs" / "run-1")
    with board(INSTRUCTOR / "aics", folder, folder / "logs") as served:
        yield served


def test_curves_and_hills_of_a_students_log_are_drawn(page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/#timeseries", timeout=PATIENCE)
    for tag in ("curves/loss", "curves/accuracy", "gradients/fc10/weight"):
        page.get_by_text(tag, exact=True).first.wait_for(timeout=PATIENCE)
    page.get_by_text("run-1").first.wait_for(timeout=PATIENCE)
    page.locator("line-chart canvas, line-chart svg").first.wait_for(timeout=PATIENCE)
    page.screenshot(path=tmp_path / "timeseries.png")


def test_the_graph_is_drawn_with_its_scopes(page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/#graphs", timeout=PATIENCE)
    names = page.locator("g.node title")
    for name in ("fc10", "loss", "images"):
        names.filter(has_text=re.compile(f"^{name}$")).first.wait_for(timeout=PATIENCE, state="attached")
    page.screenshot(path=tmp_path / "graph.png")
