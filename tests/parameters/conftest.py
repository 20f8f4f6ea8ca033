"""A class of three whose parameters differ: its release, each student's own notebook, and what they hand in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.authoring.source import source_notebook
from autograder.course import ClassFolder, Lab
from autograder.grading.own_parameters import own_lab
from tests.gradebook.conftest import Graded, autograder, can_grade, grade
from tests.once import Once

__all__ = ["can_grade"]

LAB = "lab1_preprocessing"
QUESTIONS = ("center_crop", "random_resized_crop", "color_jitter")
#: With this secret no two of the three have the same parameters of any question.
SECRET = f"{153:064x}"
ROSTER = "id,name,email,number\nada,Ada Byron,ada@example.org,1001\nbob,Bob Noyce,bob@example.org,1002\n"
ROSTER += "cem,Cem Ersoy,cem@example.org,1003\n"
SETTING = f'[labs]\n{LAB} = {list(QUESTIONS)}\nlab2_layers = "all"\n'


@dataclass(frozen=True)
class Class:
    """A class's folder, its release unzipped, and where hand-ins are collected."""

    top: Path

    @property
    def state(self) -> ClassFolder:
        return ClassFolder(self.top / "course")

    @property
    def zipped(self) -> Path:
        return self.top / "labs.zip"

    def own(self, student: str, lab: str = LAB) -> Lab:
        """The lab as a student has it."""
        return own_lab(self.state, Lab(lab), student)

    def notebook(self, student: str) -> Path:
        """Lab 1's own notebook of a student, as the instructor's release wrote it."""
        return self.top / "own" / student / LAB / f"{LAB}.ipynb"


def class_folder(top: Path, setting: str = SETTING, roster: str = ROSTER) -> ClassFolder:
    """A class's folder with a roster, a secret, and a setting of parameters."""
    state = ClassFolder(top / "course")
    state.folder.mkdir(parents=True)
    for name, text in (("roster.csv", roster), ("parameters.toml", setting), ("secret.key", SECRET)):
        if text:
            (state.folder / name).write_text(text)
    return state


def release(top: Path) -> None:
    state = class_folder(top)
    (state.folder / "own_code.toml").write_text(f"[labs]\n{LAB} = 0\n")
    to = ("--to", top / "labs.zip", "--notebooks", top / "own")
    done = autograder(state, "release", LAB, "--no-previews", *to)
    assert done.returncode == 0, done.stdout + done.stderr
    (top / "said.txt").write_text(done.stdout)


@pytest.fixture(scope="session")
def released(once: Once) -> Class:
    """The class, whose labs were released by the real command."""
    return Class(once("class_with_parameters", release))


@pytest.fixture(scope="session")
def unzipped(released: Class, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The released folder as a student has it."""
    folder = tmp_path_factory.mktemp("student")
    with zipfile.ZipFile(released.zipped) as archive:
        archive.extractall(folder)
    return folder / "aics-labs"


def aics(home: Path, *arguments: object) -> subprocess.CompletedProcess:
    """Run the students' command with the package of a released folder."""
    environment = {**os.environ, "PYTHONPATH": str(home / "labs"), "COLUMNS": "200"}
    command = [sys.executable, "-m", "aics.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, timeout=300)


def solved(notebook: Path, lab: Lab) -> dict:
    """A student's own notebook, as JSON, with the solutions of a lab in its stubs, whose first lines stay."""
    found, right = json.loads(notebook.read_text("utf-8")), {c.id: c.source for c in source_notebook(lab).cells}
    for cell in found["cells"]:
        if cell["id"].endswith("_code"):
            first = next((line for line in text(cell).splitlines(keepends=True) if "drawn for you" in line), "")
            cell["source"] = first + right[cell["id"]]
    return found


def text(cell: dict) -> str:
    return "".join(cell["source"])


def hand_in(folder: Path, notebook: dict) -> None:
    folder.mkdir(parents=True)
    (folder / f"{LAB}.ipynb").write_text(json.dumps(notebook), "utf-8")


@pytest.fixture(scope="session")
def graded(request: pytest.FixtureRequest, released: Class, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """Ada's and Bob's right hand-ins, and Ada's once more, which Cem handed in; graded by the real command."""
    request.getfixturevalue("can_grade")
    top = tmp_path_factory.mktemp("handed_in")
    state = class_folder(top)
    for student, whose in (("ada", "ada"), ("bob", "bob"), ("cem", "ada")):
        hand_in(top / "handins" / student, solved(released.notebook(whose), released.own(whose)))
    return grade(state, top / "handins", "--lab", LAB)
