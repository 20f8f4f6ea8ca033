"""Every lab's built notebook, driven from top to bottom in a real kernel of the students' environment."""

from __future__ import annotations

import re

import pytest
from nbformat import NotebookNode

from aics.handin.notebook_file import answers_in, cells_of
from aics.handin.receipt import changed_since, load
from autograder.authoring.source import LOOK_TAG
from autograder.course import Lab, labs
from tests import notebooks
from tests.notebooks import Run
from tests.once import Once

LABS = [lab.name for lab in labs()]
QUESTIONS = [(lab.name, question) for lab in labs() for question in lab.questions]
#: Cells that are there to look at, but show a table, a list of files or a widget.
TEXT_ONLY = {"overview_look", "export_look"}
#: Share of the other ones that must show a picture: when all is solved, and with nothing written yet.
PICTURES = {"solved": 0.7, "stub": 0.35}

pytestmark = [pytest.mark.slow, notebooks.needs_student_environment]
each_lab = pytest.mark.parametrize("lab", LABS, indirect=True, scope="module")
each_question = pytest.mark.parametrize(("lab", "question"), QUESTIONS, indirect=["lab"], scope="module")


@pytest.fixture(scope="module")
def lab(request: pytest.FixtureRequest) -> Lab:
    return Lab(request.param)


@pytest.fixture(scope="module")
def stub(lab: Lab, once: Once) -> NotebookNode:
    return notebooks.untouched(once, lab).notebook


@pytest.fixture(scope="module")
def solved_run(lab: Lab, once: Once) -> Run:
    return notebooks.solved(once, lab)


@pytest.fixture(scope="module")
def solved(solved_run: Run) -> NotebookNode:
    return solved_run.notebook


def outputs(notebook):
    return [(cell.id, output) for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def errors(notebook):
    return [(cell, output.ename, output.evalue) for cell, output in outputs(notebook) if output.output_type == "error"]


def card(notebook, question):
    """The text of a question's card."""
    (cell,) = [cell for cell in notebook.cells if cell.id == f"{question}_check"]
    (output,) = cell.outputs
    assert output.data["text/html"].startswith("<")
    return output.data["text/plain"]


def text(notebook, cell_id):
    (cell,) = [cell for cell in notebook.cells if cell.id == cell_id]
    return "".join(output.get("text", "") + output.get("data", {}).get("text/plain", "") for output in cell.outputs)


def looks(notebook):
    """Ids of the cells that are there to look at a picture."""
    return {cell.id for cell in notebook.cells if LOOK_TAG in cell.metadata.get("tags", ())} - TEXT_ONLY


def pictures(notebook):
    """Ids of the cells that show a figure."""
    kinds = ("image/png", "image/svg+xml", "<svg", "<img")
    return {cell for cell, output in outputs(notebook) if any(kind in str(output.get("data", "")) for kind in kinds)}


def number(lab: Lab) -> str:
    """The lab's number: ``lab2_layers`` gives ``2``."""
    return re.match(r"lab(\d+)_", lab.name)[1]


def exported(lab: Lab) -> tuple[str, ...]:
    """Names of the files that the lab's last cell writes."""
    return tuple(getattr(lab.asks, "EXPORTS", {}))


@each_lab
def test_the_untouched_notebook_of_the_labs_own_zip_runs_through_without_an_error(stub):
    assert errors(stub) == []


@each_lab
def test_it_says_what_it_starts_from(lab, stub):
    network = any("vgg_cpu.py" in earlier.asks.EXPORTS for earlier in lab.earlier)
    parts = ["Layers"] * bool(lab.starts_from) + ["Network"] * network
    why = "finished ones (ONNX Runtime), since no lab beside this one has exported its own yet."
    assert text(stub, "setup_given") == "".join(f"{part}: {why}\n" for part in parts)


@each_lab
def test_nothing_is_written_to_standard_error(stub, solved):
    for notebook in (stub, solved):
        assert [(cell, output.text) for cell, output in outputs(notebook) if output.get("name") == "stderr"] == []


@each_question
def test_every_check_of_the_untouched_notebook_says_what_is_to_do(lab, stub, question):
    said = card(stub, question)
    assert said.startswith(f"[ ] {question}: to do"), said
    assert f"waiting for you: lab {number(lab)}, " in said


@each_lab
def test_the_untouched_notebook_says_that_there_is_nothing_to_export_yet(lab, stub):
    said = text(stub, "export_look") if exported(lab) else ""
    assert all(name in said for name in exported(lab))
    assert "Not finished yet" in said or not exported(lab)


@each_lab
def test_the_solved_notebook_runs_through_without_an_error(solved):
    assert errors(solved) == []


@each_question
def test_every_check_of_the_solved_notebook_says_all_right(solved, question):
    said = card(solved, question)
    assert said.startswith(f"[+] {question}: right"), said


@each_lab
def test_the_finish_line_of_the_solved_notebook_has_every_point_but_those_a_person_gives(lab, solved_run, solved):
    points = {kind: sum(q.points for q in lab.questions.values() if q.bonus == kind) for kind in (False, True)}
    bonus = f", +{points[True]:g} bonus" if points[True] else ""
    assert points[False] == 100
    by_hand = sum(written.points for written in lab.written.values())
    said = text(solved, "overview_look")
    assert f"100 / {100 + by_hand:g} points{bonus}" in said
    assert f"{len(lab.written)} of the written answers empty" in said
    receipt = load(solved_run.path)
    assert (receipt.points, receipt.of, receipt.lab) == (100, 100 + by_hand, lab.name)
    answers = {answer.name: answer.source for answer in answers_in(cells_of(solved_run.path))}
    assert changed_since(receipt, answers) == []


@each_lab
def test_nothing_answered_leaves_no_receipt(lab, once):
    assert load(notebooks.untouched(once, lab).path) is None


@each_lab
def test_figures_are_drawn_and_say_in_words_what_they_show(stub, solved):
    for state, notebook in (("solved", solved), ("stub", stub)):
        drawn = pictures(notebook) & looks(notebook)
        assert len(drawn) >= PICTURES[state] * len(looks(notebook)), (state, sorted(looks(notebook) - drawn))
    for cell, output in outputs(solved):
        for picture in re.findall(r"<(?:img|svg)[^>]*>", str(output.get("data", {}).get("text/html", ""))):
            assert 'alt="' in picture or 'aria-label="' in picture, cell


@each_lab
def test_the_solved_notebook_exports_the_courses_files(lab, solved, solved_run):
    for name in exported(lab):
        (file,) = solved_run.folder.rglob(f"stu_upload/{name}")
        compile(file.read_text(), name, "exec")
    assert "Not finished yet" not in (text(solved, "export_look") if exported(lab) else "")
