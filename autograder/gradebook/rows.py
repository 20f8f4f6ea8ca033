"""One hand-in's rows of the gradebook, as `nbgrader autograde` writes them, by nbgrader's own API and in one go."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from nbgrader.api import BaseCell, Comment, Grade, Gradebook, GradeCell, SubmittedAssignment, SubmittedNotebook

from autograder.course import ClassFolder
from autograder.gradebook.answers import answers_path, remember, same_as_before
from autograder.gradebook.by_hand import set_extra_credit
from autograder.gradebook.cell_outputs import auto_score
from autograder.gradebook.class_marks import GIVEN, mark_of
from autograder.gradebook.late import cost, lateness, set_times
from autograder.gradebook.made import Made
from autograder.gradebook.marks import NO_RESPONSE, Marks
from autograder.intake.called import Called
from autograder.intake.deadlines import Deadlines


def write_rows(state: ClassFolder, gradebook: Gradebook, made: Made, who: Called) -> None:
    """Write the name, the scores, the times and the penalty of a graded hand-in; what a person gave stays.

    A grade that a person gave is to be confirmed again where the answer or its automatic score is another now.
    """
    record = made.record
    file = answers_path(state, record.student, record.lab)
    set_student(gradebook, record.student, who)
    submission = gradebook.update_or_create_submission(record.lab, record.student)
    (notebook,) = submission.notebooks
    _set_scores(gradebook, notebook, made, same_as_before(file, made.answers))
    for comment, name in _with_names(gradebook, Comment, notebook):
        comment.auto_comment = NO_RESPONSE if name in made.unanswered else None
    set_times(state, submission)
    gradebook.db.flush()
    _set_penalty(state, gradebook, submission, notebook)
    gradebook.db.commit()
    remember(file, made.answers)


def read_marks(state: ClassFolder, gradebook: Gradebook, student: str, lab: str) -> Marks:
    """Read what the feedback page shows, as nbgrader's GetGrades does."""
    notebook = gradebook.find_submission_notebook(lab, lab, student)
    db, of = gradebook.db, notebook.id
    rows = db.query(GradeCell.name, GradeCell.max_score, *GIVEN).join(Grade, Grade.cell_id == GradeCell.id)
    comments = db.query(BaseCell.name, Comment.comment).join(BaseCell, Comment.cell_id == BaseCell.id)
    return Marks(
        marks={name: mark_of(most, *given) for name, most, *given in rows.filter(Grade.notebook_id == of)},
        comments=dict(comments.filter(Comment.notebook_id == of).all()),
        late_penalty=notebook.late_submission_penalty or 0.0,
        late=lateness(state, gradebook, student, lab),
    )


def set_student(gradebook: Gradebook, student: str, who: Called) -> None:
    """Have the student, with what is known of name and address and the gradebook does not say yet."""
    family, given = who.family_and_given
    known = {"last_name": family, "first_name": given if family else "", "email": who.email}
    row = gradebook.update_or_create_student(student)
    for column, value in known.items():
        if value and not getattr(row, column):
            setattr(row, column, value)
    if row.last_name and row.first_name is None:
        row.first_name = ""


def _set_scores(gradebook: Gradebook, notebook: SubmittedNotebook, made: Made, same: Collection[str]) -> None:
    for grade, name in _with_names(gradebook, Grade, notebook):
        before, confirmed = (grade.auto_score, grade.extra_credit), not grade.needs_manual_grade
        grade.auto_score = _score(made, name)
        judged = made.record.judged.get(name)
        if judged and judged.verdict.extra is not None:
            set_extra_credit(grade, judged.verdict.extra)
        stays = confirmed and name in same and (grade.auto_score, grade.extra_credit) == before
        by_hand = grade.manual_score is not None or grade.auto_score is None
        grade.needs_manual_grade = by_hand and not stays


def _score(made: Made, name: str) -> float | None:
    """The automatic score: the verdict's, 0 for an answer in words that was not given, else a person's to give."""
    judged = made.record.judged.get(name)
    if judged:
        return auto_score(judged.verdict)
    return 0.0 if name in made.unanswered else None


def _with_names(
    gradebook: Gradebook, kind: type[Grade] | type[Comment], notebook: SubmittedNotebook
) -> list[tuple[Any, str]]:
    """A hand-in's grades or comments, each with its cell's grade_id."""
    rows = gradebook.db.query(kind, BaseCell.name).join(BaseCell, kind.cell_id == BaseCell.id)
    return [(row, name) for row, name in rows.filter(kind.notebook_id == notebook.id)]


def _set_penalty(
    state: ClassFolder, gradebook: Gradebook, submission: SubmittedAssignment, notebook: SubmittedNotebook
) -> None:
    """Take off what lateness costs, as nbgrader's AssignLatePenalties does."""
    notebook.late_submission_penalty = None
    if submission.total_seconds_late > 0:
        gradebook.db.refresh(notebook, ["score"])
        costs = cost(Deadlines.read(state.folder), gradebook, submission, notebook.score)
        notebook.late_submission_penalty = min(max(costs, 0.0), notebook.score) or None
