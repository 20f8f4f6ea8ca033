"""A worker and intake run without nbgrader: all that needs it lies in autograder.gradebook, in the writer's part."""

from __future__ import annotations

import subprocess
import sys

import pytest


def imported(module: str) -> list[str]:
    code = f"import sys, {module}; print(*sys.modules)"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.parametrize("module", ["autograder.grading.run", "autograder.grading.pool", "autograder.intake.find"])
def test_what_grades_knows_nothing_of_the_gradebook(module):
    assert "autograder.gradebook" not in imported(module)


@pytest.mark.parametrize(
    "module",
    ["autograder.grading.run", "autograder.grading.pool", "autograder.intake.find", "autograder.gradebook.made"],
)
def test_a_worker_imports_nothing_of_nbgrader(module):
    tops = {name.split(".")[0] for name in imported(module)}
    assert {"nbgrader", "sqlalchemy", "alembic", "matplotlib"}.isdisjoint(tops)
