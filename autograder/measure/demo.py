"""`make demo`: a sample class out of a lab's own known code, graded from hand-in to feedback page."""

from __future__ import annotations

import shutil
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from rich.console import Console
from rich.markup import escape

from aics.language import tr
from aics.language.columns import padded
from autograder import terminal as report
from autograder.attacks import attempts
from autograder.authoring.build import build, register
from autograder.authoring.source import source_notebook
from autograder.course import ROOT, ClassFolder, Lab, Variant
from autograder.gradebook.grade_handins import GradingOptions
from autograder.gradebook.grade_path import grade_path
from autograder.measure.prove import exchanged
from autograder.sandbox import IsolationError
from autograder.sandbox.levels import probe

FOLDER = ROOT / "demo-class"
ALL_RIGHT = "ada"
UNTOUCHED = "umar"
OTHER_WAYS = ("alan", "barbara", "chen", "donald")
MISTAKEN = ("edsger", "frances", "grace", "hua", "ivan", "jia", "katherine", "li")
TAMPERING = {"mallory": "patched_comparisons", "oscar": "forged_score"}


def show(lab: Lab, workers: int, isolation: str | None, console: Console) -> bool:
    """Make the class, grade it, print the table, and say where to look next; return whether all were graded."""
    began = time.monotonic()
    level = isolation or best_level(console)
    shutil.rmtree(FOLDER, ignore_errors=True)
    state = ClassFolder(FOLDER / "course")
    with console.status(tr("making the class")):
        (register if lab.reference.exists() else build)(lab, state)  # a build takes as long as the class
        handins = make_class(lab, FOLDER / "handins")
    done = grade_path(state, handins, GradingOptions(isolation=level, workers=workers), [lab], None, console)
    console.print(report.scores(done))
    for line in report.remarks(done):
        console.print(line)
    for student, attempt in TAMPERING.items():
        what = tr(attempts()[attempt].purpose)
        console.print(tr("[bold]{student}[/] tried this: {what}", student=student, what=what))
    told = {"count": len(done.graded), "level": level, "seconds": time.monotonic() - began}
    console.print("\n" + tr("{count} hand-ins graded at isolation level {level} in {seconds:.0f} s.", **told))
    for what, how in _next(FOLDER.name, lab):
        console.print(f"{padded(what, 16)}[bold]{how}[/]")
    return not done.failed


def _next(where: str, lab: Lab) -> list[tuple[str, str]]:
    """What there is to look at, and how."""
    class_folder = f"AICS_COURSE={where}/course"
    return [
        (tr("Feedback pages"), f"{where}/course/feedback/<student>/{lab.name}/{lab.name}.html"),
        (tr("Gradebook"), f"{class_folder} make formgrader"),
        (tr("The class"), f"{class_folder} .venv/bin/autograder report"),
        (tr("As a table"), f"{class_folder} .venv/bin/nbgrader export"),
    ]


def best_level(console: Console) -> str:
    """The safest isolation level that holds here; says what a safer one lacks."""
    levels = probe()
    for found in levels:
        if found.holds:
            if found is not levels[0]:
                said = tr("isolation level {level}: {why}", level=found.level, why=escape(found.why))
                console.print(f"[bold reverse] {said} [/]")
            return found.level
        console.print(
            tr("Isolation level {level} does not hold here: {why}.", level=found.level, why=escape(found.why))
        )
        if found.remedy:
            console.print(tr("To get it: [bold]{remedy}[/]", remedy=escape(found.remedy)))
    raise IsolationError(levels[0].level, levels[0].why, levels[0].remedy)


def make_class(lab: Lab, folder: Path) -> Path:
    """Write the hand-ins, in the forms in which they come: folders, a zip, a renamed notebook."""
    solution, stub = source_notebook(lab), nbformat.read(lab.released, 4)
    for number, student in enumerate(OTHER_WAYS):
        _write(folder / student, lab, exchanged(solution, _one_each(lab.alternatives, number)))
    for number, student in enumerate(MISTAKEN):
        wrong = dict(list(_one_each(lab.misconceptions, number).items())[number % 3 :: 3])
        _write(folder / student, lab, exchanged(solution, wrong))
    for student, attempt in TAMPERING.items():
        _write(folder / student, lab, with_first_cell(stub, attempts()[attempt].source))
    _write(folder / UNTOUCHED, lab, stub)
    ours = folder / f"{ALL_RIGHT}.zip"
    with zipfile.ZipFile(ours, "w") as archive:
        archive.writestr(f"my {lab.name} final.ipynb", nbformat.writes(solution))
    return folder


def with_first_cell(notebook: NotebookNode, source: str) -> NotebookNode:
    """A copy of a notebook with one more code cell before all others."""
    copy: NotebookNode = nbformat.from_dict(notebook)
    copy.cells.insert(0, new_code_cell(source, id="tampering"))
    return copy


def _one_each(variants: Sequence[Variant], number: int) -> dict[str, str]:
    """For each question the `number`-th of its variants (round and round): grade_id -> source."""
    by_question: dict[str, list[Variant]] = {}
    for variant in variants:
        by_question.setdefault(variant.question, []).append(variant)
    return {f"{question}_code": found[number % len(found)].source for question, found in by_question.items()}


def _write(folder: Path, lab: Lab, notebook: NotebookNode) -> None:
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{lab.name}.ipynb")
