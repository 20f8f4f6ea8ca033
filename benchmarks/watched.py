"""Grading a class as `autograder grade` does, in a process of its own that notes what is written and what it costs."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from threading import Event, Thread

from rich.console import Console

from autograder.course import ClassFolder, labs
from autograder.gradebook import grade_handins
from autograder.gradebook.grade_handins import GradingOptions
from autograder.gradebook.grade_path import grade_path
from autograder.gradebook.made import Made, WorkerTask, make
from autograder.gradebook.marks import Marks
from autograder.gradebook.writer import Writer
from autograder.grading.bench import Bench
from autograder.grading.pool import as_they_come
from autograder.grading.waiting import Waiting
from autograder.intake.prepared import HandIn
from autograder.sandbox.books import Books

#: In the class's folder: a line for each thing that was done, and what came of it all.
NOTES, CAME = "notes.jsonl", "came.json"
#: What a worker does for a hand-in, and what the command does with it.
STEPS, WRITTEN, PLACED = ("graded", "page"), "in the gradebook", "page in its place"
#: Seconds between two looks at a worker's sandboxes; what one spends after the last look is not seen.
LOOK = 0.005
#: Of this worker.
BOOKS = Books()


def note(folder: Path, what: str, student: str, lab: str, seconds: float = 0.0) -> None:
    """Add a line to a class's notes."""
    line = {"what": what, "student": student, "lab": lab, "seconds": round(seconds, 3)}
    with (folder / NOTES).open("a") as notes:
        notes.write(json.dumps(line) + "\n")


def noted(folder: Path, what: str) -> list[dict]:
    """The whole lines of a class's notes that say this."""
    path = folder / NOTES
    lines = path.read_text().split("\n")[:-1] if path.exists() else []
    return [line for line in map(json.loads, lines) if line["what"] == what]


class WatchedWriter(Writer):
    """The writer; what it has written is noted, with the command's CPU seconds so far, less those of taking turns."""

    def write(self, handin: HandIn, made: Made) -> Marks:
        marks = super().write(handin, made)
        note(self._state.folder, WRITTEN, handin.student, handin.lab, spent() - WatchedTurns.seconds)
        return marks

    def place_page(self, handin: HandIn, marks: Marks) -> None:
        super().place_page(handin, marks)
        note(self._state.folder, PLACED, handin.student, handin.lab, spent() - WatchedTurns.seconds)


class WatchedTurns(Waiting[WorkerTask]):
    """Hand-ins whose turns come, with the command's CPU seconds that this takes, of processes below it too."""

    seconds = 0.0

    def take(self) -> WorkerTask | None:
        began = spent()
        try:
            return super().take()
        finally:
            WatchedTurns.seconds += spent() - began


class WatchedOptions(GradingOptions):
    """Options under which workers of this machine note their seconds, and the command's when all are recognised."""

    read: list[float] = []

    def made(self, tasks: Waiting[WorkerTask]) -> Generator[tuple[WorkerTask, Made | Exception | None] | None]:
        self.read.append(time.process_time())
        return super().made(tasks) if self.scheduler else as_they_come(watched, tasks, self.isolation, self.workers)


def spent() -> float:
    """CPU seconds of this process, and of those that it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def watched(bench: Bench, task: WorkerTask) -> Made | None:
    """Do a worker's part of one step, and note its seconds."""
    step, job, *_ = task
    with counted() as seconds:
        made = make(bench, task)
    note(job.state.folder, step, job.student, job.lab, seconds[0])
    return made


@contextmanager
def counted() -> Iterator[list[float]]:
    """CPU seconds of this process and all below it meanwhile, less those of looking."""
    over, looking, seconds = Event(), [], []

    def look() -> None:
        while not over.wait(LOOK):
            BOOKS.look(os.getpid())
        looking.append(time.thread_time())

    began, watch = BOOKS.look(os.getpid()).cpu, Thread(target=look)
    watch.start()
    try:
        yield seconds
    finally:
        over.set()
        watch.join()
        seconds.append(BOOKS.look(os.getpid()).cpu - began - looking[0])


def grade(folder: Path, handins: Path, names: list[str], scheduler: str) -> None:
    """Grade a class, values only, with one worker or a scheduler's, and leave what came of it in its folder."""
    grade_handins.Writer = WatchedWriter  # type: ignore[misc]
    grade_handins.Waiting = WatchedTurns  # type: ignore[misc]
    options = WatchedOptions(values_only=True, workers=2 if scheduler else 1, scheduler=scheduler)
    began = time.process_time()
    done = grade_path(ClassFolder(folder), handins, options, labs(names), None, Console(quiet=True))
    read, ended = options.read[0], time.process_time()
    came = {
        "reading": read - began,
        "turns": WatchedTurns.seconds,
        "results": ended - read,
        "failed": [f"{each.student}: {each.remarks}" for each in done.graded if each.status == "failed"],
        "rows": [asdict(row) for each in done.graded for row in each.rows],
    }
    (folder / CAME).write_text(json.dumps(came))


if __name__ == "__main__":
    course, handed_in, address, *chosen = sys.argv[1:]
    grade(Path(course), Path(handed_in), chosen, address)
