"""A checkout with the tiny lab in it: a class is graded there by the real command, in a real sandbox, in seconds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.course import ROOT
from autograder.grading.bench import student_python
from autograder.sandbox.levels import probe
from tests.authoring.tiny_lab import write_tiny
from tests.once import Once


@dataclass(frozen=True)
class Checkout:
    """A copy of this checkout's code, with the tiny lab as its only one."""

    root: Path

    def run(self, *command: object, state: Path, timeout: float = 300) -> subprocess.CompletedProcess[str]:
        """Run a Python command there, for a class folder."""
        environment = {
            **os.environ,
            "AICS_COURSE": str(state),
            "AICS_STUDENT_PYTHON": str(student_python()),
            "COLUMNS": "200",
            "PYTHONPATH": f"{self.root}{os.pathsep}{self.root / 'labs'}",
        }
        words = [sys.executable, *map(str, command)]
        return subprocess.run(words, cwd=self.root, env=environment, capture_output=True, text=True, timeout=timeout)


def with_tiny(root: Path) -> Checkout:
    """Copy the code, with what Python has compiled of it, and write the tiny lab; nothing is built."""
    without = shutil.ignore_patterns("lab[1-9]*")
    shutil.copytree(ROOT / "autograder", root / "autograder", ignore=without)
    shutil.copytree(ROOT / "labs" / "aics", root / "labs" / "aics", ignore=without)
    shutil.copytree(ROOT / "benchmarks", root / "benchmarks", ignore=without)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    (root / "data").mkdir()
    write_tiny(root)
    return Checkout(root)


def built(checkout: Checkout) -> None:
    """Build the tiny lab, for a class in ``course/``."""
    made = checkout.run("-m", "autograder", "build", "lab0_tiny", state=checkout.root / "course")
    assert made.returncode == 0, made.stderr


@pytest.fixture(scope="session")
def checkout(once: Once) -> Checkout:
    strict = probe()[0]
    if not strict.holds:
        pytest.skip(f"strict isolation does not hold here: {strict.why}")
    return Checkout(once("tiny-checkout", lambda root: built(with_tiny(root))))
