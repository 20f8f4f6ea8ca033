"""The isolation levels: which hold on this machine, and which one a run uses.

strict    bubblewrap: no network, no view of the course, private bounded files, limits, own processes
reduced   Landlock and seccomp, where bubblewrap is blocked: not built yet
none      limits only
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from . import canary, remedies
from .errors import IsolationError, SandboxError

LEVELS = ("strict", "reduced", "none")

NONE_MEANS = (
    "--isolation none runs students' code with limits on memory, processes and time only: it can read"
    " what you can read, reach the network, and leave things behind. Use it for code that you trust."
)


@dataclass(frozen=True)
class LevelReport:
    """What is known of one level here.

    Parameters
    ----------
    level : str
        One of `LEVELS`.
    holds : bool
        Whether student code can be run at it; strict only after the canary came back with nothing.
    why : str
        The reason, in one sentence.
    remedy : str
        The one command or step that would make it hold; empty where it does, or nothing helps.
    """

    level: str
    holds: bool
    why: str
    remedy: str = ""


def default_student_python(course: Path) -> Path:
    """Return the student environment's Python: AICS_STUDENT_PYTHON, else the course's .venv-student."""
    named = os.environ.get("AICS_STUDENT_PYTHON")
    return Path(named) if named else course / ".venv-student" / "bin" / "python"


def probe(student_python: Path | None = None, course: Path | None = None) -> list[LevelReport]:
    """Return what holds here, from the safest level down.

    Parameters
    ----------
    student_python : Path, optional
        The Python that runs inside; the course's student environment if not given, and if that is
        not there yet, the one that runs this.
    course : Path, optional
        The instructor's folder; this checkout if not given.
    """
    course = course or canary.REPOSITORY
    python = student_python or default_student_python(course)
    if not python.exists():
        python = Path(sys.executable)
    return [
        probe_strict(python, course),
        LevelReport("reduced", False, "not built yet"),
        LevelReport("none", True, "limits only: no protection of files, network or the gradebook"),
    ]


def probe_strict(python: Path, course: Path) -> LevelReport:
    """Return whether the strict level holds, by trying to break it."""
    lacking = remedies.lacking_program()
    if lacking is not None:
        return LevelReport("strict", False, *lacking)
    try:
        found = canary.attempt(python, course)
    except IsolationError as error:
        return LevelReport("strict", False, error.missing, error.remedy)
    except SandboxError as error:
        return LevelReport("strict", False, str(error), remedies.for_blocked_namespaces())
    holes = [f"{name.replace('_', ' ')}: {', '.join(got[:3])}" for name, got in found.items() if got]
    if holes:
        return LevelReport("strict", False, f"the canary got hold of something ({'; '.join(holes)})")
    return LevelReport("strict", True, f"the canary tried {len(found)} ways out and found none")


def choose(level: str | None = None, student_python: Path | None = None, course: Path | None = None) -> str:
    """Return the level to run at: `level`, strict if None. Raises IsolationError if it does not hold."""
    level = level or "strict"
    if level not in LEVELS:
        raise ValueError(f"isolation level: got {level!r}, expected one of {', '.join(LEVELS)}")
    if level == "none":
        return level
    report = next(report for report in probe(student_python, course) if report.level == level)
    if not report.holds:
        raise IsolationError(level, report.why, report.remedy, otherwise=NONE_MEANS)
    return level
