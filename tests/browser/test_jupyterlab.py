"""Labs in a student's JupyterLab: every one to the last right card, and the untouched notebook of two."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from autograder.course import Lab, labs
from tests.browser.lab import run_all, seconds, solved

pytestmark = pytest.mark.slow


@pytest.fixture(params=labs(), ids=lambda lab: lab.name)
def lab(request) -> Lab:
    return request.param


@pytest.fixture
def stub(student_files: Path, lab: Lab) -> Path:
    return student_files / "labs" / lab.name / f"{lab.name}.ipynb"


#: One that starts from nothing, and one with files and widgets; tests/labs runs every untouched notebook.
UNTOUCHED = [Lab("lab2_layers"), Lab("lab5_style_transfer")]


@pytest.mark.parametrize("lab", UNTOUCHED, ids=lambda lab: lab.name)
def test_the_untouched_notebook_says_what_to_do(
    page, jupyterlab: str, student_files: Path, lab: Lab, stub: Path
) -> None:
    done = run_all(page, jupyterlab, student_files, stub)
    assert not [out for cell in done.cells for out in cell.get("outputs", []) if out.output_type == "error"]
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    for question in lab.questions:
        card = page.locator(f".aics-card:has(strong:text-is('{question}'))").first
        card.scroll_into_view_if_needed()
        assert card.is_visible()
        assert "to do" in card.inner_text()


def test_with_the_solution_every_card_says_right(
    page, jupyterlab: str, student_files: Path, lab: Lab, stub: Path
) -> None:
    path = stub.with_name("solved.ipynb")
    nbformat.write(solved(stub), path)
    done = run_all(page, jupyterlab, student_files, path)
    assert not [out for cell in done.cells for out in cell.get("outputs", []) if out.output_type == "error"]
    for question in lab.questions:
        card = page.locator(f".aics-card:has(strong:text-is('{question}'))").first
        card.scroll_into_view_if_needed()
        assert card.is_visible()
        assert "right" in card.inner_text(), card.inner_text()
    figures = page.locator(".jp-OutputArea-output img, .jp-OutputArea-output svg")
    saved = [out for cell in done.cells for out in cell.get("outputs", []) if "<img" in str(out.get("data"))]
    assert len(saved) > 5
    assert figures.count() >= len(saved)
    for cell in done.cells:
        if cell.id.endswith("_check"):
            print(f"{cell.source:<40} {seconds(cell):.3f} s")
