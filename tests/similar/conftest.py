"""The class of tests/gradebook, graded by the real command."""

from __future__ import annotations

from tests.gradebook.conftest import can_grade, graded, lab, solution, stub  # noqa: F401
