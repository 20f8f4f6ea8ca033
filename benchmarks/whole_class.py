"""A class made from the bank, graded once in full by `autograder grade`: what it takes, if each verdict is due.

    python benchmarks/whole_class.py [LAB] [--students 300]

Half of all cells are the solution's; the others hold another right way or a known mistake, drawn by a seed. So every
verdict can be held against what is known of its cell: a right one keeps its points, a mistake loses some. A right cell
may lose points below a mistake in a question that it builds on, if the verdict names that one as the cause.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from class_outcome import Class, table
from crowd import processor
from handed_in import Chosen, write_class
from rich.console import Console

from autograder.course import ROOT, Lab

SEED = 0
#: A verdict as `autograder grade --json` writes it.
Row = Mapping[str, Any]


def graded(lab: Lab, students: int) -> Class:
    """Write the class and grade it."""
    with tempfile.TemporaryDirectory() as scratch:
        top, before = Path(scratch), _cpu()
        chosen = write_class(top / "handed_in", [lab], students, SEED)
        began = time.monotonic()
        command = [sys.executable, "-m", "autograder", "grade", top / "handed_in", "--json", top / "rows.json"]
        environment = {**os.environ, "AICS_COURSE": str(top / "course")}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        minutes = (time.monotonic() - began) / 60
        if not (top / "rows.json").exists():
            raise SystemExit(done.stdout + done.stderr)
        rows = json.loads((top / "rows.json").read_text("utf-8"))
        pages = len(list((top / "course" / "feedback").glob(f"*/{lab.name}/{lab.name}.html")))
        size = sum(path.stat().st_size for path in (top / "course").rglob("*") if path.is_file()) / 1e6
    cost = {"minutes": minutes, "cpu": (_cpu() - before) / students, "megabytes": size}
    return Class(
        processor=processor(), lab=lab.name, students=students, pages=pages, **_counted(lab, rows, chosen), **cost
    )


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _counted(lab: Lab, rows: Sequence[Row], chosen: Chosen) -> dict[str, Any]:
    known = {(way.question, way.name) for way in lab.misconceptions}
    wrong = {key for key, way in chosen.items() if (way.question, way.name) in known}
    mistaken = [row for row in rows if _key(row) in wrong]
    right = [row for row in rows if _key(row) not in wrong]
    refused = [row for row in right if row["score"] < row["max_score"]]
    passed = [row for row in mistaken if row["score"] == row["max_score"]]
    undue = [row for row in refused if not row["cause"]] + passed
    return {
        "verdicts": len(rows),
        "right": len(right),
        "refused": len(refused),
        "below": sum(bool(row["cause"]) for row in refused),
        "mistaken": len(mistaken),
        "passed": len(passed),
        "untimed": sum(row["untimed"] for row in rows),
        "undue": [_said(row, chosen) for row in undue],
    }


def _key(row: Row) -> tuple[str, str, str]:
    return row["student"], row["lab"], row["question"]


def _said(row: Row, chosen: Chosen) -> str:
    way = chosen.get(_key(row))
    return f"{_key(row)}, {way.name if way else 'solution'}: {row['score']} of {row['max_score']}, {row['reason']}"


def main() -> None:
    """Grade a class and print its line; the exit status is 1 where a verdict or a page is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lab", nargs="?", default="lab2_layers")
    parser.add_argument("--students", type=int, default=300)
    asked = parser.parse_args()
    console = Console()
    with console.status(f"{asked.students} hand-ins of {asked.lab}"):
        found = graded(Lab(asked.lab), asked.students)
    console.print(table(found))
    for line in found.undue:
        console.print(line)
    console.print(f"{found.below} of {found.refused} refused below an earlier mistake, {found.untimed} not timed")
    sys.exit(0 if found.whole else 1)


if __name__ == "__main__":
    main()
