"""What grading one hand-in costs, beside stock `nbgrader autograde` and `nbgrader generate_feedback` in the same run.

    python benchmarks/grading.py [LAB ...] [--hand-ins 8]

Seconds of CPU of the whole process tree: the command, its workers, their sandboxes, nbgrader's kernels. Each class is
graded with one hand-in and with some more; what one more costs is told, so that imports and what a worker does once are
paid by nobody. Beside it stands what it takes on disk: the hand-in as nbgrader keeps it, the graded notebook, the page,
the record, its rows. The hand-in is the lab's solution, which has every question answered; stock nbgrader runs it
without the cells that are only there to look at, in its own kernel without a sandbox, with the notebook's own checks.
The writer is the part of the command that no second worker makes faster: hand-ins that are repaired and put in their
places, rows of the gradebook, files that are moved. One worker and two grade the same class by turns, and the middle of
the ratios of their wall seconds is told.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median

import nbformat
from rich.console import Console
from rich.table import Table

from autograder.authoring.build import register
from autograder.authoring.source import LOOK_TAG, source_notebook
from autograder.authoring.start import write_start
from autograder.course import ClassFolder, Lab, labs
from autograder.gradebook import grade_handins
from autograder.gradebook.grade_path import grade_path
from autograder.gradebook.writer import Writer
from autograder.grading.waiting import Waiting
from autograder.sandbox.books import Books

#: Seconds between two looks at the processes of a command; what one spends after the last look is not seen.
LOOK = 0.004
#: Way -> whether the timing is left out.
WAYS = {"with speed questions": False, "values only": True}
STOCK = "stock nbgrader"
#: How often one worker and two grade a class by turns.
TURNS = 3


@dataclass(frozen=True)
class Cost:
    """Seconds: CPU of all processes, of the writer, and of the clock on the wall; kilobytes on disk."""

    cpu: float
    writer: float
    wall: float
    disk: float

    def per(self, less: Cost, hand_ins: int) -> Cost:
        """What one more hand-in costs, by a command that graded so many fewer."""
        pairs = zip(astuple(self), astuple(less), strict=True)
        return Cost(*((more - fewer) / hand_ins for more, fewer in pairs))


class TimedWriter(Writer):
    """The writer, with the CPU time of its process that its calls take."""

    seconds = 0.0


class TimedTurns(Waiting):
    """Hand-ins whose turns come, which are repaired and put in their places then; timed as the writer's calls."""


def _timed(call: Callable[..., object]) -> Callable[..., object]:
    def timed(self: object, *arguments: object) -> object:
        began = time.process_time()
        try:
            return call(self, *arguments)
        finally:
            TimedWriter.seconds += time.process_time() - began

    return timed


for of, each in ((TimedTurns, "take"), (TimedWriter, "write"), (TimedWriter, "place_page")):
    setattr(of, each, _timed(getattr(of, each)))


def grade(folder: Path, lab: Lab, values_only: bool, workers: int) -> None:
    """Grade a class as `autograder grade` does, in a process of its own, and print the writer's seconds."""
    grade_handins.Writer = TimedWriter  # type: ignore[misc]
    grade_handins.Waiting = TimedTurns  # type: ignore[misc]
    options = grade_handins.GradingOptions(values_only=values_only, workers=workers)
    done = grade_path(ClassFolder(folder), folder / "handins", options, [lab], None, Console(file=io.StringIO()))
    if done.failed:
        raise SystemExit(f"{[graded.remarks for graded in done.graded if graded.status == 'failed']}")
    print(json.dumps({"writer": TimedWriter.seconds}))


def cost_of(commands: Sequence[Sequence[str]], folder: Path) -> Cost:
    """Run commands one after another and add up what they cost."""
    books, began, said = Books(), time.monotonic(), ""
    for command in commands:
        with (folder / "log").open("w") as log:
            run = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=log, text=True)
            spent = books.look(run.pid)
            while run.poll() is None:
                spent = books.look(run.pid)
                time.sleep(LOOK)
        said = run.stdout.read() if run.stdout else ""
        if run.returncode:
            raise SystemExit(f"{' '.join(command)}:\n{(folder / 'log').read_text()}")
    writer = json.loads(said.splitlines()[-1])["writer"] if said.startswith("{") else 0.0
    return Cost(spent.cpu, writer, time.monotonic() - began, kilobytes(folder))


def kilobytes(folder: Path) -> float:
    """What a class takes on disk: all that grading keeps, and the gradebook; not what was handed in."""
    files = (path for path in folder.rglob("*") if path.is_file() and "handins" not in path.parts)
    return sum(path.stat().st_size for path in files) / 1000


def ours(lab: Lab, hand_ins: int, values_only: bool, workers: int) -> Cost:
    """Cost of so many hand-ins in a fresh class."""
    with tempfile.TemporaryDirectory() as scratch:
        state = ClassFolder(Path(scratch))
        register(lab, state)
        for number in range(hand_ins):
            (state.folder / "handins" / f"s{number:03}").mkdir(parents=True)
            nbformat.write(source_notebook(lab), state.folder / "handins" / f"s{number:03}" / f"{lab.name}.ipynb")
        asked = [f"--grade={scratch}", lab.name, f"--workers={workers}", *(["--values-only"] if values_only else [])]
        return cost_of([[sys.executable, __file__, *asked]], state.folder)


def stock(lab: Lab, hand_ins: int) -> Cost:
    """Cost of the same hand-ins with nbgrader's defaults."""
    with tempfile.TemporaryDirectory() as scratch:
        state = ClassFolder(Path(scratch))
        register(lab, state)
        notebook = source_notebook(lab)
        notebook.cells = [c for c in notebook.cells if LOOK_TAG not in c.metadata.get("tags", [])]
        for number in range(hand_ins):
            folder = state.submitted / f"s{number:03}" / lab.name
            folder.mkdir(parents=True)
            nbformat.write(notebook, folder / f"{lab.name}.ipynb")
            write_start(lab, folder)
        (state.folder / "nbgrader_config.py").write_text(f"get_config().CourseDirectory.root = {scratch!r}\n")
        steps = ("autograde", "generate_feedback")
        return cost_of([[sys.executable, "-m", "nbgrader", step, lab.name] for step in steps], state.folder)


@dataclass(frozen=True)
class Measured:
    """What one more hand-in of a lab costs, each way, and how many times as fast two workers are."""

    costs: Mapping[str, Cost]
    two: float


def one_more(lab: Lab, hand_ins: int, values_only: bool, workers: int) -> Cost:
    """What one more hand-in costs; in the class that it is compared with each worker has had one."""
    few, many = (ours(lab, workers + more, values_only, workers) for more in (0, hand_ins))
    return many.per(few, hand_ins)


def measure(lab: Lab, hand_ins: int) -> Measured:
    """Measure a lab each way; values only several times, by turns with two workers."""
    found = {STOCK: stock(lab, 1 + hand_ins).per(stock(lab, 1), hand_ins)}
    found |= {name: one_more(lab, hand_ins, values_only, 1) for name, values_only in WAYS.items()}
    turns = [[one_more(lab, hand_ins, True, workers).wall for workers in (1, 2)] for _ in range(TURNS)]
    return Measured(found, median(one / two for one, two in turns))


def table(measured: Mapping[str, Measured], hand_ins: int) -> Table:
    """CPU of each lab's ways, beside stock nbgrader."""
    heads = ("lab", "way", "CPU seconds a hand-in", "beside stock", "KB on disk")
    shown = Table(*heads, title=f"one worker, {hand_ins} hand-ins more")
    for lab, found in measured.items():
        for way in (*WAYS, STOCK):
            cost, beside = found.costs[way], f"{found.costs[way].cpu / found.costs[STOCK].cpu:.2f}x"
            shown.add_row(lab, way, f"{cost.cpu:.2f}", beside, f"{cost.disk:.0f}")
        shown.add_section()
    return shown


def one_writer(measured: Mapping[str, Measured]) -> Table:
    """How much of it one process does for all workers, and how much faster two of them are."""
    shown = Table("lab", "the writer's CPU seconds a hand-in", "two workers beside one", title="values only")
    for lab, found in measured.items():
        shown.add_row(lab, f"{found.costs['values only'].writer:.3f}", f"{found.two:.2f}x as fast")
    return shown


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labs", nargs="*", help="all labs if none is named")
    parser.add_argument("--hand-ins", type=int, default=8)
    parser.add_argument("--grade", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--values-only", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--workers", type=int, default=1, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.grade:
        grade(asked.grade, Lab(asked.labs[0]), asked.values_only, asked.workers)
        return
    os.environ["PYTHONWARNINGS"] = "ignore"
    measured = {lab.name: measure(lab, asked.hand_ins) for lab in labs(asked.labs)}
    console = Console()
    console.print(table(measured, asked.hand_ins))
    console.print(one_writer(measured))


if __name__ == "__main__":
    main()
