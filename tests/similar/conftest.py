"""The class of tests/gradebook, graded by the real command, and a class of sixty with planted copies."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from autograder.course import Lab
from benchmarks.planted import KINDS, Planted, planted
from tests.gradebook.conftest import can_grade, graded, lab, solution, stub  # noqa: F401
from tests.once import Once

#: The lab with the fewest questions.
SMALL = "lab3_vgg19"


@pytest.fixture(scope="session")
def sixty(once: Once) -> Planted:
    """Sixty students, of whom the last six copied, one in each way."""
    made: Planted = pickle.loads((once("planted_class", make_class) / "class").read_bytes())
    return made


def make_class(folder: Path) -> None:
    """Rewriting cells takes half a minute: once for all tests."""
    (folder / "class").write_bytes(pickle.dumps(planted(Lab(SMALL), 60, KINDS)))
