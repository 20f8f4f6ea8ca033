"""A class of good, bad and broken hand-ins, graded once by the real command."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.build import register
from autograder.authoring.source import source_notebook
from autograder.course import ROOT, ClassFolder, Lab
from autograder.grading.bench import student_python
from autograder.measure.prove import exchanged
from autograder.sandbox.levels import probe
from tests.once import Once

LAB = "lab2_layers"


@dataclass
class Graded:
    """What the command left behind."""

    state: ClassFolder
    handins: Path
    rows: list[dict]
    text: str
    status: int

    def points(self, student: str) -> dict[str, float]:
        return {row["question"]: row["score"] for row in self.rows if row["student"] == student}

    def total(self, student: str) -> float:
        return sum(row["score"] for row in self.rows if row["student"] == student and not row["bonus"])


def autograder(state: ClassFolder, *arguments: object, timeout: float = 400) -> subprocess.CompletedProcess:
    """Run the real command for a class folder of its own."""
    environment = {**os.environ, "AICS_COURSE": str(state.folder), "COLUMNS": "200"}
    command = [sys.executable, "-m", "autograder", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=timeout)


def write(folder: Path, notebook, name: str = f"{LAB}.ipynb") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps(notebook))  # as it is: nbformat would mend it
    return folder / name


def grade(state: ClassFolder, handins: Path, *arguments: str) -> Graded:
    """Grade with `autograder grade` and read its JSON."""
    file = state.folder.parent / "rows.json"
    done = autograder(state, "grade", handins, "--json", file, "--values-only", *arguments)
    rows = json.loads(file.read_text()) if file.exists() else []
    return Graded(state, handins, rows, done.stdout + done.stderr, done.returncode)


@pytest.fixture(scope="session")
def can_grade():
    student_python()
    strict = probe()[0]
    if not strict.holds:
        pytest.skip(f"strict isolation does not hold here: {strict.why}")


@pytest.fixture(scope="session")
def lab() -> Lab:
    return Lab(LAB)


@pytest.fixture(scope="session")
def solution(lab):
    return source_notebook(lab)


@pytest.fixture(scope="session")
def stub(lab):
    return nbformat.read(lab.released, 4)


@pytest.fixture(scope="session")
def registered(once: Once) -> Path:
    """A class's folder whose gradebook knows the lab: to be copied, since making it takes seconds."""
    return once("registered", lambda folder: register(Lab(LAB), ClassFolder(folder)))


@pytest.fixture(scope="session")
def graded(
    request: pytest.FixtureRequest, once: Once, tmp_path_factory: pytest.TempPathFactory, solution, stub
) -> Graded:
    """The whole class, graded once for all processes; each has a copy of its own, since some tests grade it again."""
    request.getfixturevalue("can_grade")
    made = once("graded_class", lambda folder: grade_class(folder, solution, stub))
    top = shutil.copytree(made, tmp_path_factory.mktemp("class"), dirs_exist_ok=True)
    rows, said = (json.loads((top / name).read_text()) for name in ("rows.json", "said.json"))
    return Graded(ClassFolder(top / "course"), top / "handins", rows, **said)


def grade_class(top: Path, solution, stub) -> None:
    """Good, bad and broken hand-ins, graded by the command; what it said is left in said.json."""
    handins = top / "handins"
    write(handins / "right", solution)
    write(handins / "untouched", stub)
    write(handins / "renamed", solution, "my homework (final).ipynb")

    hang = "@add_to_class(ReLULayer)\ndef forward(self, input):\n    while True:\n        pass\n"
    write(handins / "hanging", exchanged(solution, {"relu_code": hang}))
    write(handins / "syntax", exchanged(solution, {"softmax_loss_code": "class SoftmaxLossLayer(:\n"}))

    edited = nbformat.from_dict(solution)
    for cell in edited.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "flatten":
            cell.source = "4.0"
            cell.metadata.nbgrader.points = 400
    tests = [i for i, c in enumerate(edited.cells) if c.metadata.get("nbgrader", {}).get("grade_id") == "relu"]
    edited.cells.insert(0, edited.cells.pop(tests[0]))  # reordered: before its stub
    edited.cells = [c for c in edited.cells if c.metadata.get("nbgrader", {}).get("grade_id") != "pool_forward"]
    edited.cells.append(nbformat.from_dict(edited.cells[-1]))
    write(handins / "edited", edited)

    other = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("print('another course')")])
    write(handins / "wrong", other)
    (handins / "broken").mkdir()
    (handins / "broken" / f"{LAB}.ipynb").write_text('{"cells": [')
    (handins / "picture").mkdir()
    (handins / "picture" / f"{LAB}.ipynb").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (handins / "empty").mkdir()
    with zipfile.ZipFile(handins / "climber.zip", "w") as archive:
        archive.writestr(f"../../{LAB}.ipynb", nbformat.writes(solution))
    with zipfile.ZipFile(handins / "zipped.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"hand-in/{LAB}.ipynb", nbformat.writes(solution))
        archive.writestr("hand-in/zeros.bin", bytes(20_000_000))
    old = handins / "python2" / "stu_upload"
    old.mkdir(parents=True)
    (old / "layers_1.py").write_text("class ReLULayer(object):\n    def forward(self, input):\n        print 'hello'\n")
    done = grade(ClassFolder(top / "course"), handins)
    (top / "said.json").write_text(json.dumps({"text": done.text, "status": done.status}))
