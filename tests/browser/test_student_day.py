"""A student's day as docs/student-day.md shows it, in a hurry: from the zip to the receipt, nothing outside asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest

from docs.make import day
from docs.make.student import Student
from tests import notebooks
from tests.browser.conftest import STUDENT
from tests.browser.lab import finish_line
from tests.browser.servers import jupyter, settle_jupyterlab
from tests.once import Once
from tests.zips import unzipped, zip_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.slow, notebooks.needs_student_environment]


def without_pictures(path: Path) -> None:
    """Leave only the cells that somebody needs who hurries."""
    notebook = nbformat.read(path, 4)
    needed = ("_given", "_code", "_check", "_written", "overview_look")
    notebook.cells = [cell for cell in notebook.cells if cell.id.endswith(needed)]
    nbformat.write(notebook, path)


def test_from_the_zip_to_the_receipt_with_the_network_off(page: Page, once: Once, tmp_path: Path) -> None:
    folder = unzipped(zip_of(once, day.LAB), tmp_path)
    path = folder / day.NOTEBOOK
    without_pictures(path)
    settle_jupyterlab(folder)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    environment = day.OFFLINE | {"HOME": str(tmp_path), "PYTHONPATH": str(folder / "labs")}
    with jupyter(STUDENT / "jupyter", "lab", folder, folder, environment) as address:
        page.goto(f"{address}/lab/tree/{day.NOTEBOOK}?reset")
        day.solve(Student(page, path, tmp_path / "shots"))
        said = finish_line(page).inner_text()
    points = sum(question.points for question in day.LAB.questions.values())
    most = points + sum(written.points for written in day.LAB.written.values())
    assert f"{points:g} / {most:g} points" in said
    assert f"hand in this file: ~/aics-labs/{day.NOTEBOOK}" in " ".join(said.split())
    receipt = json.loads(path.with_suffix(".receipt.json").read_text("utf-8"))
    assert (receipt["points"], receipt["of"]) == (points, most)
    assert receipt["code"] in said
