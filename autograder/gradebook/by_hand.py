"""Points and comments that a person gives to answers in words, in nbgrader's gradebook as formgrader keeps them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Comment, Grade, GradeCell, SubmittedNotebook

from autograder.course import ClassFolder
from autograder.gradebook.nbgrader import Nbgrader, grades


@dataclass(frozen=True, kw_only=True)
class Given:
    """What one student's answer has so far.

    Attributes
    ----------
    points : float or None
        None where nobody gave any.
    comment : str
        May be empty.
    waiting : bool
        The points are to be given, or to be confirmed.
    notebook : str
        The hand-in's id in formgrader's addresses.
    """

    points: float | None
    comment: str
    waiting: bool
    notebook: str


def given(state: ClassFolder, lab: str, question: str) -> dict[str, Given]:
    """Return student -> what the answer has; whoever left it as released has no points to be given and is left out."""
    with Nbgrader(state).gradebook() as gradebook:
        rows = (
            grades(gradebook, lab, Grade, Comment.manual_comment, SubmittedNotebook.id)
            .outerjoin(Comment, Comment.notebook_id == SubmittedNotebook.id)
            .filter(GradeCell.name == question, Comment.name == question)
        )
        return {
            student: Given(
                points=grade.manual_score,
                comment=comment or "",
                waiting=bool(grade.needs_manual_grade),
                notebook=notebook,
            )
            for student, _, grade, comment, notebook in rows
            if grade.auto_score is None or grade.manual_score is not None or grade.needs_manual_grade
        }


def give(state: ClassFolder, lab: str, question: str, students: Collection[str], points: float, comment: str) -> None:
    """Give all of these students the same points and comment, or none anything; their pages are outdated then."""
    with Nbgrader(state).gradebook() as gradebook:
        for student in students:
            grade = gradebook.find_grade(question, lab, lab, student)
            grade.manual_score, grade.needs_manual_grade = points, False
            gradebook.find_comment(question, lab, lab, student).manual_comment = comment or None
        gradebook.db.commit()
    for student in students:
        path = given_path(state, student, lab)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(question, "utf-8")


def given_path(state: ClassFolder, student: str, lab: str) -> Path:
    """Return the file, beside a hand-in's record, that is as new as what a person gave it last in `give`."""
    return state.runs / student / f"{lab}.by-hand"
