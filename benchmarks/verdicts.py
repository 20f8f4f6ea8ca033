"""How often the clock is wrong: points for code whose true time is known, on a machine at rest and on a busy one.

    python benchmarks/verdicts.py [QUESTION ...] [--gradings 200] [--loops 0 2 12] [--quick] [--kept verdicts.json]
    python benchmarks/verdicts.py --class 60 [--loops 12]
    python benchmarks/verdicts.py --kernels

Two sandboxes with the notebook's solution are timed against one another as the grader times a hand-in. One repeats
its work so that its true time is 0.5, 1, 1.5, 3 and 8 times the other's, and then it runs each known slow mistake. A
grading is wrong where it gives fewer points than 1.25 times the true time earns (docked), or more than the 1.6th part
of it (paid: work that is repeated finds warm caches). Of a slow mistake it is known only that it earns nothing. What a
busy machine cannot read is put off, and no mistake. Readings are kept in a file, so that a stopped run goes on.

With --class, `autograder grade` grades a class of right hand-ins of lab 2 beside busy loops, and no point may be lost.
With --kernels, the table of benchmarks/kernels.py is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import mean

import kernels
import nbformat
import numpy as np
from crowd import crowd, processor
from rich.console import Console
from rich.table import Table

from aics.check.rules import BAND, SpeedLimits
from autograder.authoring.source import source_notebook
from autograder.course import ROOT, Lab, labs
from autograder.course.question import Question
from autograder.grading.bench import Bench, Side
from autograder.grading.pool import cores
from autograder.grading.reading import Reading
from autograder.grading.timing import speed_reading

#: True time of one side over the other's -> how often each repeats its work.
SLOWDOWNS = {"0.5": (1, 2), "1": (1, 1), "1.5": (3, 2), "3": (3, 1), "8": (8, 1)}
#: So many times quicker than its true time may work read that is repeated.
WARM = 1.6
#: What a sandbox's own code does to repeat its work.
REPEATING = """
import aics.check.afresh
times, load = 1, aics.check.afresh.loaded_afresh
def loaded(*names):
    fresh, asks = load(*names)
    once = fresh.ask
    def several(*arguments):
        for _ in range(times - 1):
            once(*arguments)
        return once(*arguments)
    fresh.ask = several
    return [fresh, asks]
aics.check.afresh.loaded_afresh = loaded
"""
QUICK = ("conv_forward_speedup", "swap_speed", "sparse_inference")
WIDTH = 130
CLASS_LAB = "lab2_layers"

#: "question, loops, slow-down" -> readings
Kept = dict[str, list[Reading]]


class Pair:
    """Two sandboxes with one lab's solution that are timed against one another."""

    def __init__(self, lab: Lab, question: Question, own: Bench, other: Bench) -> None:
        self._lab, self._question, self._rng = lab, question, np.random.default_rng()
        self._sides = tuple(bench.reference(lab) for bench in (own, other))
        for side in self._sides:
            self._run(side, REPEATING)

    def become(self, slowdown: str) -> None:
        """Repeat the work as often as this slow-down asks for, or run the slow mistake of this name."""
        for side, times in zip(self._sides, SLOWDOWNS.get(slowdown, (1, 1)), strict=True):
            self._run(side, f"times = {times}")
        for mistake in slow_mistakes(self._lab, self._question):
            if mistake.name == slowdown:
                self._run(self._sides[0], mistake.source)

    def readings(self) -> Iterator[Reading]:
        """Reading after reading, as the grader takes them."""
        speed, (one, two) = self._question.speed, self._sides
        with one.serving(self._lab.name), two.serving(self._lab.name):
            while True:
                draw, right = partial(speed.case, self._rng), lambda *_: True
                yield speed_reading(one, two, self._question.name, draw, right, speed.limits)

    def rest(self) -> None:
        """Wait until both take cells again."""
        for side in self._sides:
            side.idle()

    def _run(self, side: Side, source: str) -> None:
        done = side.kernel.execute(source, 60)
        if done.status != "ok":
            raise RuntimeError(f"{self._question.name}: {done.evalue or done.detail}")


def slow_mistakes(lab: Lab, question: Question):
    return [v for v in lab.misconceptions if v.slow and v.question == question.name]


def measure(lab: Lab, question: Question, loops: int, gradings: int, kept: Kept) -> Iterator[None]:
    """Fill up what is kept of one question beside so many loops; yields after each reading."""
    with Bench("strict") as own, Bench("strict") as other:
        pair = Pair(lab, question, own, other)
        for slowdown in (*SLOWDOWNS, *(v.name for v in slow_mistakes(lab, question))):
            pair.become(slowdown)
            found = kept.setdefault(f"{question.name}, {loops}, {slowdown}", [])
            if len(found) >= gradings:
                continue
            with crowd(loops), closing(pair.readings()) as readings:
                for reading in islice(readings, gradings - len(found)):
                    found.append(reading)
                    yield
            pair.rest()


def row(name: str, readings: list[Reading], question: Question) -> tuple[list[str], bool]:
    """A line of the table, and whether nothing was wrong."""
    _, loops, slowdown = name.split(", ")
    limits: SpeedLimits = question.speed.limits
    true = float(slowdown) if slowdown in SLOWDOWNS else np.inf
    standing = [limits.share(r.ratio) for r in readings if r.stands(limits)]
    docked = sum(share < limits.share(true * BAND) for share in standing)
    paid = sum(share > limits.share(true / WARM) for share in standing)
    ratios = np.quantile([r.ratio for r in readings], [0.05, 0.5, 0.95])
    points = f"{question.points * mean(standing):.2f} / {question.points:g}" if standing else "-"
    due = f"{question.points * limits.share(true):.2f}"
    shares = [f"{count / len(readings):.1%}" for count in (docked, paid, len(readings) - len(standing))]
    spread = " ".join(f"{ratio:.2f}" for ratio in ratios)
    return [question.name, loops, slowdown, f"{len(readings)}", spread, points, due, *shares], not docked + paid


def verdicts(names: list[str], gradings: int, crowds: list[int], file: Path | None, console: Console) -> bool:
    """Measure, keep and print; says whether no grading was wrong."""
    kept: Kept = {}
    if file and file.exists():
        kept = {name: [Reading(**r) for r in rows] for name, rows in json.loads(file.read_text()).items()}
    asked = {q.name: (lab, q) for lab in labs() for q in lab.questions.values() if q.speed}
    for loops in crowds:
        for name in names or list(asked):
            with console.status(f"{name}, {loops} loops"):
                for _ in measure(*asked[name], loops, gradings, kept):
                    if file:
                        file.write_text(json.dumps({k: [vars(r) for r in rows] for k, rows in kept.items()}))
    shown = Table(
        *("question", "loops", "slow-down", "gradings", "read 5 50 95 %", "points", "due"),
        *("docked", "paid", "put off"),
        title=processor(),
    )
    shown.columns[0].no_wrap = shown.columns[2].no_wrap = True
    rows = [row(name, readings, asked[name.split(",")[0]][1]) for name, readings in kept.items() if readings]
    for line, _ in rows:
        shown.add_row(*line)
    console.print(shown)
    return all(good for _, good in rows)


def graded_class(students: int, loops: int, console: Console) -> bool:
    """Grade a class of right hand-ins beside busy loops; says whether no point was lost."""
    with tempfile.TemporaryDirectory() as scratch, crowd(loops):
        notebook = source_notebook(Lab(CLASS_LAB))
        for number in range(students):
            path = Path(scratch) / "handed_in" / f"student{number:02}" / f"{CLASS_LAB}.ipynb"
            path.parent.mkdir(parents=True)
            nbformat.write(notebook, path)
        file = Path(scratch) / "rows.json"
        command = [sys.executable, "-m", "autograder", "grade", f"{scratch}/handed_in", "--json", str(file)]
        environment = {**os.environ, "AICS_COURSE": f"{scratch}/course"}
        subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)
        rows = json.loads(file.read_text())
    lost = [row for row in rows if row["score"] < row["max_score"]]
    untimed = sum(row["untimed"] for row in rows)
    timed = [row["speed"] for row in rows if row["speed"]]
    spread = " ".join(f"{ratio:.2f}" for ratio in np.quantile(timed, [0, 0.5, 1])) if timed else "none"
    console.print(f"{processor()}: {students} right hand-ins of {CLASS_LAB} beside {loops} busy loops")
    console.print(f"{len(lost)} of {len(rows)} verdicts lost points; {untimed} not timed; ratios {spread}")
    for each in lost:
        console.print(f"{each['student']}, {each['question']}: {each['score']} / {each['max_score']}, {each['reason']}")
    return not lost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", nargs="*", help="all speed questions if none is named")
    parser.add_argument("--gradings", type=int, default=200)
    parser.add_argument("--loops", type=int, nargs="+", default=[0, cores(), 12])
    parser.add_argument("--quick", action="store_true", help="10 gradings of three questions")
    parser.add_argument("--kept", type=Path, help="keep readings in this file, and go on from it")
    parser.add_argument("--class", type=int, dest="students", help="grade a class of so many right hand-ins")
    parser.add_argument("--kernels", action="store_true", help="other processors' BLAS kernels")
    asked, console = parser.parse_args(), Console(width=max(Console().width, WIDTH))
    if asked.kernels:
        good = kernels.tables(labs(), kernels.TYPES, console)
    elif asked.students:
        good = graded_class(asked.students, max(asked.loops), console)
    else:
        names = asked.questions or (list(QUICK) if asked.quick else [])
        good = verdicts(names, 10 if asked.quick else asked.gradings, asked.loops, asked.kept, console)
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
