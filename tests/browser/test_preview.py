"""A preview's page in a browser that is cut off: it asks for nothing, and its formulas are drawn as formulas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest

from autograder.authoring.page import OfflinePage
from autograder.course import Lab

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
LAB = Lab("lab2_layers")
#: Of each fraction: whether what is above stands above what is below.
STACKED = """fractions => fractions.map(f => {
  const [above, below] = [...f.children].map(part => part.getBoundingClientRect());
  return above.height > 0 && above.bottom <= below.top + 1;
})"""


def test_it_asks_for_nothing_and_draws_its_formulas(page: Page, tmp_path: Path) -> None:
    html = tmp_path / "preview.html"
    html.write_text(OfflinePage().from_notebook_node(nbformat.read(LAB.released, 4))[0], "utf-8")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(html.as_uri())
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith("data:")] == [html.as_uri()]
    stacked = page.locator("mfrac").evaluate_all(STACKED)
    assert len(stacked) > 5
    assert all(stacked)
    assert page.locator("merror").count() == 0
