"""Which of the hand-ins that were found a command is to grade: `--only`, `--failed`, `--new`, `--untimed`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nbformat import NotebookNode

from aics.language import listed, tr, words
from autograder.course import ClassFolder, CourseError, Lab
from autograder.gradebook.answers import answers, answers_path, same_as_before
from autograder.gradebook.graded_notebook import path_of_notebook
from autograder.grading.record import Record
from autograder.grading.run import record_path
from autograder.intake.prepared import HandIn

if TYPE_CHECKING:
    from autograder.gradebook.grade_handins import GradingOptions

#: What is said where no hand-in is left, by the option that left none.
NOTHING = {
    "untimed": "No answer waits to be timed.",
    "new": "No hand-in is new: each was graded as it is.",
    "failed": "No hand-in lost points or could not be graded.",
    "only": "No hand-in was graded before as it is now: grade it whole first, without --only.",
}
say = words(NOTHING)
#: A file beside the record of a hand-in that could not be graded; it says why.
FAILED = "failed"


def check(options: GradingOptions, labs: Sequence[Lab]) -> None:
    """Raise CourseError where options make no sense together, or no lab has the question."""
    others = [name for name in ("only", "failed", "untimed", "again") if getattr(options, name)]
    if options.new and others:
        raise CourseError(
            tr("--new takes hand-ins that were never graded, so it does not go with --{option}.", option=others[0])
        )
    names = [name for lab in labs for name in lab.questions]
    if options.only and options.only not in names:
        raise CourseError(
            tr(
                "No question {question!r} that code answers. There are: {names}.",
                question=options.only,
                names=listed(names),
            )
        )


def chosen(state: ClassFolder, handins: Sequence[HandIn], options: GradingOptions) -> list[HandIn]:
    """Return the hand-ins that may have to be graded, as far as can be said without their answers."""
    return [handin for handin in handins if _may_be_chosen(state, handin, options)]


def is_chosen(state: ClassFolder, handin: HandIn, notebook: NotebookNode, options: GradingOptions) -> bool:
    """Return whether one of these is to be graded, with the answers that are in its repaired notebook."""
    if options.only and not _can_be_asked_alone(state, handin, notebook):
        return False
    return not (options.new and _is_graded_as_it_is(state, handin, notebook))


def nothing(options: GradingOptions) -> str:
    """Return what is said where no hand-in is left; "" where none was to be left out."""
    return next((say(name) for name in NOTHING if getattr(options, name)), "")


def failed_path(state: ClassFolder, handin: HandIn) -> Path:
    """Return where it stands why a hand-in could not be graded."""
    return state.runs / handin.student / f"{handin.lab}.{FAILED}"


def _may_be_chosen(state: ClassFolder, handin: HandIn, options: GradingOptions) -> bool:
    if not (options.only or options.untimed or options.failed):
        return True
    record = Record.load(_record(state, handin))
    known = {*record.judged} & {*Lab(handin.lab).questions} if record else set()
    if options.only and options.only not in known:
        return False
    if options.untimed and not (record and _named(record.untimed, options.only)):
        return False
    return not options.failed or _has_failed(state, handin, record, options.only)


def _record(state: ClassFolder, handin: HandIn) -> Path:
    return record_path(state, handin.student, handin.lab)


def _named(questions: Sequence[str], only: str) -> bool:
    """Whether there are any, or where `only` one counts, whether it is among them."""
    return only in questions if only else bool(questions)


def _can_be_asked_alone(state: ClassFolder, handin: HandIn, notebook: NotebookNode) -> bool:
    """Whether all other verdicts of a hand-in are there, and of this very code."""
    record, questions = Record.load(_record(state, handin)), Lab(handin.lab).questions
    now = answers(notebook)
    same = same_as_before(answers_path(state, handin.student, handin.lab), now)
    return record is not None and {name for name in now if name in questions} <= {*same} & {*record.judged}


def _has_failed(state: ClassFolder, handin: HandIn, record: Record | None, only: str) -> bool:
    """Whether a hand-in could not be graded when it was tried last, or lost points."""
    lost = [row.question for row in record.rows if row.score < row.max_score] if record else []
    return _named(lost, only) or (not only and failed_path(state, handin).exists())


def _is_graded_as_it_is(state: ClassFolder, handin: HandIn, notebook: NotebookNode) -> bool:
    """Whether a hand-in came to its feedback page, and has not changed since."""
    page = path_of_notebook(state.folder / "feedback", handin.student, handin.lab).with_suffix(".html")
    if not page.exists() or Record.load(_record(state, handin)) is None:
        return False
    now = answers(notebook)
    return set(now) <= {*same_as_before(answers_path(state, handin.student, handin.lab), now)}
