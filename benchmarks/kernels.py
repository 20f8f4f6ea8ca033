"""Whether speed limits travel: times of all known right and slow ways under other processors' BLAS kernels.

    python benchmarks/kernels.py [LAB ...] [--types Haswell SkylakeX Zen Sandybridge Prescott]

For each kernel of OpenBLAS a process of its own times every alternative and every slow mistake of the speed questions,
as a ratio to the notebook's solution by the students' own rule (`aics.check.speed`), on the timed case and on one of
about twice its size. A question travels where, under every kernel, its slowest right way is at least 2 times quicker
than the end of full points, and its quickest slow mistake 1.4 times beyond the end of all points. The grader reads less
of slow code than this, down to half as much: its references find caches cold (see benchmarks/verdicts.py --each). A
type that this processor cannot run is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import warnings
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from rich.console import Console
from rich.table import Table

from aics.check import speed
from aics.check.ask import ask
from aics.check.rules import SpeedLimits
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab, labs
from autograder.course.question import Case

TYPES = ("Haswell", "SkylakeX", "Zen", "Sandybridge", "Prescott")
#: Arrays of a timed case that hold as many rows as there are pictures, vectors or rows of a matrix.
ROWS = {
    "resize": ("image",),
    "conv_forward_speedup": ("x",),
    "conv_backward_speedup": ("x", "top_diff"),
    "pool_speedup": ("x", "top_diff"),
    "conv_winograd": ("x",),
    "forward_speedup": ("images",),
    "half_matmul": ("a",),
    "sparse_inference": ("vectors", "data"),
}
#: No limits: one reading for quick code, two for slow.
ANY = SpeedLimits(full=1, zero=1e9)
MARGIN, BEYOND = 2.0, 1.4
TRIES = 5
WIDTH = 130

#: (question, "right" or "slow", name, "timed" or "twice") -> ratio
Ratios = dict[tuple[str, str, str, str], float]


def ratios(lab: Lab) -> Ratios:
    """The ratios of all ways of one lab's speed questions, in this process."""
    found: Ratios = {}
    cells = solution_cells(lab)
    with working_folder(lab) as beside, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        solution = run_cells(cells, beside=beside)
        for question in (q for q in lab.questions.values() if q.speed):
            case = question.speed.case(np.random.default_rng(0))
            ways = [("right", v) for v in lab.alternatives] + [("slow", v) for v in lab.misconceptions if v.slow]
            for kind, way in ((kind, way) for kind, way in ways if way.question == question.name):
                namespace = run_cells(cells, {f"{question.name}_code": way.source}, beside)
                for size, sized in (("timed", case), ("twice", twice(question.name, case))):
                    if sized:
                        ratio = compared(getattr(lab.asks, question.name), namespace, solution, sized)
                        found[question.name, kind, way.name, size] = ratio
    return found


def twice(question: str, case: Case) -> Case | None:
    """The case with twice as many rows; None where it has no rows of that kind."""
    rows = {name: np.concatenate([case[name]] * 2) for name in ROWS.get(question, ())}
    return {**case, **rows} if rows else None


def compared(function: object, own: Mapping[str, object], other: Mapping[str, object], case: Case) -> float:
    """One way's time over another's; nan where this machine is too busy for a reading, again and again."""
    for _ in range(TRIES):
        found = speed.ratio(lambda c: ask(function, own, c), lambda c: ask(function, other, c), case, ANY)
        if found is not None:
            return found
    return float("nan")


def under(kind: str, lab: Lab) -> Ratios | None:
    """The ratios under one of OpenBLAS's kernels; None where this processor cannot run it."""
    environment = {**os.environ, "OPENBLAS_CORETYPE": kind, "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, __file__, lab.name, "--here"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        return None
    return {tuple(key): ratio for key, ratio in json.loads(done.stdout)}


def table(measured: Mapping[str, Ratios], limits: Mapping[str, SpeedLimits]) -> tuple[Table, bool]:
    """A line for each question and size: the slowest right way and the quickest slow one, kernel by kernel."""
    title = "slowest right way / quickest slow mistake"
    shown = Table("question", "case", *measured, "full", "none", "travels", title=title)
    shown.columns[0].no_wrap = True
    good = True
    sides: dict[tuple[str, str], dict[str, dict[str, list[float]]]] = defaultdict(lambda: defaultdict(dict))
    for kernel, found in measured.items():
        for (question, kind, _, size), ratio in found.items():
            sides[question, size][kernel].setdefault(kind, []).append(ratio)
    for (question, size), kernels in sides.items():
        ends = {kernel: (np.nanmax(ways["right"]), np.nanmin(ways["slow"])) for kernel, ways in kernels.items()}
        full, zero = limits[question].full, limits[question].zero
        travels = all(MARGIN * right <= full and slow >= BEYOND * zero for right, slow in ends.values())
        good &= travels
        cells = [f"{right:.1f} / {slow:.3g}" for right, slow in ends.values()]
        shown.add_row(question, size, *cells, f"{full:g}", f"{zero:g}", "yes" if travels else "NO")
    return shown, good


def tables(chosen: Sequence[Lab], types: Sequence[str], console: Console) -> bool:
    """Print a table for each lab with speed questions; says whether all of them travel."""
    good = True
    for lab in (lab for lab in chosen if any(q.speed for q in lab.questions.values())):
        measured = {kind: found for kind in types if (found := under(kind, lab)) is not None}
        shown, travels = table(measured, {q.name: q.speed.limits for q in lab.questions.values() if q.speed})
        console.print(shown)
        good &= travels
    return good


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labs", nargs="*", help="all labs if none is named")
    parser.add_argument("--types", nargs="+", default=TYPES)
    parser.add_argument("--here", action="store_true", help="this process only, as JSON")
    asked = parser.parse_args()
    chosen = labs(asked.labs)
    if asked.here:
        print(json.dumps([[key, ratio] for lab in chosen for key, ratio in ratios(lab).items()]))
        return
    raise SystemExit(0 if tables(chosen, asked.types, Console(width=max(Console().width, WIDTH))) else 1)


if __name__ == "__main__":
    main()
