"""Whether a class of right hand-ins keeps every point and page beside other work: `verdicts.py --class`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from crowd import crowd
from rich.console import Console
from rich.table import Table

from autograder.authoring.source import source_notebook
from autograder.course import ROOT, Lab

#: A verdict as `autograder grade --json` writes it.
Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Class:
    """What came of grading a class: its verdicts, its feedback pages, the lines that it was told, wall seconds."""

    lab: Lab
    students: int
    rows: Sequence[Row]
    pages: int
    said: str
    seconds: float

    @property
    def lost(self) -> list[Row]:
        """Verdicts that gave fewer points than there are."""
        return [row for row in self.rows if row["score"] < row["max_score"]]

    @property
    def verdicts_due(self) -> int:
        """One for each question of each hand-in."""
        return self.students * len(self.lab.questions)

    @property
    def whole(self) -> bool:
        """Whether no point was lost, no verdict and no page is missing."""
        return not self.lost and len(self.rows) == self.verdicts_due and self.pages == self.students

    def cells(self) -> list[str]:
        """The line of the table."""
        timed = [row["speed"] for row in self.rows if row["speed"]]
        spread = " ".join(f"{ratio:.2f}" for ratio in np.quantile(timed, [0, 0.5, 1])) if timed else "-"
        counts = (len(self.lost), sum(row["untimed"] for row in self.rows))
        verdicts, pages = f"{len(self.rows)} of {self.verdicts_due}", f"{self.pages} of {self.students}"
        return [self.lab.name, verdicts, *map(str, counts), spread, pages, f"{self.seconds / self.students:.0f}"]


def graded(lab: Lab, students: int, loops: int) -> Class:
    """Grade a class that handed the lab's solution in, beside busy loops."""
    with tempfile.TemporaryDirectory() as scratch, crowd(loops):
        notebook = source_notebook(lab)
        for number in range(students):
            path = Path(scratch) / "handed_in" / f"student{number:02}" / f"{lab.name}.ipynb"
            path.parent.mkdir(parents=True)
            nbformat.write(notebook, path)
        file, began = Path(scratch) / "rows.json", time.monotonic()
        command = [sys.executable, "-m", "autograder", "grade", f"{scratch}/handed_in", "--json", str(file)]
        environment = {**os.environ, "AICS_COURSE": f"{scratch}/course"}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        seconds = time.monotonic() - began
        rows = json.loads(file.read_text()) if file.exists() else []
        pages = len(list(Path(scratch).glob(f"course/feedback/*/{lab.name}/{lab.name}.html")))
    said = done.stdout + done.stderr
    return Class(lab=lab, students=students, rows=rows, pages=pages, said=said, seconds=seconds)


def graded_classes(chosen: Sequence[Lab], students: int, loops: int, processor: str, console: Console) -> bool:
    """Grade a class of each lab, print a line for each; says whether all are whole."""
    columns = ("lab", "verdicts", "lost points", "not timed", "ratios: least, middle, most", "pages", "s a hand-in")
    shown = Table(*columns, title=f"{processor}: {students} right hand-ins of each lab beside {loops} busy loops")
    shown.columns[0].no_wrap = True
    good = True
    for lab in chosen:
        with console.status(f"{students} hand-ins of {lab.name}"):
            came = graded(lab, students, loops)
        shown.add_row(*came.cells())
        good &= came.whole
        if not came.whole:
            console.print(came.said)
        for row in came.lost:
            console.print(f"{row['student']}, {row['question']}: {row['score']} / {row['max_score']}, {row['reason']}")
    console.print(shown)
    return good
