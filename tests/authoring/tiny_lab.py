"""A tiny lab of one question, made in a temporary folder: what one must write to add a lab."""

from __future__ import annotations

import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

import pytest

import aics
from autograder.course import Lab, paths

NAME = "lab0_tiny"

NOTEBOOK = '''
# %% [markdown]
# # Lab 0: tiny

# %% given="setup"
import numpy as np

from aics import open_lab

check = open_lab("lab0_tiny")

# %% look="picture"
print("something to look at")


# %% code="double"
def double(x):
    """Twice x."""
    ### BEGIN SOLUTION
    secret_way = 2 * x
    return secret_way
    ### END SOLUTION
    raise NotImplementedError("lab 0, double: return twice x")


# %% check="double"
check("double")

# %% [markdown] written="why"
# ### BEGIN SOLUTION
# Because the mark scheme says so.
# ### END SOLUTION
'''
QUESTIONS = """
from pieces import cases, doubled

from aics.check.output import Output
from aics.check.rules import Tolerance
from autograder.course.question import Question, Written

NEAR = Tolerance(rtol=1e-6, atol=0, reason="exact")
QUESTIONS = [
    Question(name="double", points=7, cases=cases, expected=doubled, outputs=[Output(tolerance=NEAR)]),
    Written(name="why", points=3),
]
"""
PIECES = """
import numpy as np


def cases(rng):
    return [{"x": rng.integers(1, 9, size=(n, 2)).astype(np.float32)} for n in (1, 3)]


def doubled(x):
    return {"output": x.astype(np.float64) * 2}
"""
ASKS = """
EXPORTS = {}
YARDSTICKS = {}


def double(double, *, x):
    return {"output": double(x)}
"""
SQUARED = '"""This is the square of x: x * x, and not x + x."""\n\n\ndef double(x):\n    return x * x\n'
ADDED = '"""x added to itself."""\n\n\ndef double(x):\n    return x + x\n'


@dataclass
class Tiny:
    """The lab's files, to change before it is read."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / "solutions" / NAME

    @property
    def lab(self) -> Lab:
        return Lab(NAME)

    def notebook(self, text: str) -> Lab:
        """Exchange the notebook's source; returns the lab."""
        (self.folder / "notebook.py").write_text(textwrap.dedent(text).lstrip("\n"))
        return self.lab


def write_tiny(root: Path) -> Path:
    """Add the lab to a course: a folder under solutions/ and one under labs/aics/."""
    files = {
        f"solutions/{NAME}/notebook.py": NOTEBOOK.lstrip("\n"),
        f"solutions/{NAME}/questions.py": QUESTIONS,
        f"solutions/{NAME}/pieces.py": PIECES,
        f"solutions/{NAME}/misconceptions/double__squared.py": SQUARED,
        f"solutions/{NAME}/alternatives/double__added.py": ADDED,
        f"labs/aics/{NAME}/__init__.py": "",
        f"labs/aics/{NAME}/asks.py": ASKS,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def added(root: Path, monkeypatch: pytest.MonkeyPatch) -> Tiny:
    """Let this process take `root` for the checkout, as far as labs go."""
    monkeypatch.setattr(paths, "SOLUTIONS", root / "solutions")
    monkeypatch.setattr(paths, "LABS", root / "labs")
    monkeypatch.setattr(paths, "REFERENCE", root / "data" / "reference")
    monkeypatch.setattr(aics, "__path__", [*aics.__path__, str(root / "labs" / "aics")])
    for name in (f"aics.{NAME}", f"aics.{NAME}.asks"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return Tiny(root)
