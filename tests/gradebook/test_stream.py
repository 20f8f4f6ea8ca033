"""A class is graded from the first hand-in on: each is repaired and placed as its turn comes."""

from __future__ import annotations

import io
import shutil

import pytest
from rich.console import Console

from autograder.course import ClassFolder, Lab
from autograder.gradebook import grade_handins
from autograder.gradebook.grade_handins import GradingOptions
from autograder.gradebook.grade_path import grade_path
from autograder.gradebook.writer import Writer
from autograder.intake import submitted
from autograder.intake.repair import repaired
from tests.gradebook.conftest import LAB, write

STUDENTS = "abcdef"
#: The hand-in that intake cannot repair, because of a fault of its own.
BROKEN = "c"


class WatchedWriter(Writer):
    """Notes what it does to whom."""

    done: list[tuple[str, str]] = []

    def place(self, handin, notebook, remarks):
        super().place(handin, notebook, remarks)
        self.done.append(("placed", handin.student))

    def place_page(self, handin, marks):
        super().place_page(handin, marks)
        self.done.append(("through", handin.student))


@pytest.mark.slow
@pytest.mark.usefixtures("can_grade")
def test_the_first_is_through_before_the_last_is_read_and_a_fault_costs_one(tmp_path, registered, stub, monkeypatch):
    shutil.copytree(registered, tmp_path / "course")
    for student in STUDENTS:
        write(tmp_path / "handins" / student, stub)

    def faulty(notebook, skeleton, turns=iter(STUDENTS)):
        if next(turns) == BROKEN:
            raise RecursionError
        return repaired(notebook, skeleton)

    monkeypatch.setattr(submitted, "repaired", faulty)
    monkeypatch.setattr(grade_handins, "Writer", WatchedWriter)
    state, options = ClassFolder(tmp_path / "course"), GradingOptions(values_only=True, workers=1)
    done = grade_path(state, tmp_path / "handins", options, [Lab(LAB)], None, Console(file=io.StringIO()))

    placed = [student for what, student in WatchedWriter.done if what == "placed"]
    assert placed == [student for student in STUDENTS if student != BROKEN]
    assert WatchedWriter.done.index(("through", "a")) < WatchedWriter.done.index(("placed", "f"))
    (failed,) = [graded for graded in done.graded if graded.status == "failed"]
    assert (failed.student, failed.remarks[-1]) == (BROKEN, "could not be read (RecursionError)")
    assert {graded.status for graded in done.graded} == {"graded", "failed"}
