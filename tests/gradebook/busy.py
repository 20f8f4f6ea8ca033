"""Grading on a machine that has no time for one reading, for worker processes: they import it by its name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from aics.check.speed_verdict import not_timed
from autograder.grading import run
from autograder.grading.bench import Bench
from autograder.grading.record import Judged, Record
from autograder.grading.run import Job

TIMED = "pool_speedup"


def never_timed(bench: Bench, task: tuple[Job, Path]) -> Record:
    """Grade as always, on a machine that never has time for ada's pooling."""
    job, _ = task
    record = run.grade_file(bench, task)
    if job.student != "ada":
        return record
    busy = {TIMED: Judged(key=job.keys[TIMED], verdict=not_timed(record.judged[TIMED].verdict, "reference"))}
    record = replace(record, judged={**record.judged, **busy})
    record.save(job.record)
    return record


def not_timed_at_once(bench: Bench, task: tuple[Job, Path]) -> Record:
    """The same on a machine that has time once everything else is done."""
    first = not task[0].record.exists()
    return (never_timed if first else run.grade_file)(bench, task)
