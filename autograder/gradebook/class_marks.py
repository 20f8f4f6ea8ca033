"""What the gradebook has of a whole class for one lab, in two queries, however large the class is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from nbgrader.api import Assignment, Grade, Gradebook, GradeCell, SubmittedAssignment, SubmittedNotebook

from autograder.course import ClassFolder
from autograder.gradebook.nbgrader import Nbgrader, grades
from autograder.gradebook.total import Mark

#: The columns of a grade from which `mark_of` makes a mark, in its order.
GIVEN = (Grade.auto_score, Grade.manual_score, Grade.extra_credit, Grade.needs_manual_grade)


@dataclass(frozen=True, kw_only=True)
class StudentMarks:
    """One hand-in as the gradebook has it.

    Attributes
    ----------
    marks : mapping
        grade_id -> what was given.
    penalty : float
        Points that lateness takes off.
    handed_in : datetime or None
        When, in UTC without a zone; None where nobody knows.
    seconds_late : float
        How late, with the student's extension taken into account.
    """

    marks: Mapping[str, Mark]
    penalty: float = 0.0
    handed_in: datetime | None = None
    seconds_late: float = 0.0


def class_marks(state: ClassFolder, lab: str) -> dict[str, StudentMarks]:
    """Return student -> what the class's gradebook has of the student's hand-in; raises GradebookUnusable."""
    with Nbgrader(state).gradebook() as gradebook:
        return marks_in(gradebook, lab)


def marks_in(gradebook: Gradebook, lab: str, only: str = "") -> dict[str, StudentMarks]:
    """Return student -> what this gradebook has of the student's hand-in; of `only` one, where it names one."""
    marks: defaultdict[str, dict[str, Mark]] = defaultdict(dict)
    whose = [SubmittedAssignment.student_id == only] if only else []
    for student, cell, most, *given in grades(gradebook, lab, GradeCell.max_score, *GIVEN).filter(*whose):
        marks[student][cell] = mark_of(float(most), *given)
    handed_in = (
        gradebook.db.query(SubmittedAssignment, SubmittedNotebook.late_submission_penalty)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(Assignment.name == lab, *whose)
    )
    return {
        submission.student_id: StudentMarks(
            marks=marks[submission.student_id],
            penalty=penalty or 0.0,
            handed_in=submission.timestamp,
            seconds_late=submission.total_seconds_late,
        )
        for submission, penalty in handed_in
    }


def mark_of(most: float, auto: float | None, manual: float | None, extra: float | None, waiting: bool) -> Mark:
    """A row of nbgrader's: what a person gave counts, else what the grader gave; all of a bonus is extra credit."""
    by_hand = manual is not None
    score, more = float((manual if by_hand else auto) or 0.0), float(extra or 0.0)
    score, more = (score, more) if most else (0.0, score + more)
    return Mark(score=score, max_score=most, extra=more, waiting=bool(waiting), by_hand=by_hand)
