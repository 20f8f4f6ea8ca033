"""What grading one hand-in costs on one core, beside stock `nbgrader autograde` in the same run.

    python benchmarks/grading.py [LAB ...] [--rounds 5]

Each round grades the same right hand-in in three ways, one after another: with speed questions,
values only, and with nbgrader as it comes (its own Execute, no sandbox, the notebook's own checks,
nothing that is only there to look at). Medians of wall time over the rounds. The hand-in is the
lab's solution, which has every question timed; imports and the reference's sandbox are paid once a
worker, before the first round.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import nbformat
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from rich.console import Console
from rich.table import Table
from traitlets.config import Config

from autograder.authoring.build import register
from autograder.authoring.source import LOOK_TAG, source_notebook
from autograder.authoring.start import write_start
from autograder.course import ClassFolder, Lab, labs
from autograder.gradebook.failures import GradebookError
from autograder.gradebook.nbgrader import Nbgrader
from autograder.grading.bench import Bench
from autograder.grading.key import VerdictKeys
from autograder.grading.run import grade_steps, job_for
from autograder.grading.steps import steps_of

STUDENT = "solution"


def ours(bench: Bench, state: ClassFolder, lab: Lab, values_only: bool) -> Callable[[], None]:
    """Grade the hand-in as `autograder grade` does: sandbox, then nbgrader's gradebook."""
    nbgrader = Nbgrader(state, GradeInSandbox={"recorded": True})
    notebook = nbformat.read(state.submitted / STUDENT / lab.name / f"{lab.name}.ipynb", 4)
    steps, keys = steps_of(notebook, lab.questions), VerdictKeys(lab)

    def grade() -> None:
        job = job_for(state, STUDENT, keys, steps, isolation=bench.level, values_only=values_only, again=True)
        grade_steps(bench, job, steps)
        nbgrader.autograde(lab.name, STUDENT)

    return grade


def stock(state: ClassFolder, lab: Lab) -> Callable[[], None]:
    """Grade the hand-in with nbgrader's defaults."""
    config = Config()
    config.CourseDirectory.root = str(state.folder)
    config.CourseDirectory.db_url = state.gradebook_url
    api = NbGraderAPI(coursedir=CourseDirectory(config=config), config=config)

    def grade() -> None:
        result = api.autograde(lab.name, STUDENT, force=True, create=True)
        if not result["success"]:
            raise GradebookError(result["error"])

    return grade


def hand_in(state: ClassFolder, lab: Lab, looks: bool) -> None:
    """Put the solution in as a student's notebook, with or without its cells to look at."""
    notebook = source_notebook(lab)
    if not looks:
        notebook.cells = [c for c in notebook.cells if LOOK_TAG not in c.metadata.get("tags", [])]
    path = state.submitted / STUDENT / lab.name / f"{lab.name}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)
    write_start(lab, path.parent)


def measure(lab: Lab, rounds: int) -> dict[str, list[float]]:
    """Seconds of each way, round by round."""
    with tempfile.TemporaryDirectory() as scratch, Bench("strict") as bench:
        mine, theirs = ClassFolder(Path(scratch) / "ours"), ClassFolder(Path(scratch) / "stock")
        for state, looks in ((mine, True), (theirs, False)):
            register(lab, state)
            hand_in(state, lab, looks)
        ways = {
            "with speed questions": ours(bench, mine, lab, values_only=False),
            "values only": ours(bench, mine, lab, values_only=True),
            "stock nbgrader autograde": stock(theirs, lab),
        }
        for grade in ways.values():
            grade()
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(rounds):
            for name, grade in ways.items():
                began = time.perf_counter()
                grade()
                seconds[name].append(time.perf_counter() - began)
    return seconds


def table(measured: Mapping[str, Mapping[str, Sequence[float]]], rounds: int) -> Table:
    """Medians of each lab's ways, and how they compare with stock nbgrader."""
    shown = Table("lab", "way", "seconds a hand-in", "beside stock", title=f"one core, {rounds} rounds")
    for lab, seconds in measured.items():
        base = statistics.median(seconds["stock nbgrader autograde"])
        for way, values in seconds.items():
            middle = statistics.median(values)
            shown.add_row(lab, way, f"{middle:.2f}", f"{middle / base:.2f}x")
        shown.add_section()
    return shown


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labs", nargs="*", help="all labs if none is named")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    Console().print(table({lab.name: measure(lab, asked.rounds) for lab in labs(asked.labs)}, asked.rounds))


if __name__ == "__main__":
    main()
