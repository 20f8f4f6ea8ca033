"""The lab's own functions, to compare with."""

from __future__ import annotations

import pytest

from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab

LAB = Lab("lab6_mixed_sparse")


@pytest.fixture(scope="module")
def names():
    """What the solution's notebook defines, by name."""
    with working_folder(LAB) as folder:
        return run_cells(solution_cells(LAB), beside=folder)
