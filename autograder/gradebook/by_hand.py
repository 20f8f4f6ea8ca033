"""Points and comments that a person gives, in nbgrader's gradebook as formgrader keeps them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from nbgrader.api import BaseCell, Comment, Grade, Gradebook, GradeCell, SubmittedNotebook

from autograder.authoring.source import grade_id
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


def give(
    state: ClassFolder,
    lab: str,
    question: str,
    students: Collection[str],
    points: float | None,
    comment: str,
    *,
    below: bool = False,
) -> None:
    """Give all of these students the same points and comment, or none anything; points of None stay what they are.

    `below`: a comment that is there stays, and this one goes below it. The next `autograder grade` sees that their
    feedback pages are made from others, and makes them anew.
    """
    with Nbgrader(state).gradebook() as gradebook:
        for student in students:
            grade = gradebook.find_grade(question, lab, lab, student)
            if points is not None:
                grade.manual_score, grade.needs_manual_grade = _beside_extra(grade, points), False
            said = _comment(gradebook, grade, question)
            there = said.manual_comment if below else ""
            said.manual_comment = "\n\n".join(filter(None, [there, comment])) or None
        gradebook.db.commit()


def set_extra_credit(grade: Grade, points: float) -> None:
    """Set the extra credit of the grader; what a person gave for a bonus in all stays that."""
    if grade.manual_score is not None and not grade.cell.max_score:
        grade.manual_score += (grade.extra_credit or 0.0) - points
    grade.extra_credit = points


def _beside_extra(grade: Grade, points: float) -> float:
    """The manual score by which a cell has these points: nbgrader adds extra credit to it, which is all of a bonus."""
    return points if grade.cell.max_score else points - (grade.extra_credit or 0.0)


def _comment(gradebook: Gradebook, grade: Grade, question: str) -> Comment:
    """The comment on an answer: on the words themselves, or on the cell whose code a test asks."""
    of = gradebook.db.query(Comment).join(BaseCell, Comment.cell_id == BaseCell.id)
    names = (question, grade_id("code", question))
    found: Comment = of.filter(Comment.notebook_id == grade.notebook_id, BaseCell.name.in_(names)).one()
    return found
