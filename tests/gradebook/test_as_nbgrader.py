"""What workers and the one writer make is what nbgrader's own converters make of the same hand-ins."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from autograder.authoring.build import register
from autograder.course import ClassFolder, Lab
from autograder.gradebook.nbgrader import Nbgrader
from tests.gradebook.conftest import LAB

pytestmark = pytest.mark.slow

STUDENTS = ("right", "untouched", "hanging", "edited", "python2", "zipped")


@pytest.fixture(scope="module")
def stock(graded, tmp_path_factory) -> ClassFolder:
    """The graded class once more, from its repaired hand-ins and records, by nbgrader's own converters."""
    state = ClassFolder(tmp_path_factory.mktemp("stock") / "course")
    for folder in ("submitted", "runs"):
        shutil.copytree(graded.state.folder / folder, state.folder / folder)
    for answers in state.runs.glob("*/*.answers.json"):
        answers.unlink()
    register(Lab(LAB), state)
    nbgrader = Nbgrader(state, GradeInSandbox={"recorded": True}, Repair={"repaired_root": str(state.submitted)})
    for student in STUDENTS:
        nbgrader.autograde(LAB, student)
        nbgrader.feedback(LAB, student)
    return state


def files(state: ClassFolder, folder: str, student: str) -> dict[str, Path]:
    return {path.name: path for path in (state.folder / folder / student / LAB).iterdir()}


def rows(state: ClassFolder, student: str) -> list[tuple[object, ...]]:
    """All that the gradebook has of a hand-in."""
    with Nbgrader(state).gradebook() as gradebook:
        submission = gradebook.find_submission(LAB, student)
        (notebook,) = submission.notebooks
        grades = [
            (g.name, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade, g.score)
            for g in notebook.grades
        ]
        comments = [(c.name, c.auto_comment, c.manual_comment) for c in notebook.comments]
        about = submission.timestamp, submission.extension, notebook.late_submission_penalty, submission.score
        return [about, *sorted(grades), *sorted(comments)]


@pytest.mark.parametrize("student", STUDENTS)
def test_the_gradebook_has_the_same_rows(graded, stock, student):
    assert rows(graded.state, student) == rows(stock, student)


@pytest.mark.parametrize("student", STUDENTS)
def test_the_graded_notebook_is_the_same_to_the_byte(graded, stock, student):
    ours, theirs = (files(state, "autograded", student) for state in (graded.state, stock))
    assert ours.keys() == theirs.keys()
    assert ours[f"{LAB}.ipynb"].read_bytes() == theirs[f"{LAB}.ipynb"].read_bytes()
    assert {path.stat().st_mode for path in ours.values()} == {path.stat().st_mode for path in theirs.values()}


@pytest.mark.parametrize("student", STUDENTS)
def test_the_feedback_page_reads_the_same(graded, stock, student):
    """nbgrader's has been through a parser as a whole, which sets some signs otherwise."""
    ours, theirs = (files(state, "feedback", student)[f"{LAB}.html"] for state in (graded.state, stock))
    assert str(BeautifulSoup(ours.read_text("utf-8"), "html.parser")) == theirs.read_text("utf-8")
    assert ours.stat().st_mode == theirs.stat().st_mode
