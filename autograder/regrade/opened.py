"""A request with all that a person needs to decide it: the verdict, its evidence, the rules, what the gradebook has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from aics.check.verdict import Verdict
from autograder.authoring.source import grade_id
from autograder.course import ClassFolder, CourseError, Lab
from autograder.gradebook.class_marks import class_marks
from autograder.gradebook.graded_notebook import path_of_notebook, source_of
from autograder.gradebook.outdated import changed_since
from autograder.gradebook.total import Mark
from autograder.grading.record import Record
from autograder.grading.run import record_path
from autograder.intake.called import called
from autograder.regrade.kept import Decision, Kept, Request
from autograder.regrade.words import say

#: Digits of the key of a verdict that people are shown as the version of the rules.
DIGITS = 12


@dataclass(frozen=True, kw_only=True)
class Opened:
    """One request, opened.

    Attributes
    ----------
    request : Request
    decisions : sequence of Decision
        The last one last; empty while it is open.
    name : str
        The student's name, else the id.
    mark : Mark
        What the gradebook has.
    most : float
        Points to be had, extra credit where it is a bonus; 0 where the original course does not ask it.
    bonus : bool
    verdict : Verdict or None
        None for an answer in words, or where no record can be read.
    rules, isolation, made : str
        The version of the rules that the verdict is by, the level of its run, and when its record was written.
    changed : str
        What is another since: "rules", "hand-in", or "".
    answer : str
        The student's code, or words; "" where the graded notebook is gone.
    page, notebook : Path
        The feedback page and the graded notebook.
    """

    request: Request
    decisions: Sequence[Decision]
    name: str
    mark: Mark
    most: float
    bonus: bool
    verdict: Verdict | None
    rules: str
    isolation: str
    made: str
    changed: str
    answer: str
    page: Path
    notebook: Path

    @property
    def points(self) -> float:
        """What the gradebook has for the question."""
        return self.mark.extra if self.bonus else self.mark.score


def opened(state: ClassFolder, kept: Kept, number: int) -> Opened:
    """Return a request with its evidence; CourseError where there is no such request, or its answer is gone."""
    request = kept.request(number)
    lab, record = Lab(request.lab), Record.load(record_path(state, request.student, request.lab))
    judged = record.judged.get(request.question) if record else None
    question, written = lab.questions.get(request.question), lab.written.get(request.question)
    points = question.points if question else written.points if written else 0.0
    notebook = path_of_notebook(state.folder / "autograded", request.student, request.lab)
    page = path_of_notebook(state.folder / "feedback", request.student, request.lab).with_suffix(".html")
    return Opened(
        request=request,
        decisions=kept.decisions.get(number, ()),
        name=_name(state, request.student),
        mark=_mark(state, request),
        most=judged.verdict.max_score if judged else points,
        bonus=bool(question and question.bonus),
        verdict=judged.verdict if judged else None,
        rules=judged.key[:DIGITS] if judged else "",
        isolation=record.isolation if record else "",
        made=_written(record_path(state, request.student, request.lab)),
        changed=changed_since(state, lab, record, request.question) if record and judged else "",
        answer=_answer(notebook, request.question),
        page=page,
        notebook=notebook,
    )


def _name(state: ClassFolder, student: str) -> str:
    known = called(state.folder).get(student)
    return known.name if known and known.name else student


def _mark(state: ClassFolder, request: Request) -> Mark:
    marks = class_marks(state, request.lab).get(request.student)
    if marks is None or request.question not in marks.marks:
        about = {"student": request.student, "lab": request.lab, "question": request.question}
        raise CourseError(say("no_handin", where=say("request", number=request.number), **about))
    return marks.marks[request.question]


def _written(path: Path) -> str:
    return f"{datetime.fromtimestamp(path.stat().st_mtime, UTC):%Y-%m-%d %H:%M} UTC" if path.exists() else ""


def _answer(notebook: Path, question: str) -> str:
    """The words of an answer, or the code of the cell that a test asks."""
    try:
        return source_of(notebook, grade_id("code", question)) or source_of(notebook, question)
    except (OSError, ValueError, KeyError, TypeError):
        return ""
