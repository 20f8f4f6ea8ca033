"""The reduced level keeps its place between the others; it is not built yet."""

from __future__ import annotations

from pathlib import Path

from ..errors import IsolationError
from ..launched import Launched
from ..level import Level, LevelReport
from ..spec import Entry, SandboxSpec

WHY = "not built yet"


def probe(_student_python: Path, _course: Path) -> LevelReport:
    """Say that it never holds."""
    return LevelReport(REDUCED.name, False, WHY)


def launch(_spec: SandboxSpec, _entry: Entry) -> Launched:
    """Start nothing. Raises IsolationError."""
    raise IsolationError(REDUCED.name, WHY)


REDUCED = Level("reduced", probe, launch)
