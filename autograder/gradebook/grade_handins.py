"""Grade hand-ins: workers run what is outdated in sandboxes, one writer puts the records into the gradebook."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass, field, replace

from aics.language import tr
from autograder.course import ClassFolder, Lab
from autograder.gradebook.chosen import is_chosen
from autograder.gradebook.errors import GradebookError, GradebookUnusable
from autograder.gradebook.interrupts import Interrupts, TooLong
from autograder.gradebook.made import Made, WorkerTask, make
from autograder.gradebook.marks import Marks
from autograder.gradebook.writer import Writer
from autograder.grading.key import VerdictKeys
from autograder.grading.pool import as_they_come, cores
from autograder.grading.record import Record, Row
from autograder.grading.run import Job, job_for
from autograder.grading.steps import steps_of
from autograder.grading.waiting import Waiting
from autograder.intake.prepared import HandIn, Prepared, prepared


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

    def made(self, tasks: Waiting[WorkerTask]) -> Generator[tuple[WorkerTask, Made | Exception | None] | None]:
        """Have workers do these tasks; yields each with what was made, and None between two where no task was made."""
        if not self.scheduler:
            return as_they_come(make, tasks, self.isolation, self.workers)
        from autograder.gradebook.parcel import made_on_cluster

        return made_on_cluster(tasks, self.isolation, self.scheduler, one_by_one=self.workers == 1)


def grade_handins(
    state: ClassFolder, handins: Sequence[HandIn], options: GradingOptions, interrupts: Interrupts
) -> Generator[Graded | None]:
    """Grade hand-ins, each repaired as its turn comes, and yield it as it reaches the gradebook; None if not asked for.

    Verdicts that still hold are kept. A killed grading goes on where it was: the next call finds the records.
    What the machine was too busy to time is put off until all others are through. Close the iterator to stop before
    the end.
    """
    labs = {name: Lab(name) for name in dict.fromkeys(handin.lab for handin in handins)}
    keys = {name: VerdictKeys(lab) for name, lab in labs.items()}
    with Writer(state, list(labs), in_place=options.in_place, interrupts=interrupts) as writer:
        put_off: deque[Task] = deque()
        turns = (_turn(state, writer, each, keys[each.handin.lab], options) for each in prepared(handins))
        yield from _Run(writer, turns, options, put_off).each()
        # Once all others are through, and one after another: this grading itself is no other work any more.
        if put_off:
            yield from _Run(writer, put_off, replace(options, workers=1), None).each()


@dataclass(frozen=True, kw_only=True)
class Task:
    """What a hand-in needs next: to be "graded", to have its "page" made, or nothing when it is "done".

    `remarks` is what is to be said of it; `record` and `marks` are there from when they are known on.
    """

    step: str
    job: Job
    handin: HandIn
    remarks: list[str]
    record: Record | None = None
    marks: Marks = field(default_factory=Marks)


def _turn(
    state: ClassFolder, writer: Writer, prepared: Prepared, keys: VerdictKeys, options: GradingOptions
) -> Task | Graded | None:
    """Put a hand-in in its place, and return what is to be done; or what it is, where nothing is."""
    handin, notebook, remarks = prepared.handin, prepared.notebook, prepared.remarks
    if notebook is None:
        writer.note(handin, remarks[-1])
        return Graded(student=handin.student, lab=handin.lab, rows=(), status="failed", remarks=remarks)
    if not is_chosen(state, handin, notebook, options):
        return None
    writer.place(handin, notebook, remarks)
    steps = steps_of(notebook, keys.lab.questions)
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
    task = _task(writer, handin, job, remarks)
    return _graded(task, "unchanged", writer.lateness(handin)) if task.step == "done" else task


def _task(writer: Writer, handin: HandIn, job: Job, remarks: list[str]) -> Task:
    """Look at what there is of a hand-in."""
    task = Task(step="graded", job=job, handin=handin, remarks=remarks)
    record = job.finished()
    if record is None or not writer.has_grades(handin, record):
        return task
    task = replace(task, step="done", record=replace(record, outputs={}))
    return task if writer.has_page(handin) else replace(task, step="page", marks=writer.marks(handin))


@dataclass
class _Run:
    """One run through hand-ins: what is in a worker's hands, and what went through without one."""

    writer: Writer
    turns: Iterable[Task | Graded | None]
    options: GradingOptions
    put_off: deque[Task] | None
    _known: dict[tuple[str, str], Task] = field(default_factory=dict)
    _through: deque[Graded | None] = field(default_factory=deque)

    def each(self) -> Generator[Graded | None]:
        """Have workers do all tasks; yields each hand-in as it is through, but for those that are to be `put_off`."""
        todo = Waiting(source=self._for_workers())
        with closing(self.options.made(todo)) as results:
            for done in results:
                while self._through:
                    yield self._through.popleft()
                if done is None:
                    continue
                (_, job, *_), result = done
                after = self._after(self._known.pop(_who(job)), job, result)
                if isinstance(after, Graded):
                    yield after
                elif after is not None:
                    todo.put(self._sent(after))

    def _for_workers(self) -> Iterator[WorkerTask | None]:
        """Yield what goes to workers, and None for each hand-in that needs none."""
        for turn in self.turns:
            if isinstance(turn, Task):
                yield self._sent(turn)
            else:
                self._through.append(turn)
                yield None

    def _sent(self, task: Task) -> WorkerTask:
        """What of a task goes to a worker."""
        self._known[_who(task.job)] = task
        return task.step, task.job, self.writer.repaired(task.handin), task.marks

    def _after(self, task: Task, job: Job, result: Made | Exception | None) -> Task | Graded | None:
        """What follows on a worker's result: the next step or the end; nothing where it is put off."""
        if isinstance(result, Exception):
            return _failed(self.writer, task, _why(result))
        if result is None:
            self.writer.place_page(task.handin, task.marks)
            return _graded(task, "graded", task.marks.late.said)
        if result.record.untimed and self.put_off is not None:
            self.put_off.append(replace(task, job=replace(job, again=False)))
            return None
        return _written(self.writer, task, result)


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
    done = Graded(student=handin.student, lab=handin.lab, rows=rows, status=status, remarks=task.remarks)
    return replace(done, late=late)


def _failed(writer: Writer, task: Task, why: str) -> Graded:
    writer.note(task.handin, why)
    failed = _graded(task, "failed", "")
    return replace(failed, remarks=[*failed.remarks, why])


def _why(error: Exception) -> str:
    """Why a worker's part did not go through."""
    if isinstance(error, BrokenProcessPool):
        return tr("A worker of the grader was killed; run the same command again to go on.")
    return tr("Could not be graded: {kind}: {error}", kind=type(error).__name__, error=error)
