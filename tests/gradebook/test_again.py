"""Grading again does what is missing and no more: asks outdated questions, writes what the gradebook lacks."""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from rich.console import Console

from autograder import terminal
from autograder.authoring.build import register
from autograder.course import ClassFolder, Lab
from autograder.gradebook.grade_handins import Graded, GradingOptions
from autograder.gradebook.grade_path import grade_path
from autograder.gradebook.nbgrader import Nbgrader
from autograder.gradebook.outdated import old_grades
from autograder.grading.record import Record
from tests.gradebook.conftest import LAB, write

pytestmark = pytest.mark.slow

STUDENTS = ("ada", "umar")


def grade(top: Path, **options: object) -> dict[str, Graded]:
    """Grade the hand-ins below `top` into the class beside them; student -> what came of it."""
    state, console = ClassFolder(top / "course"), Console(file=io.StringIO())
    settings = GradingOptions(**{"values_only": True, "workers": 1} | options)
    done = grade_path(state, top / "handins", settings, [Lab(LAB)], None, console)
    return {graded.student: graded for graded in done.graded}


def scores(top: Path) -> dict[str, float]:
    with Nbgrader(ClassFolder(top / "course")).gradebook() as gradebook:
        return {student: gradebook.find_submission(LAB, student).score for student in STUDENTS}


def record(top: Path, student: str) -> Path:
    return top / "course" / "runs" / student / f"{LAB}.json"


def page(top: Path, student: str) -> Path:
    return top / "course" / "feedback" / student / LAB / f"{LAB}.html"


@pytest.fixture(scope="module")
def original(request, tmp_path_factory, registered, solution, stub) -> Path:
    request.getfixturevalue("can_grade")
    top = tmp_path_factory.mktemp("once")
    shutil.copytree(registered, top / "course")
    for student, notebook in zip(STUDENTS, (solution, stub), strict=True):
        write(top / "handins" / student, notebook)
    assert {graded.status for graded in grade(top).values()} == {"graded"}
    return top


@pytest.fixture
def top(original, tmp_path, monkeypatch) -> Path:
    """The graded class, to be changed: a copy with all files' times."""
    shutil.copytree(original, tmp_path / "top")
    monkeypatch.setenv("AICS_COURSE", str(tmp_path / "top" / "course"))
    return tmp_path / "top"


@pytest.fixture
def asked(top) -> Callable[[], set[str]]:
    """Return ``asked()``: the students of whom a question was asked in this test."""
    before = {student: record(top, student).stat().st_mtime_ns for student in STUDENTS}
    return lambda: {s for s in STUDENTS if record(top, s).stat().st_mtime_ns != before[s]}


def statuses(graded: dict[str, Graded]) -> dict[str, str]:
    return {student: each.status for student, each in graded.items()}


def test_what_is_complete_is_left_alone(top, asked):
    before = page(top, "ada").read_bytes()
    assert statuses(grade(top)) == dict.fromkeys(STUDENTS, "unchanged")
    assert asked() == set()
    assert page(top, "ada").read_bytes() == before


def _deleted(top: Path) -> None:
    (top / "course" / "gradebook.db").unlink()


def _swapped_for_an_empty_one(top: Path) -> None:
    register(Lab(LAB), ClassFolder(top / "other"))
    shutil.copyfile(top / "other" / "gradebook.db", top / "course" / "gradebook.db")


def _swapped_for_one_with_other_grades(top: Path) -> None:
    with Nbgrader(ClassFolder(top / "course")).gradebook() as gradebook:
        gradebook.find_grade("relu", LAB, LAB, "ada").auto_score = 1
        gradebook.find_grade("relu", LAB, LAB, "umar").auto_score = 5
        gradebook.db.commit()


def _swapped_for_one_without_extra_credit(top: Path) -> None:
    with Nbgrader(ClassFolder(top / "course")).gradebook() as gradebook:
        gradebook.find_grade("conv_winograd", LAB, LAB, "ada").extra_credit = 0
        gradebook.find_grade("conv_winograd", LAB, LAB, "umar").extra_credit = 10
        gradebook.db.commit()


@pytest.mark.parametrize(
    "change",
    [
        _deleted,
        _swapped_for_an_empty_one,
        _swapped_for_one_with_other_grades,
        _swapped_for_one_without_extra_credit,
    ],
)
def test_grades_that_the_gradebook_lacks_are_written_and_nothing_is_asked(top, asked, change):
    before = scores(top)
    change(top)
    assert statuses(grade(top)) == dict.fromkeys(STUDENTS, "graded")
    assert scores(top) == before == {"ada": 110, "umar": 0}
    assert asked() == set()


def test_a_missing_feedback_page_is_made_and_manual_grades_stay_confirmed(top, asked):
    with Nbgrader(ClassFolder(top / "course")).gradebook() as gradebook:
        given = gradebook.find_grade("relu", LAB, LAB, "umar")
        given.manual_score, given.needs_manual_grade = 3, False
        gradebook.db.commit()
    page(top, "umar").unlink()
    assert statuses(grade(top)) == {"ada": "unchanged", "umar": "graded"}
    assert page(top, "umar").exists()
    assert asked() == set()
    with Nbgrader(ClassFolder(top / "course")).gradebook() as gradebook:
        given = gradebook.find_grade("relu", LAB, LAB, "umar")
        assert (given.manual_score, given.needs_manual_grade) == (3, False)


def give_by_hand(top: Path, student: str, question: str, points: float) -> None:
    """Do what formgrader does when a person enters points."""
    with Nbgrader(ClassFolder(top / "course")).gradebook() as gradebook:
        given = gradebook.find_grade(question, LAB, LAB, student)
        given.manual_score, given.needs_manual_grade = points, False
        gradebook.db.commit()


def by_hand(top: Path, student: str, question: str) -> tuple[float | None, bool]:
    """The points that a person gave, and whether formgrader asks for them to be confirmed."""
    with Nbgrader(ClassFolder(top / "course")).gradebook() as gradebook:
        given = gradebook.find_grade(question, LAB, LAB, student)
        return given.manual_score, given.needs_manual_grade


def test_what_a_person_graded_is_asked_again_only_where_the_answer_changed(top, solution):
    written = next(iter(Lab(LAB).written))
    for question in (written, "relu"):
        give_by_hand(top, "ada", question, 2)
        give_by_hand(top, "umar", question, 1)
    changed = nbformat.from_dict(solution)
    cell = next(c for c in changed.cells if c.metadata.get("nbgrader", {}).get("grade_id") == written)
    cell.source = "Another answer."
    write(top / "handins" / "ada", changed)
    assert statuses(grade(top, again=True)) == dict.fromkeys(STUDENTS, "graded")
    assert by_hand(top, "umar", written) == by_hand(top, "umar", "relu") == (1, False)
    assert by_hand(top, "ada", written) == (2, True)
    assert by_hand(top, "ada", "relu") == (2, False)


def test_a_corrected_automatic_score_asks_for_the_manual_one_again(top):
    give_by_hand(top, "umar", "relu", 1)
    with Nbgrader(ClassFolder(top / "course")).gradebook() as gradebook:
        gradebook.find_grade("relu", LAB, LAB, "umar").auto_score = 5
        gradebook.db.commit()
    grade(top)
    assert by_hand(top, "umar", "relu") == (1, True)


def test_a_graded_notebook_that_was_left_half_way_is_graded_again(top, asked):
    path = top / "course" / "autograded" / "umar" / LAB / f"{LAB}.ipynb"
    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    path.chmod(0o644)
    nbformat.write(notebook, path)
    assert statuses(grade(top)) == {"ada": "unchanged", "umar": "graded"}
    assert "still waiting for you" in page(top, "umar").read_text("utf-8")
    assert asked() == set()


def test_prose_that_was_changed_reaches_the_graded_notebook_and_asks_nothing(top, asked, solution):
    changed = nbformat.from_dict(solution)
    changed.cells.insert(1, nbformat.v4.new_markdown_cell("A remark for the grader.", id="remark"))
    write(top / "handins" / "ada", changed)
    assert statuses(grade(top)) == {"ada": "graded", "umar": "unchanged"}
    assert asked() == set()
    assert "A remark for the grader." in page(top, "ada").read_text("utf-8")


def test_only_the_outdated_question_is_asked_again(top, asked):
    path = record(top, "umar")
    data = json.loads(path.read_text("utf-8"))
    for name, judged in data["judged"].items():
        judged["verdict"]["reason"] = f"This was found before about {name}."
    data["judged"]["relu"]["key"] = "of another time"
    path.write_text(json.dumps(data), "utf-8")
    os.utime(path, ns=(0, 0))

    graded = grade(top)
    reasons = {row.question: row.reason for row in graded["umar"].rows}
    assert statuses(graded) == {"ada": "unchanged", "umar": "graded"}
    assert asked() == {"umar"}
    assert reasons.pop("relu").startswith("This stub is still waiting for you")
    assert reasons == {name: f"This was found before about {name}." for name in reasons}
    assert "This was found before about flatten." in page(top, "umar").read_text("utf-8")


def older_than_the_rules(top: Path, student: str) -> None:
    """Leave a student's record as it is after a question's points have changed."""
    path = record(top, student)
    path.write_text(path.read_text("utf-8").replace(Record.load(path).judged["relu"].key, "of other rules"), "utf-8")


def test_a_run_names_the_others_whose_grades_are_older_than_the_rules(top):
    state, console = ClassFolder(top / "course"), Console(file=io.StringIO())
    assert old_grades(state, Lab(LAB)) is None
    older_than_the_rules(top, "umar")
    settings = GradingOptions(values_only=True, workers=1)
    done = grade_path(state, top / "handins", settings, [Lab(LAB)], "ada", console)
    (line,) = [line for line in terminal.remarks(done) if "older" in line]
    command = f"autograder grade {state.submitted} --lab {LAB}"
    assert line == f"1 student's grades of {LAB} are older than the rules (umar). To renew them: [bold]{command}[/]"
    renewed = grade_path(state, state.submitted, settings, [Lab(LAB)], None, console)
    assert {graded.student: graded.status for graded in renewed.graded}["umar"] == "graded"
    assert old_grades(state, Lab(LAB)) is None


def test_with_again_everything_is_asked(top, asked):
    assert statuses(grade(top, again=True)) == dict.fromkeys(STUDENTS, "graded")
    assert asked() == set(STUDENTS)


def test_hand_ins_that_lie_where_nbgrader_looks_are_graded_in_place(top, asked):
    submitted = top / "course" / "submitted"
    damaged = nbformat.read(submitted / "ada" / LAB / f"{LAB}.ipynb", 4)
    damaged.cells = [c for c in damaged.cells if c.metadata.get("nbgrader", {}).get("grade_id") != "relu"]
    nbformat.write(damaged, submitted / "ada" / LAB / f"{LAB}.ipynb")
    before = (submitted / "ada" / LAB / f"{LAB}.ipynb").read_bytes()

    state, console = ClassFolder(top / "course"), Console(file=io.StringIO())
    options = GradingOptions(values_only=True, workers=1)
    done = grade_path(state, submitted, options, [Lab(LAB)], None, console)
    assert [graded.status for graded in done.graded] == ["graded", "graded"]
    assert scores(top) == {"ada": 110, "umar": 0}
    assert asked() == set()
    assert (submitted / "ada" / LAB / f"{LAB}.ipynb").read_bytes() == before
