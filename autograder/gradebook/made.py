"""What a worker makes of a hand-in: its record, its graded notebook, its feedback page. Nothing here needs nbgrader.

Finished files are left beside the record; the one writer moves them to where nbgrader looks for them.
"""

from __future__ import annotations

import signal
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import nbformat

from aics.language import speaking, tr
from aics.language.of_notebook import language_of
from autograder import whole
from autograder.course import ClassFolder, Lab
from autograder.gradebook.answers import answers, unanswered
from autograder.gradebook.feedback_page import feedback_pages
from autograder.gradebook.graded_notebook import graded_notebook, path_of_notebook, stubs
from autograder.gradebook.interrupts import TooLong
from autograder.gradebook.marks import Marks
from autograder.gradebook.mended import say_mended
from autograder.grading.bench import Bench
from autograder.grading.record import Record
from autograder.grading.run import Job, grade_steps, lab_of
from autograder.grading.steps import steps_of
from autograder.sandbox.allowance import WIDE

#: CPU seconds that one hand-in's graded notebook may take, and its page: what students wrote decides how long they are.
MAKING = 60.0
#: Seconds after which TooLong is raised once more.
AGAIN = 0.5


@dataclass(frozen=True, kw_only=True)
class Made:
    """What the gradebook needs to know of a graded hand-in.

    Attributes
    ----------
    record : Record
        Without outputs: those are in the graded notebook.
    answers : mapping
        grade_id -> digest of what its grade is for.
    unanswered : collection of str
        grade_ids of solution cells that still hold what was released.
    """

    record: Record
    answers: Mapping[str, str]
    unanswered: Collection[str]


#: A step, its job, where the repaired notebook lies, and the marks that its page shows.
WorkerTask = tuple[str, Job, Path, Marks]


def make(bench: Bench, task: WorkerTask) -> Made | None:
    """Do a worker's part of one step.

    Workers read the notebooks from disk: what is sent to them must stay small, for Python 3.11's
    pool hangs if a worker dies while more than a pipe holds is on its way.
    """
    step, job, path, marks = task
    if step == "graded":
        return _graded(bench, job, path)
    _page(job, marks)
    return None


def _graded(bench: Bench, job: Job, path: Path) -> Made:
    """Grade the repaired notebook that lies at a path, where that was not done, and leave the graded one."""
    lab = lab_of(job)
    notebook = nbformat.v4.reads(path.read_text("utf-8"))
    steps = steps_of(notebook, lab.questions)
    with speaking(language_of(notebook)):
        record = job.finished() or grade_steps(bench, job, steps)
    with at_most(MAKING), speaking(language_of(notebook)):
        given, missing = answers(notebook), unanswered(notebook, _stubs(lab))
        graded = graded_notebook(notebook, steps, record, lab)
        say_mended(graded, job.state, job.student, job.lab)
        whole.write_text(unplaced_notebook(job.state, job.student, job.lab), nbformat.v4.writes(graded) + "\n")
    return Made(record=replace(record, outputs={}), answers=given, unanswered=missing)


def _page(job: Job, marks: Marks) -> None:
    """Leave the feedback page of a graded notebook with these marks."""
    graded = path_of_notebook(job.state.folder / "autograded", job.student, job.lab)
    with at_most(MAKING):
        notebook = nbformat.v4.reads(graded.read_text("utf-8"))
        with speaking(language_of(notebook)):
            page = feedback_pages(lab_of(job)).page(notebook, marks, job.state, job.student)
        whole.write_text(unplaced_page(job.state, job.student, job.lab), page)


def unplaced_notebook(state: ClassFolder, student: str, lab: str) -> Path:
    """Where a graded notebook waits for the writer."""
    return state.runs / student / f"{lab}.graded.ipynb"


def unplaced_page(state: ClassFolder, student: str, lab: str) -> Path:
    """Where a feedback page waits for the writer."""
    return state.runs / student / f"{lab}.feedback.html"


@lru_cache
def _stubs(lab: Lab) -> dict[str, str]:
    return stubs(lab)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TooLong where this process works longer, or has not done in `WIDE` times as long by the wall's clock.

    It is raised again and again, as Python swallows what is raised in a callback of its own. Only in a process's main
    thread, as a worker's tasks are.
    """

    def ring(*_: object) -> None:
        raise TooLong(tr("took longer than {seconds:g} seconds", seconds=seconds))

    clocks = {signal.ITIMER_PROF: (signal.SIGPROF, seconds), signal.ITIMER_REAL: (signal.SIGALRM, WIDE * seconds)}
    before = {number: signal.signal(number, ring) for number, _ in clocks.values()}
    for clock, (_, after) in clocks.items():
        signal.setitimer(clock, after, AGAIN)
    try:
        yield
    finally:
        for clock in clocks:
            signal.setitimer(clock, 0)
        for number, handler in before.items():
            signal.signal(number, handler)
