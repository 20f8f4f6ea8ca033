"""How much memory one more hand-in takes, of the command that grades a class and of its workers.

    python benchmarks/memory.py [LAB] [--hand-ins 80] [--first 20]

A class is graded twice, values only: of the first few hand-ins, and of all. What the largest process needed at most is
compared, and told for each hand-in that the second class had more. A hand-in is the lab's solution, with notes of its
own of a few hundred kilobytes, so that a process that kept it would be found out.
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from rich.console import Console

from autograder.authoring.build import register
from autograder.authoring.source import source_notebook
from autograder.course import ClassFolder, Lab
from autograder.gradebook.grade_handins import GradingOptions
from autograder.gradebook.grade_path import grade_path

#: Characters of a hand-in's own notes, and cells that they are in.
NOTES, CELLS = 200_000, 50


def write_class(lab: Lab, folder: Path, hand_ins: int) -> None:
    """Write so many hand-ins, each with notes of its own."""
    for number in range(hand_ins):
        notebook = source_notebook(lab)
        notes = [f"Note {number} {cell} " + "of mine " * (NOTES // CELLS // 8) for cell in range(CELLS)]
        notebook.cells += [nbformat.v4.new_markdown_cell(note) for note in notes]
        (folder / f"s{number:04}").mkdir(parents=True)
        nbformat.write(notebook, folder / f"s{number:04}" / f"{lab.name}.ipynb")


def grade(lab: Lab, folder: Path) -> None:
    """Grade a class, and print what the command and its largest worker needed at most, in MB."""
    options = GradingOptions(values_only=True, workers=2)
    done = grade_path(ClassFolder(folder), folder / "handins", options, [lab], None, Console(file=io.StringIO()))
    if done.failed:
        raise SystemExit(f"{[graded.remarks for graded in done.graded if graded.status == 'failed']}")
    whose = {"command": resource.RUSAGE_SELF, "worker": resource.RUSAGE_CHILDREN}
    print(json.dumps({name: resource.getrusage(who).ru_maxrss / 1000 for name, who in whose.items()}))


def needed(lab: Lab, hand_ins: int) -> dict[str, float]:
    """MB that a class of so many hand-ins takes, by process."""
    with tempfile.TemporaryDirectory() as scratch:
        state = ClassFolder(Path(scratch))
        register(lab, state)
        write_class(lab, state.folder / "handins", hand_ins)
        command = [sys.executable, __file__, lab.name, "--grade", scratch]
        done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lab", nargs="?", default="lab2_layers")
    parser.add_argument("--hand-ins", type=int, default=80)
    parser.add_argument("--first", type=int, default=20)
    parser.add_argument("--grade", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.grade:
        grade(Lab(asked.lab), asked.grade)
        return
    few, all_ = needed(Lab(asked.lab), asked.first), needed(Lab(asked.lab), asked.hand_ins)
    for name, megabytes in all_.items():
        more = (megabytes - few[name]) / (asked.hand_ins - asked.first)
        print(f"{name}: {megabytes:.0f} MB for {asked.hand_ins} hand-ins, {more:.3f} MB for each one more")


if __name__ == "__main__":
    main()
