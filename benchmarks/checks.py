"""How long a student waits for a check, and how good the stand-in is that the speed checks divide by.

    .venv/bin/python benchmarks/checks.py [LAB ...] [--json FILE]

For every question: the median time of five checks of the notebook's own solution, in this process,
beside the bound (0.3 s, or 3 s where the check also times). For speed questions also the median of
five ratios of the solution's time to the stand-in's (1 would be perfect: then the student's reading
is the grader's), and the check's time on the known slow code, which waits longest.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from rich.console import Console
from rich.table import Table

from aics import open_lab
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab, labs

REPEATS = 5
#: Seconds that a check may take, by whether it also times.
BOUND = {False: 0.3, True: 3.0}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One question's figures; the last three are None where nothing is timed."""

    lab: str
    question: str
    seconds: float
    bound: float
    ratio: float | None = None
    slow_seconds: float | None = None
    slow_ratio: float | None = None

    @property
    def within(self) -> bool:
        """Whether both checks come back in time."""
        return max(self.seconds, self.slow_seconds or 0) <= self.bound


def measure(lab: Lab, question: str, beside: Path) -> Row:
    """Check the solution five times, and the known slow code once; `beside` is the notebook's folder."""
    check, cells = open_lab(lab.name), solution_cells(lab)
    solution = run_cells(cells, beside=beside)
    timings = [_timed(check, question, solution) for _ in range(REPEATS)]
    speed = lab.questions[question].speed
    row = {"lab": lab.name, "question": question, "bound": BOUND[speed is not None]}
    row["seconds"] = median(seconds for seconds, _ in timings)
    if speed:
        row["ratio"] = median(_ratio(verdict) for _, verdict in timings)
    for slow in (v for v in lab.misconceptions if v.slow and v.question == question):
        namespace = run_cells(cells, {f"{question}_code": slow.source}, beside)
        seconds, verdict = _timed(check, question, namespace)
        row |= {"slow_seconds": seconds, "slow_ratio": _ratio(verdict)}
    return Row(**row)


def _ratio(verdict):
    """The reading; nan where this machine was too busy for one."""
    return verdict.speed.ratio if verdict.speed else float("nan")


def _timed(check, question, namespace):
    start = perf_counter()
    verdict = check.verdict(question, namespace)
    return perf_counter() - start, verdict


def table(rows: list[Row]) -> Table:
    """One lab's figures, a line a question."""
    shown = Table(
        "question", "check s", "bound s", "solution / stand-in", "slow code s", "its ratio", title=rows[0].lab
    )
    shown.columns[0].no_wrap = True
    for row in rows:
        optional = [f"{x:.2f}" if x is not None else "" for x in (row.ratio, row.slow_seconds, row.slow_ratio)]
        style = "" if row.within else "bold"
        mark = "" if row.within else " OVER"
        shown.add_row(row.question, f"{row.seconds:.3f}", f"{row.bound}{mark}", *optional, style=style)
    return shown


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the students' own checks.")
    parser.add_argument("labs", nargs="*", help="all labs if none is named")
    parser.add_argument("--json", type=Path, help="also write the rows here")
    arguments = parser.parse_args()
    rows = []
    for lab in labs(arguments.labs):
        with working_folder(lab) as beside:
            rows += (measured := [measure(lab, question, beside) for question in lab.questions])
        Console().print(table(measured))
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")
    raise SystemExit(0 if all(row.within for row in rows) else 1)


if __name__ == "__main__":
    main()
