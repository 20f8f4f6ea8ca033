"""The isolation levels, from the safest down: which hold on this machine, and which one a run uses.

strict    bubblewrap: no network, no view of the course, private bounded files, limits, own processes
reduced   Landlock, filter and limits, where bubblewrap is blocked: names of files can be seen, nothing opened
none      limits only

To add a level, write its file and put it into `LEVELS`; nothing else changes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from aics.language import listed, tr

from ..errors import IsolationError
from ..level import Level, LevelReport
from ..student_python import default_student_python
from .none import NONE
from .reduced import REDUCED
from .strict import STRICT

__all__ = ["LEVELS", "SAFEST", "Level", "LevelReport", "choose", "default_student_python", "named", "probe"]

LEVELS = {level.name: level for level in (STRICT, REDUCED, NONE)}
SAFEST = next(iter(LEVELS))
REPOSITORY = Path(__file__).resolve().parents[3]


def named(name: str) -> Level:
    """Return the level of that name. Raises ValueError if there is none."""
    if name not in LEVELS:
        raise ValueError(tr("isolation level: got {name!r}, expected one of {names}", name=name, names=listed(LEVELS)))
    return LEVELS[name]


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
    return [level.probe(*_where(student_python, course)) for level in LEVELS.values()]


def choose(name: str = SAFEST, student_python: Path | None = None, course: Path | None = None) -> LevelReport:
    """Return the report of the level to run at. Raises IsolationError if it does not hold."""
    where = _where(student_python, course)
    report = named(name).probe(*where)
    if not report.holds:
        raise IsolationError(name, report.why, report.remedy, otherwise=_instead_of(name, where))
    return report


def _where(student_python: Path | None, course: Path | None) -> tuple[Path, Path]:
    """Return the Python that runs inside, and the instructor's folder."""
    course = course or REPOSITORY
    python = student_python or default_student_python(course)
    return (python if python.exists() else Path(sys.executable)), course


def _instead_of(name: str, where: tuple[Path, Path]) -> str:
    """Return what the next level below that holds means; empty if none does."""
    below = list(LEVELS)[list(LEVELS).index(name) + 1 :]
    for report in (LEVELS[other].probe(*where) for other in below):
        if report.holds:
            return tr("--isolation {level} holds here. It means: {why}", level=report.level, why=report.why)
    return ""
