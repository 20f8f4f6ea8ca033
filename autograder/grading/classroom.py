"""Grade a class: workers run hand-ins in sandboxes, one writer puts them into the gradebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from pathlib import Path

import nbformat

from autograder.course import ClassFolder, Lab
from autograder.gradebook.nbgrader import GradebookError, Nbgrader
from autograder.gradebook.preprocessors import run
from autograder.grading.bench import Bench
from autograder.grading.pool import cores, on_benches
from autograder.grading.record import Record, key_of
from autograder.intake.handin import HandIn


@dataclass(frozen=True, kw_only=True)
class Graded:
    """One hand-in that went through: its record, and what happened to it in a word.

    `state` is "graded", "unchanged" (a finished run of the very same hand-in was there already) or
    "failed"; `remarks` are clear lines for the instructor.
    """

    student: str
    lab: str
    record: Record | None
    state: str
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a class is graded.

    `in_place` says that the hand-ins already lie where nbgrader looks for them; they are left as
    they are, and nbgrader's own sanitising repairs its copy.
    """

    isolation: str = "strict"
    values_only: bool = False
    workers: int = field(default_factory=cores)
    again: bool = False
    feedback: bool = True
    in_place: bool = False


def grade(state: ClassFolder, handins: Sequence[HandIn], settings: Settings) -> Iterator[Graded]:
    """Grade hand-ins and yield each as it reaches the gradebook.

    What was recorded before and has not changed is not run again. A killed grading goes on where it
    was: the next call finds the finished runs.
    """
    judge = {"isolation": settings.isolation, "values_only": settings.values_only}
    nbgrader = Nbgrader(state, Judge=judge)
    waiting: dict[tuple[str, str], HandIn] = {}
    for handin in handins:
        lab = Lab(handin.lab)
        record = Record.load(_record_path(state, handin.student, lab.name))
        fresh = record and record.key == key_of(lab, handin.notebook, settings.isolation, settings.values_only)
        if fresh and record.recorded and not settings.again:
            yield Graded(student=handin.student, lab=lab.name, record=record, state="unchanged", remarks=handin.remarks)
            continue
        if not settings.in_place:
            _place(state, handin)
        if fresh and not settings.again:
            yield _write(nbgrader, state, handin, record, settings)
        else:
            waiting[handin.student, lab.name] = handin
    for handin, record in _run_all(state, list(waiting.values()), settings):
        if isinstance(record, str):
            yield Graded(
                student=handin.student, lab=handin.lab, record=None, state="failed", remarks=[*handin.remarks, record]
            )
        else:
            yield _write(nbgrader, state, handin, record, settings)


def _run_all(
    state: ClassFolder, handins: Sequence[HandIn], settings: Settings
) -> Iterator[tuple[HandIn, Record | str]]:
    """Run hand-ins in worker processes; yields each with its record, or with what went wrong.

    Workers read the notebooks from disk: what is sent to them must stay small, for Python 3.11's
    pool hangs if a worker dies while more than a pipe holds is on its way.
    """
    by_ticket = {Ticket(state, h.student, h.lab, settings.values_only): h for h in handins}
    for ticket, handin in by_ticket.items():
        ticket.notebook.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(handin.notebook, ticket.notebook)
    for ticket, result in on_benches(_run_one, list(by_ticket), settings.isolation, settings.workers):
        if isinstance(result, BrokenProcessPool):
            yield by_ticket[ticket], "A worker of the grader was killed; run the same command again to go on."
        elif isinstance(result, Exception):
            yield by_ticket[ticket], f"Could not be graded: {type(result).__name__}: {result}"
        else:
            yield by_ticket[ticket], result


@dataclass(frozen=True)
class Ticket:
    """What a worker is told of one hand-in."""

    state: ClassFolder
    student: str
    lab: str
    values_only: bool

    @property
    def notebook(self) -> Path:
        """The repaired notebook, exactly as it is run; kept beside the record."""
        return _record_path(self.state, self.student, self.lab).with_suffix(".ipynb")


def _run_one(bench: Bench, ticket: Ticket) -> Record:
    notebook = nbformat.read(ticket.notebook, 4)
    record = run(bench, ticket.state, ticket.student, Lab(ticket.lab), notebook, ticket.values_only)
    record.save(_record_path(ticket.state, ticket.student, ticket.lab))
    return record


def _place(state: ClassFolder, handin: HandIn) -> None:
    """Put the repaired hand-in where nbgrader looks for it."""
    path = state.submitted / handin.student / handin.lab / f"{handin.lab}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(handin.notebook, path)


def _write(nbgrader: Nbgrader, state: ClassFolder, handin: HandIn, record: Record, settings: Settings) -> Graded:
    """Let nbgrader take the record into the gradebook, then mark it as done."""
    done = Graded(student=handin.student, lab=handin.lab, record=record, state="graded", remarks=handin.remarks)
    try:
        nbgrader.autograde(handin.lab, handin.student)
        if settings.feedback:
            nbgrader.feedback(handin.lab, handin.student)
    except GradebookError as error:
        return replace(done, state="failed", remarks=[*handin.remarks, f"nbgrader: {error}"])
    record.in_gradebook().save(_record_path(state, handin.student, handin.lab))
    return done


def _record_path(state: ClassFolder, student: str, lab: str) -> Path:
    return state.runs / student / f"{lab}.json"
