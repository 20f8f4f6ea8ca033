"""Grade hand-ins: workers run what is outdated in sandboxes, one writer puts the records into the gradebook."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial

from autograder.course import ClassFolder, Lab
from autograder.gradebook.errors import GradebookError, GradebookUnusable
from autograder.gradebook.interrupts import Interrupts, TooLong
from autograder.gradebook.made import Made, WorkerTask, make
from autograder.gradebook.marks import Marks
from autograder.gradebook.writer import Writer
from autograder.grading.key import VerdictKeys
from autograder.grading.pool import cores, on_benches
from autograder.grading.record import Record, Row
from autograder.grading.run import Job, job_for
from autograder.grading.steps import steps_of
from autograder.intake.handin import HandIn


@dataclass(frozen=True, kw_only=True)
class Graded:
    """One hand-in that went through: its verdicts' rows, and what happened to it in a word.

    The record stays on disk, so that a class of thousands is not in memory at the end.
    `status` is "graded", "unchanged" (nothing needed to be done) or "failed"; `remarks` are clear
    lines for the instructor, and `late` says how late it was, "" where it was not.
    """

    student: str
    lab: str
    rows: Sequence[Row]
    status: str
    remarks: list[str] = field(default_factory=list)
    late: str = ""


@dataclass(frozen=True, kw_only=True)
class GradingOptions:
    """How a class is graded.

    `again` runs also what is up to date; `untimed`, `failed` and `new` take only hand-ins that wait to be timed, that
    lost points or could not be graded, that are not graded yet; `only` asks no question but this. `in_place` says that
    the hand-ins already lie where nbgrader looks for them; they are left as they are. `scheduler` is the address of a
    cluster whose workers are taken instead of this machine's.
    """

    isolation: str = "strict"
    values_only: bool = False
    workers: int = field(default_factory=cores)
    again: bool = False
    untimed: bool = False
    failed: bool = False
    new: bool = False
    only: str = ""
    in_place: bool = False
    scheduler: str = ""

    def made(self, tasks: deque[WorkerTask]) -> Generator[tuple[WorkerTask, Made | Exception | None]]:
        """Have workers do these tasks, to which more may be added; yields each with what was made."""
        if not self.scheduler:
            return on_benches(make, tasks, self.isolation, self.workers)
        from autograder.gradebook.parcel import made_on_cluster

        return made_on_cluster(tasks, self.isolation, self.scheduler, one_by_one=self.workers == 1)


def grade_handins(
    state: ClassFolder, handins: Sequence[HandIn], options: GradingOptions, interrupts: Interrupts
) -> Generator[Graded]:
    """Grade hand-ins and yield each as it reaches the gradebook.

    Verdicts that still hold are kept. A killed grading goes on where it was: the next call finds the records.
    What the machine was too busy to time is put off until all others are through. Close the iterator to stop before
    the end.
    """
    labs = {name: Lab(name) for name in dict.fromkeys(handin.lab for handin in handins)}
    keys = {name: VerdictKeys(lab) for name, lab in labs.items()}
    with Writer(state, list(labs), in_place=options.in_place, interrupts=interrupts) as writer:
        tasks: deque[Task] = deque()
        for handin in handins:
            writer.place(handin)
            task = _task(state, writer, handin, keys[handin.lab], options)
            if task.step == "done":
                yield _graded(task, "unchanged", writer.lateness(handin))
            else:
                tasks.append(task)
        put_off: deque[Task] = deque()
        yield from _run_all(writer, tasks, options, put_off)
        # Once all others are through, and one after another: this grading itself is no other work any more.
        yield from _run_all(writer, put_off, replace(options, workers=1), None)


@dataclass(frozen=True, kw_only=True)
class Task:
    """What a hand-in needs next: to be "graded", to have its "page" made, or nothing when it is "done".

    `record` and `marks` are there from when they are known on.
    """

    step: str
    job: Job
    handin: HandIn
    record: Record | None = None
    marks: Marks = field(default_factory=Marks)


def _task(state: ClassFolder, writer: Writer, handin: HandIn, keys: VerdictKeys, options: GradingOptions) -> Task:
    """Look at what there is of a hand-in."""
    steps = steps_of(handin.notebook, keys.lab.questions)
    job = job_for(
        state,
        handin.student,
        keys,
        steps,
        isolation=options.isolation,
        values_only=options.values_only,
        again=options.again,
        only=options.only,
        beside=handin.beside,
    )
    record = job.finished()
    if record is None or not writer.has_grades(handin, record):
        return Task(step="graded", job=job, handin=handin)
    record = replace(record, outputs={})
    if writer.has_page(handin):
        return Task(step="done", job=job, handin=handin, record=record)
    return Task(step="page", job=job, handin=handin, record=record, marks=writer.marks(handin))


def _run_all(
    writer: Writer, tasks: deque[Task], options: GradingOptions, put_off: deque[Task] | None
) -> Generator[Graded]:
    """Have workers do all tasks; yields each hand-in as it is through, but for those that are to be `put_off`."""
    todo = deque(map(partial(_sent, writer), tasks))
    known = {_who(task.job): task for task in tasks}
    with closing(options.made(todo)) as results:
        for (_, job, *_), result in results:
            task = known.pop(_who(job))
            if isinstance(result, Exception):
                yield _failed(writer, task, _why(result))
            elif result is None:
                writer.place_page(task.handin)
                yield _graded(task, "graded", task.marks.late)
            elif result.record.untimed and put_off is not None:
                put_off.append(replace(task, job=replace(job, again=False)))
            elif isinstance(after := _written(writer, task, result), Graded):
                yield after
            else:
                known[_who(job)] = after
                todo.appendleft(_sent(writer, after))


def _sent(writer: Writer, task: Task) -> WorkerTask:
    """What of a task goes to a worker."""
    return task.step, task.job, writer.repaired(task.handin), task.marks


def _who(job: Job) -> tuple[str, str]:
    return job.student, job.lab


def _written(writer: Writer, task: Task, made: Made) -> Task | Graded:
    """Put a graded hand-in into the gradebook; what is left to do, or why it failed."""
    task = replace(task, step="page", record=made.record)
    try:
        return replace(task, marks=writer.write(task.handin, made))
    except GradebookUnusable:
        raise
    except (GradebookError, TooLong) as error:
        return _failed(writer, task, f"nbgrader: {error}")


def _graded(task: Task, status: str, late: str) -> Graded:
    handin = task.handin
    rows = task.record.rows if task.record else ()
    done = Graded(student=handin.student, lab=handin.lab, rows=rows, status=status, remarks=handin.remarks)
    return replace(done, late=late)


def _failed(writer: Writer, task: Task, why: str) -> Graded:
    writer.note(task.handin, why)
    failed = _graded(task, "failed", "")
    return replace(failed, remarks=[*failed.remarks, why])


def _why(error: Exception) -> str:
    """Why a worker's part did not go through."""
    if isinstance(error, BrokenProcessPool):
        return "A worker of the grader was killed; run the same command again to go on."
    return f"Could not be graded: {type(error).__name__}: {error}"
