"""Answers about one's own code from hand-in to gradebook, and the sheet for an oral check."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from aics.check.reference import Reference
from aics.own.asked import Asked
from aics.own.make import own_questions
from autograder.authoring.namespace import run_cell, solution_cells
from autograder.course import ClassFolder, CourseError, Lab
from autograder.course.own_code import OWN_CODE, OwnCode
from autograder.gradebook.nbgrader import Nbgrader
from autograder.measure.prove import exchanged

from .conftest import LAB, Graded, autograder, grade, write

#: The questions that the hand-ins here answer.
SOLVED = ("fully_connected_forward", "fully_connected_backward", "relu")


@pytest.fixture(scope="module")
def asked(lab: Lab) -> dict[str, list[Asked]]:
    """What a student's own kernel asks of the solution."""
    return dict(_asked(lab))


def _asked(lab: Lab) -> Iterator[tuple[str, list[Asked]]]:
    names: dict[str, Any] = {"__name__": "__main__"}
    for grade_id, source in solution_cells(lab):
        question = grade_id.removesuffix("_code")
        if question == "softmax_loss":
            return
        with contextlib.redirect_stdout(io.StringIO()):
            run_cell(names, grade_id, source)
        if question in SOLVED:
            cases = Reference(lab.reference).question(question).cases
            yield question, own_questions(question, source, getattr(lab.asks, question), names, cases)


def _handin(stub, sources: dict[str, str], *cells: str):
    notebook = exchanged(stub, sources)
    notebook.cells += [nbformat.v4.new_code_cell(cell) for cell in cells]
    return notebook


def _call(question: str, answers: list[Any]) -> str:
    return f'check.own("{question}", {", ".join(map(repr, answers))})'


@pytest.fixture(scope="module")
def handins(tmp_path_factory, stub, lab, asked) -> Path:
    """One student answers rightly, one wrongly and in part, one not at all."""
    folder = tmp_path_factory.mktemp("own") / "handins"
    sources = {grade_id: source for grade_id, source in solution_cells(lab) if grade_id.removesuffix("_code") in SOLVED}
    write(folder / "rita", _handin(stub, sources, *(_call(q, [one.right for one in asked[q]]) for q in SOLVED)))
    partly = [asked["fully_connected_backward"][0].right, (9, 9, 9)]
    write(folder / "will", _handin(stub, sources, _call("relu", [(9, 9)]), _call("fully_connected_backward", partly)))
    write(folder / "nora", _handin(stub, {**sources, "relu_code": "class ReLULayer:\n    pass"}))
    return folder


@pytest.fixture(scope="module")
def marked(request: pytest.FixtureRequest, handins: Path) -> Graded:
    request.getfixturevalue("can_grade")
    state = ClassFolder(handins.parent / "course")
    state.folder.mkdir()
    (state.folder / OWN_CODE).write_text(f"[labs]\n{LAB} = 0.5\n")
    return grade(state, handins)


def test_both_sides_ask_the_same_and_right_answers_give_the_points(marked):
    """The answers are those of a student's own kernel: the sandbox asked the same questions, or they were not right."""
    extra = {q: scores[1] for q, scores in Nbgrader(marked.state).scores(LAB)["rita"].items() if q in SOLVED}
    assert extra == dict.fromkeys(SOLVED, 0.5)
    assert marked.points("rita")["relu"] == 5


def test_wrong_answers_and_none_give_nothing_and_take_nothing(marked):
    for student in ("will", "nora"):
        scores = Nbgrader(marked.state).scores(LAB)[student]
        assert all(not scores[q][1] for q in SOLVED)
        assert scores["fully_connected_forward"][0] == 5


def test_the_page_says_how_many_were_right(marked):
    page = marked.state.folder / "feedback" / "will" / LAB / f"{LAB}.html"
    assert "About the own code 1 of 2 answered rightly: +0 bonus." in page.read_text("utf-8")


def test_the_sheet_has_each_students_questions_with_answers(marked, asked):
    done = autograder(marked.state, "oral", LAB, "rita", "will", "nora")
    assert done.returncode == 0, done.stderr
    page = (marked.state.folder / "oral" / f"{LAB}.html").read_text("utf-8")
    rita, will, nora = page.split("<section>")[1:]
    for one in asked["fully_connected_forward"]:
        assert f"The code gives: {one.right}" in rita
    assert "which is right" in rita
    assert "which is not what the code gives" in will
    assert "relu" in nora.split("Not right yet")[1]


def test_a_student_who_is_not_there_is_one_sentence(marked):
    done = autograder(marked.state, "oral", LAB, "nobody")
    assert done.returncode == 2
    assert "There is no hand-in of nobody for lab2_layers. There are: nora, rita, will." in done.stderr


def test_another_setting_asks_again_and_the_same_one_does_not(marked, handins):
    assert "unchanged" in grade(marked.state, handins, "--student", "rita").text
    (marked.state.folder / OWN_CODE).write_text(f"[labs]\n{LAB} = 0.25\n")
    assert "unchanged" not in grade(marked.state, handins, "--student", "rita").text
    assert Nbgrader(marked.state).scores(LAB)["rita"]["relu"][1] == 0.25


def test_without_hand_ins_the_command_says_where_they_come_from(tmp_path):
    done = autograder(ClassFolder(tmp_path), "oral", LAB)
    assert done.returncode == 2
    assert "`autograder grade` puts them there" in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[labs]\nlab2_layers = -1\n", "must be points for each question, from 0 to 5"),
        ("[labs]\nlab2_layers = true\n", "must be points"),
        ('[labs]\nlab2_layers = "yes"\n', "must be points"),
        ("[labs]\nlab99 = 1\n", "There is no lab 'lab99'"),
        ("lab2_layers = 1\n", "it holds one table"),
        ("[labs\n", OWN_CODE),
    ],
)
def test_a_setting_that_cannot_be_is_one_sentence(text, said, tmp_path):
    (tmp_path / OWN_CODE).write_text(text)
    with pytest.raises(CourseError) as error:
        OwnCode.read(tmp_path)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_without_the_file_no_lab_asks(tmp_path, lab):
    assert OwnCode.read(tmp_path).points(lab.name) is None
