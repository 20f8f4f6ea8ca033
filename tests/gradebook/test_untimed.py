"""What a busy machine could not time: no point is lost, everyone is told, and it is asked again until it is timed."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from rich.console import Console

from autograder import terminal
from autograder.course import ClassFolder, Lab
from autograder.gradebook.grade_handins import GradingOptions
from autograder.gradebook.grade_path import GradedClass, grade_path
from tests.gradebook.busy import TIMED, never_timed, not_timed_at_once
from tests.gradebook.conftest import LAB, write

pytestmark = pytest.mark.slow

STUDENTS = ("ada", "umar")


def grade(top: Path, *, untimed: bool = False, workers: int = 1) -> GradedClass:
    state, console = ClassFolder(top / "course"), Console(file=io.StringIO())
    options = GradingOptions(values_only=True, workers=workers, untimed=untimed)
    return grade_path(state, top / "handins", options, [Lab(LAB)], None, console)


def record(top: Path, student: str) -> dict:
    return json.loads((top / "course" / "runs" / student / f"{LAB}.json").read_text("utf-8"))


def shown(done: GradedClass) -> str:
    console = Console(record=True, width=200, file=io.StringIO())
    console.print(terminal.scores(done), *terminal.remarks(done))
    return console.export_text()


@pytest.fixture
def top(request, tmp_path, monkeypatch, registered, solution, stub) -> Path:
    request.getfixturevalue("can_grade")
    shutil.copytree(registered, tmp_path / "course")
    for student, notebook in zip(STUDENTS, (solution, stub), strict=True):
        write(tmp_path / "handins" / student, notebook)
    monkeypatch.setenv("AICS_COURSE", str(tmp_path / "course"))
    return tmp_path


def test_a_reading_that_is_put_off_is_taken_once_all_others_are_through(top, monkeypatch):
    monkeypatch.setattr("autograder.gradebook.grade_handins.make", not_timed_at_once)
    done = grade(top)

    assert {graded.status for graded in done.graded} == {"graded"}
    assert not record(top, "ada")["judged"][TIMED]["verdict"]["untimed"]
    assert "not timed" not in shown(done)


def test_what_no_quiet_moment_was_found_for_keeps_its_points_and_is_told_and_asked_again(top, monkeypatch):
    monkeypatch.setattr("autograder.gradebook.grade_handins.make", never_timed)
    done = grade(top, workers=2)
    row = next(row for g in done.graded for row in g.rows if (row.student, row.question) == ("ada", TIMED))
    page = top / "course" / "feedback" / "ada" / LAB / f"{LAB}.html"
    assert (row.score, row.untimed) == (row.max_score, True)
    assert "not timed: the machine was too busy" in shown(done)
    assert "1 of the answers could not be timed" in shown(done)
    assert "Not timed: the grader" in page.read_text("utf-8")

    monkeypatch.undo()
    monkeypatch.setenv("AICS_COURSE", str(top / "course"))
    before = record(top, "ada")["judged"]
    again = grade(top, untimed=True)
    after = record(top, "ada")["judged"]
    assert [(graded.student, graded.status) for graded in again.graded] == [("ada", "graded")]
    assert not after.pop(TIMED)["verdict"]["untimed"]
    assert after == {name: before[name] for name in after}
    assert "Not timed: the grader" not in page.read_text("utf-8")
    assert grade(top, untimed=True).graded == []
    assert {graded.status for graded in grade(top).graded} == {"unchanged"}
