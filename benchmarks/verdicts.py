"""How often the clock is wrong: points for code whose true time is known, on a machine at rest and on a busy one.

    python benchmarks/verdicts.py [QUESTION ...] [--gradings 200] [--loops 0 2 12] [--quick] [--each]
                                  [--kept benchmarks/verdicts.json]
    python benchmarks/verdicts.py --class 60 [--loops 12] [--lab LAB ...]
    python benchmarks/verdicts.py --kernels

Two sandboxes with the notebook's solution are timed against one another as the grader times a hand-in. One repeats
its work so that its true time is 0.5, 1, 1.5, 3 and 8 times the other's, and then it runs the known slow mistakes.
The gradings of a line are dealt out evenly to all speed questions; --each prints a line for every one. A grading is
wrong where it gives fewer points than 1.25 times the true time earns (docked), or more than the 1.6th part of it
(paid: work that is repeated finds warm caches). Of a slow mistake it is known only that it earns nothing. What a busy
machine cannot read is put off, and no mistake. Readings are kept in a file, so that a stopped run goes on.

With --class, `autograder grade` grades a class of right hand-ins of each named lab, else of lab 2, beside loops: no
point may be lost, and no page be missing. `--lab all` is every lab.
With --kernels, the table of benchmarks/kernels.py is printed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path

import kernels
import numpy as np
from classes import graded_classes
from crowd import crowd, processor
from readings import SLOWDOWNS, Asked, Kept, keep, key, read_kept, slow_mistakes, speed_questions, table
from rich.console import Console

from autograder.course import Lab, labs
from autograder.course.question import Question
from autograder.grading.bench import Bench, Side
from autograder.grading.pool import cores
from autograder.grading.reading import Reading
from autograder.grading.timing import speed_reading

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
CLASS_LABS = ("lab2_layers",)


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


def dealt(asked: Mapping[str, Asked], gradings: int) -> dict[str, dict[str, int]]:
    """Question -> slow-down or slow mistake -> how many gradings, so that each line of the table has its number."""
    mistakes = [(name, v.name) for name, (lab, question) in asked.items() for v in slow_mistakes(lab, question)]
    counts: dict[str, dict[str, int]] = {name: {} for name in asked}
    for slowdown in SLOWDOWNS:
        for name, count in zip(asked, _evenly(gradings, len(asked)), strict=True):
            counts[name][slowdown] = count
    for (name, mistake), count in zip(mistakes, _evenly(gradings, len(mistakes)), strict=True):
        counts[name][mistake] = count
    return counts


def _evenly(whole: int, parts: int) -> list[int]:
    return [whole // parts + (place < whole % parts) for place in range(parts)]


def measure(lab: Lab, question: Question, loops: int, counts: Mapping[str, int], kept: Kept) -> Iterator[None]:
    """Fill up what is kept of one question beside so many loops; yields after each reading."""
    missing = {way: n - len(kept.setdefault(key(question.name, loops, way), [])) for way, n in counts.items()}
    if not any(number > 0 for number in missing.values()):
        return
    with Bench("strict") as own, Bench("strict") as other:
        pair = Pair(lab, question, own, other)
        for way, number in missing.items():
            if number <= 0:
                continue
            pair.become(way)
            with crowd(loops), closing(pair.readings()) as readings:
                for reading in islice(readings, number):
                    kept[key(question.name, loops, way)].append(reading)
                    yield
            pair.rest()


def verdicts(
    asked: Mapping[str, Asked], gradings: int, crowds: Sequence[int], file: Path | None, console: Console
) -> Kept:
    """Measure what is not kept yet."""
    kept: Kept = {}
    if file and file.exists():
        before, kept = read_kept(file)
        if before != processor():
            raise SystemExit(f"{file} holds readings of {before}, and this is {processor()}: name another file.")
    counts = dealt(asked, gradings)
    for loops in crowds:
        for place, (name, (lab, question)) in enumerate(asked.items(), 1):
            with console.status(f"{name} beside {loops} loops ({place} of {len(asked)} questions)"):
                for _ in measure(lab, question, loops, counts[name], kept):
                    if file:
                        keep(file, kept, processor())
    return kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", nargs="*", help="all speed questions if none is named")
    parser.add_argument("--gradings", type=int, default=200, help="of each slow-down, beside each number of loops")
    parser.add_argument("--each", action="store_true", help="a line for each question")
    parser.add_argument("--loops", type=int, nargs="+", default=[0, cores(), 12])
    parser.add_argument("--quick", action="store_true", help="10 gradings of three questions")
    parser.add_argument("--kept", type=Path, help="keep readings in this file, and go on from it")
    parser.add_argument("--class", type=int, dest="students", help="grade a class of so many right hand-ins")
    parser.add_argument("--lab", nargs="+", default=CLASS_LABS, dest="labs", help="of --class; `all` is every lab")
    parser.add_argument("--kernels", action="store_true", help="other processors' BLAS kernels")
    asked, console = parser.parse_args(), Console(width=max(Console().width, WIDTH))
    if asked.kernels:
        good = kernels.tables(labs(), kernels.TYPES, console)
    elif asked.students:
        chosen = labs(() if "all" in asked.labs else asked.labs)
        good = graded_classes(chosen, asked.students, max(asked.loops), processor(), console)
    else:
        named = asked.questions or (QUICK if asked.quick else speed_questions())
        known = speed_questions()
        if unknown := set(named) - set(known):
            parser.error(f"{', '.join(sorted(unknown))}: no speed question. There are {', '.join(known)}.")
        chosen = {name: known[name] for name in named}
        kept = verdicts(chosen, 10 if asked.quick else asked.gradings, asked.loops, asked.kept, console)
        shown, good = table(kept, chosen, processor(), asked.each)
        console.print(shown)
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
