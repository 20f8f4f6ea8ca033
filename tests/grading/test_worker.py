"""A worker and intake run without nbgrader: all that knows it lies in autograder.gradebook."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["autograder.grading.run", "autograder.grading.pool", "autograder.intake.find"])
def test_a_worker_imports_nothing_of_nbgrader(module):
    code = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    tops = {name.split(".")[0] for name in done.stdout.split()}
    assert {"nbgrader", "sqlalchemy", "alembic"}.isdisjoint(tops)
    assert "autograder.gradebook" not in done.stdout.split()
