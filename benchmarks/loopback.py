"""A class graded on this machine: by one worker, or on a cluster of processes on loopback, some of which go away."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import watched
from handed_in import write_class
from machines import Started, ended, scheduler
from outcomes import Graded

from autograder.authoring.build import register
from autograder.course import ROOT, ClassFolder, Lab
from autograder.gradebook.grade_path import shape_of
from autograder.grading.seeds import course_secret
from autograder.intake.find import find_handins
from autograder.sandbox.processes import cpu_ns

#: The troubles begin once this part of the class is through.
FIRST = 0.25
#: Folders of hand-ins: of all students, and of the first.
ALL, FEW = "all", "few"
#: A folder of as many students' hand-ins as it takes to tell what reading one costs, and how many.
MANY, READ = "many", 16
#: Seconds between two looks at how far a grading is.
LOOK = 0.05

Thing = TypeVar("Thing")


@dataclass
class Grading:
    """A grading on its way, in a process of its own."""

    folder: Path
    process: subprocess.Popen[bytes]
    began: float
    tell: Callable[[str], None]

    @property
    def name(self) -> str:
        return self.folder.name

    def until(self, there: Callable[[], Thing]) -> Thing:
        """Wait for something that comes before the end."""
        while not (found := there()):
            if self.process.poll() is not None:
                raise SystemExit(f"{self.said}The class was through before a worker was killed: take more --students.")
            time.sleep(LOOK)
        return found

    def came(self) -> Graded:
        """Wait for the end, and read what came of it."""
        while self.process.poll() is None:
            self.tell(f"{self.name}: {self.through()} hand-ins are through")
            time.sleep(LOOK)
        wall = time.monotonic() - self.began
        if self.process.returncode:
            raise SystemExit(self.said)
        written, placed, graded, page = map(self._noted, (watched.WRITTEN, watched.PLACED, *watched.STEPS))
        came = json.loads((self.folder / watched.CAME).read_text())
        counts = {"written": Counter(map(whose, written)), "placed": Counter(map(whose, placed))}
        found = Graded(**counts, result=each(written + placed), wall=wall, **came)
        pages = {whose(line): line["seconds"] for line in page}
        for line in (line for line in graded if whose(line) in pages):
            found.workers.setdefault(line["lab"], []).append((line["seconds"], pages[whose(line)]))
        return found

    def through(self) -> int:
        """How many hand-ins are."""
        return len(self._noted(watched.PLACED))

    def _noted(self, what: str) -> list[dict]:
        return watched.noted(self.folder, what)

    @property
    def said(self) -> str:
        return (self.folder / "said").read_text()


def each(results: Sequence[Mapping[str, float]]) -> float:
    """Seconds from one of these to the next, the mean; 0 where there are not two."""
    seconds = [line["seconds"] for line in results]
    return (max(seconds) - min(seconds)) / (len(seconds) - 1) if len(seconds) > 1 else 0.0


def whose(line: Mapping[str, str]) -> str:
    """A hand-in's name."""
    return f"{line['student']}, {line['lab']}"


@dataclass(frozen=True)
class School:
    """A folder with the hand-ins, and a class whose gradebook knows the labs, to be copied for each grading."""

    folder: Path
    labs: Sequence[Lab]
    students: int
    seed: int
    tell: Callable[[str], None]

    @property
    def hand_ins(self) -> int:
        return self.students * len(self.labs)

    def prepare(self) -> None:
        """Write the hand-ins and the class."""
        self.tell(f"{self.hand_ins} hand-ins are written")
        write_class(self.folder / ALL, self.labs, self.students, self.seed)
        shutil.copytree(self.folder / ALL / "s000", self.folder / FEW / "s000")
        state = ClassFolder(self.folder / "class")
        for lab in self.labs:
            register(lab, state)
        course_secret(state.folder)  # one for all gradings: the same hidden cases

    def reading(self) -> float:
        """CPU seconds that one more hand-in takes to be read and recognised."""
        write_class(self.folder / MANY, self.labs, READ, self.seed)
        shapes, seconds = [shape_of(lab) for lab in self.labs], {}
        for name in (FEW, FEW, MANY):  # what is done once is done in the first
            began = time.process_time()
            found = len(find_handins(self.folder / name, shapes)[0])
            seconds[found] = time.process_time() - began
        (few, least), (many, most) = sorted(seconds.items())
        return (most - least) / (many - few)

    @contextmanager
    def grading(self, name: str, handins: str, address: str = "") -> Iterator[Grading]:
        """Begin to grade a copy of the class."""
        folder = self.folder / name
        shutil.copytree(self.folder / "class", folder)
        words = [sys.executable, watched.__file__, folder, self.folder / handins, address, *(x.name for x in self.labs)]
        with (folder / "said").open("w") as said:
            process = subprocess.Popen(list(map(str, words)), cwd=ROOT, stdout=said, stderr=said)
        try:
            yield Grading(folder, process, time.monotonic(), self.tell)
        finally:
            process.kill()
            process.wait()

    @contextmanager
    def cluster(self, workers: int) -> Iterator[tuple[str, Started, list[Workplace]]]:
        """A scheduler's address and process, and workers that are ready, each a machine of one core, as it were."""
        with scheduler() as (address, process), ExitStack() as stack:
            self.tell(f"{workers} workers start")
            places = [Workplace(self.folder / f"w{number}") for number in range(workers)]
            for place in places:
                place.folder.mkdir(mode=0o755, exist_ok=True)
                asked = Started("worker", address, "--workers", 1, TMPDIR=str(place.folder))
                place.started = stack.enter_context(ended(asked))
            for place in places:
                place.started.said("at work")
            yield address, process, places

    def here(self, name: str, handins: str = ALL) -> Graded:
        """Grade by one worker of this machine."""
        with self.grading(name, handins) as grading:
            return grading.came()

    def there(self, name: str, cluster: tuple[str, Started, list[Workplace]], stopped: float = 0.0) -> Graded:
        """Grade on a cluster; where a worker is to be stopped for some seconds, another is killed before."""
        address, process, places = cluster
        began = cpu_ns(process.process.pid)
        with self.grading(name, ALL, address) as grading:
            if stopped:
                self._trouble(grading, places, stopped)
            found = grading.came()
        found.scheduler = (cpu_ns(process.process.pid) - began) / 1e9
        return found

    def _trouble(self, grading: Grading, places: Sequence[Workplace], stopped: float) -> None:
        grading.until(lambda: grading.through() >= FIRST * self.hand_ins)
        killed = grading.until(lambda: next(filter(Workplace.busy, places), None))
        killed.started.kill()
        others = [place for place in places if place is not killed]
        grading.until(lambda: next(filter(Workplace.busy, others), None)).started.stop(stopped)


@dataclass
class Workplace:
    """A worker, and the folder for what it works at."""

    folder: Path
    started: Started = field(init=False)

    def busy(self) -> bool:
        """Whether a hand-in is in its hands."""
        return any(self.folder.glob("aics-parcel-*"))
