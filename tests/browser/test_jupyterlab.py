"""Labs in a student's JupyterLab: two untouched notebooks are run there, and each solved one is opened and seen."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.sign import NotebookNotary

from aics.card.words import say
from aics.language import speaking
from autograder.course import Lab, labs
from tests import notebooks
from tests.browser.lab import card, finish_line, open_notebook, run_all
from tests.browser.servers import bare_environment
from tests.once import Once

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.slow, notebooks.needs_student_environment]
LABS = labs()
each_lab = pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.name)


def released(student_files: Path, lab: Lab) -> Path:
    """The lab's notebook in the student's folder."""
    return student_files / "labs" / lab.name / f"{lab.name}.ipynb"


def bonus(lab: Lab) -> int:
    """How many of its questions are extra credit."""
    return sum(question.bonus for question in lab.questions.values())


def errors(notebook: NotebookNode) -> list[NotebookNode]:
    """What went wrong in its cells."""
    return [out for cell in notebook.cells for out in cell.get("outputs", []) if out.output_type == "error"]


#: The first that starts from nothing, and the last that has a page of its own; tests/labs runs every one.
UNTOUCHED = [LABS[0], [lab for lab in LABS if (lab.public / "studio").exists()][-1]]


@pytest.mark.parametrize("lab", UNTOUCHED, ids=lambda lab: lab.name)
def test_the_untouched_notebook_run_in_jupyterlab_says_what_to_do(
    page: Page, jupyterlab: str, student_files: Path, lab: Lab
) -> None:
    assert errors(run_all(page, jupyterlab, student_files, released(student_files, lab))) == []
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    for question in lab.questions:
        assert "to do" in card(page, question).inner_text()
    line = finish_line(page).inner_text()
    assert f"{len(lab.questions) - bonus(lab)} to do, {len(lab.written)} of the written answers empty" in line
    assert f"hand in this file: {released(student_files, lab)}" in line, "Jupyter's server tells its path"


def test_run_all_reaches_the_end_past_a_stub_that_is_no_python_and_one_that_raises(
    page: Page, jupyterlab: str, student_files: Path
) -> None:
    path = released(student_files, LABS[0])
    notebook = nbformat.read(path, 4)
    first, second = [cell for cell in notebook.cells if cell.id.endswith("_code")][:2]
    first.source, second.source = "def unfinished(:", 'raise ValueError("run too early")'
    nbformat.write(notebook, path.with_name("broken.ipynb"))
    ran = run_all(page, jupyterlab, student_files, path.with_name("broken.ipynb"))
    failed = {cell.id: errors(NotebookNode(cells=[cell])) for cell in ran.cells}
    names = {cell_id: outputs[0].ename for cell_id, outputs in failed.items() if outputs}
    assert (names[first.id], names[second.id]) == ("SyntaxError", "ValueError")
    assert all(cell_id.endswith("_code") for cell_id in names), names  # others whose defaults name these two fail, too
    assert all(cell.execution_count for cell in ran.cells if cell.cell_type == "code")


@pytest.mark.parametrize("language", ["en", "zh"])
@each_lab
def test_the_solved_notebook_shows_every_card_and_picture(
    page: Page, jupyterlab: str, student_files: Path, once: Once, lab: Lab, language: str
) -> None:
    """It was run elsewhere and is opened as a student's own, signed as if saved here."""
    run, path = notebooks.solved(once, lab, language), released(student_files, lab).with_name("solved.ipynb")
    shutil.copy(run.path, path)
    with mock.patch.dict(os.environ, bare_environment(student_files)):
        NotebookNotary().sign(run.notebook)
    open_notebook(page, jupyterlab, student_files, path)
    most = sum(q.points for q in lab.questions.values() if not q.bonus) + sum(w.points for w in lab.written.values())
    assert errors(run.notebook) == []
    with speaking(language):
        line, right = say("points", score=100, max_score=f"{most:g}"), say("right")
    assert line in finish_line(page, language).inner_text()
    for question in lab.questions:
        text = card(page, question).inner_text()
        assert right in text, text
    data = [str(out.get("data")) for cell in run.notebook.cells for out in cell.get("outputs", [])]
    saved = [shown for shown in data if "<img" in shown or "<svg" in shown]
    assert len(saved) > 5
    assert page.locator(".jp-OutputArea-output img, .jp-OutputArea-output svg").count() >= len(saved)
