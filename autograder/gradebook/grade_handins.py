"""Grade hand-ins: workers run what is outdated in sandboxes, one writer puts the records into the gradebook."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass, field, replace

from autograder.course import ClassFolder, Lab
from autograder.gradebook.failures import GradebookError, GradebookUnusable
from autograder.gradebook.interrupts import Interrupts, TooLong
from autograder.gradebook.writer import Writer
from autograder.grading.key import VerdictKeys
from autograder.grading.pool import cores, on_benches
from autograder.grading.record import Record
from autograder.grading.run import Job, grade_file, job_for, record_path
from autograder.grading.steps import steps_of
from autograder.intake.handin import HandIn


@dataclass(frozen=True, kw_only=True)
class Graded:
    """One hand-in that went through: its record, and what happened to it in a word.

    `status` is "graded", "unchanged" (nothing needed to be done) or "failed"; `remarks` are clear
    lines for the instructor, and `late` says how late it was, "" where it was not.
    """

    student: str
    lab: str
    record: Record | None
    status: str
    remarks: list[str] = field(default_factory=list)
    late: str = ""


@dataclass(frozen=True, kw_only=True)
class GradingOptions:
    """How a class is graded.

    `again` runs also what is up to date, `untimed` only hand-ins that wait to be timed. `in_place` says that the
    hand-ins already lie where nbgrader looks for them; they are left as they are.
    """

    isolation: str = "strict"
    values_only: bool = False
    workers: int = field(default_factory=cores)
    again: bool = False
    untimed: bool = False
    in_place: bool = False


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
    writer = Writer(state, list(labs), in_place=options.in_place, interrupts=interrupts)
    to_run: list[tuple[Job, HandIn]] = []
    for handin in handins:
        writer.place(handin)
        job = job_for(
            state,
            handin.student,
            keys[handin.lab],
            steps_of(handin.notebook, labs[handin.lab].questions),
            isolation=options.isolation,
            values_only=options.values_only,
            again=options.again,
            beside=handin.beside,
        )
        record = job.finished()
        if record is None:
            to_run.append((job, handin))
        else:
            yield _written(writer, handin, record)
    put_off: list[tuple[Job, HandIn]] = []
    with closing(_run_all(writer, to_run, options)) as results:
        for (job, handin), result in results:
            if isinstance(result, Record) and result.untimed:
                put_off.append((replace(job, again=False), handin))
            else:
                yield _brought(writer, handin, result)
    # Once all others are through, and one after another: this grading itself is no other work any more.
    with closing(_run_all(writer, put_off, replace(options, workers=1))) as results:
        for (_, handin), result in results:
            yield _brought(writer, handin, result)


def waits_to_be_timed(state: ClassFolder, handin: HandIn) -> bool:
    """Whether a machine that was too busy left a question of this hand-in untimed."""
    record = Record.load(record_path(state, handin.student, handin.lab))
    return bool(record and record.untimed)


def _run_all(
    writer: Writer, to_run: Sequence[tuple[Job, HandIn]], options: GradingOptions
) -> Generator[tuple[tuple[Job, HandIn], Record | str]]:
    """Run hand-ins in worker processes; yields each with its record, or with what went wrong.

    Workers read the notebooks from disk: what is sent to them must stay small, for Python 3.11's
    pool hangs if a worker dies while more than a pipe holds is on its way.
    """
    asked = {(job.student, job.lab): (job, handin) for job, handin in to_run}
    tasks = [(job, writer.repaired(handin)) for job, handin in to_run]
    with closing(on_benches(grade_file, tasks, options.isolation, options.workers)) as results:
        for (job, _), result in results:
            pair = asked[job.student, job.lab]
            if isinstance(result, BrokenProcessPool):
                yield pair, "A worker of the grader was killed; run the same command again to go on."
            elif isinstance(result, Exception):
                yield pair, f"Could not be graded: {type(result).__name__}: {result}"
            else:
                yield pair, result


def _brought(writer: Writer, handin: HandIn, result: Record | str) -> Graded:
    """The hand-in as it reached the gradebook, or with what went wrong."""
    return _written(writer, handin, result) if isinstance(result, Record) else _failed(handin, result)


def _written(writer: Writer, handin: HandIn, record: Record) -> Graded:
    """Put what is missing into the gradebook."""
    done = Graded(student=handin.student, lab=handin.lab, record=record, status="graded", remarks=handin.remarks)
    try:
        status = "graded" if writer.write(handin, record) else "unchanged"
        return replace(done, status=status, late=writer.lateness(handin))
    except GradebookUnusable:
        raise
    except (GradebookError, TooLong) as error:
        return replace(done, status="failed", remarks=[*handin.remarks, f"nbgrader: {error}"])


def _failed(handin: HandIn, why: str) -> Graded:
    return Graded(student=handin.student, lab=handin.lab, record=None, status="failed", remarks=[*handin.remarks, why])
