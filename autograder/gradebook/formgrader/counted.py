"""What formgrader's lists ask nbgrader for, and beside it the totals as the terminal and the report have them.

nbgrader's own figures are one sum of code, answers in words and extra credit, in which points of the one stand in for
those of the other. They stay as they are; the page shows these in their place (templates/totals.js).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, Gradebook, SubmittedAssignment
from nbgrader.apps.api import NbGraderAPI

from autograder.course import ClassFolder, Lab, labs
from autograder.gradebook.formgrader.cells import CELLS, cells
from autograder.gradebook.total import Total
from autograder.gradebook.totals import of_lab_in

#: What nbgrader tells of an assignment, a notebook, a student or a hand-in: one row of a list.
Row = dict[str, Any]


class CountedApi(NbGraderAPI):
    """nbgrader's API, whose rows have a further entry; those of assignments that are no labs are left as they are."""

    def get_assignment(self, assignment_id: str, released: Any = None) -> Row | None:
        """An assignment, with the average of its hand-ins."""
        row: Row | None = super().get_assignment(assignment_id, released=released)
        return row and _say(row, self._average(assignment_id))

    def get_notebooks(self, assignment_id: str) -> list[Row]:
        """An assignment's notebooks, each with the average of its hand-ins."""
        return [_say(row, self._average(assignment_id)) for row in super().get_notebooks(assignment_id)]

    def get_submission(self, assignment_id: str, student_id: str, *known: Any, **more: Any) -> Row | None:
        """One hand-in."""
        row: Row | None = super().get_submission(assignment_id, student_id, *known, **more)
        graded = row is not None and row["autograded"]
        return row and _say(row, self._totals(assignment_id, student_id).get(student_id) if graded else None)

    def get_submissions(self, assignment_id: str) -> list[Row]:
        """All hand-ins."""
        totals = self._totals(assignment_id)
        rows = super().get_submissions(assignment_id)
        return [_say(row, totals.get(row["student"]) if row["autograded"] else None) for row in rows]

    def get_notebook_submissions(self, assignment_id: str, notebook_id: str) -> list[Row]:
        """All hand-ins of a notebook; a lab has one."""
        totals = self._totals(assignment_id)
        rows = super().get_notebook_submissions(assignment_id, notebook_id)
        return [_say(row, totals.get(row["student"])) for row in rows]

    def get_student_notebook_submissions(self, student_id: str, assignment_id: str) -> list[Row]:
        """The notebooks of one hand-in."""
        total = self._totals(assignment_id, student_id).get(student_id)
        rows = super().get_student_notebook_submissions(student_id, assignment_id)
        return [_say(row, total if row["id"] else None) for row in rows]

    def get_student(self, student_id: str, submitted: Any = None) -> Row | None:
        """A student, with what all hand-ins come to."""
        row: Row | None = super().get_student(student_id, submitted=submitted)
        return row and _say(row, self._sums(student_id).get(student_id))

    def get_students(self) -> list[Row]:
        """All students."""
        sums = self._sums()
        return [_say(row, sums.get(row["id"])) for row in super().get_students()]

    def _totals(self, assignment: str, only: str = "") -> Mapping[str, Total]:
        """Student -> what the hand-in comes to; nothing of an assignment that is no lab."""
        lab = _lab(assignment)
        if not lab:
            return {}
        with self.gradebook as gradebook:
            return of_lab_in(gradebook, self._state, lab, only)

    def _average(self, assignment: str) -> Total | None:
        totals = self._totals(assignment)
        return Total.mean(totals.values()) if totals else None

    def _sums(self, only: str = "") -> Mapping[str, Total]:
        """Student -> what all hand-ins come to together; one that is missing has none of its points."""
        with self.gradebook as gradebook:
            found = [(each.max_score, self._given(gradebook, each, only)) for each in gradebook.assignments]
            students = [only] if only else [student.id for student in gradebook.students]
        return {
            student: Total.summed([given.get(student) or Total(out_of=most) for most, given in found])
            for student in students
        }

    def _given(self, gradebook: Gradebook, assignment: Assignment, only: str) -> Mapping[str, Total]:
        """Student -> what the hand-in comes to; for an assignment that is no lab, as nbgrader adds it up."""
        if lab := _lab(assignment.name):
            return of_lab_in(gradebook, self._state, lab, only)
        rows = gradebook.db.query(SubmittedAssignment.student_id, SubmittedAssignment.score)
        handed_in = rows.filter(SubmittedAssignment.assignment_id == assignment.id)
        return {student: Total(points=score, out_of=assignment.max_score) for student, score in handed_in}

    @property
    def _state(self) -> ClassFolder:
        return ClassFolder(Path(self.coursedir.root))


def _lab(assignment: str) -> Lab | None:
    return next((lab for lab in labs() if lab.name == assignment), None)


def _say(row: Row, total: Total | None) -> Row:
    """The row, with what the page shows of a total; without one, all of it stays as nbgrader draws it."""
    return {**row, CELLS: cells(total) if total else {}}
