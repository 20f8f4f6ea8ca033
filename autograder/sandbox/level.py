"""What an isolation level is, and what is known of one on this machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .launched import Launched
from .spec import Entry, SandboxSpec


@dataclass(frozen=True)
class LevelReport:
    """What is known of one level here.

    Parameters
    ----------
    level : str
        The level's name.
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


@dataclass(frozen=True)
class Level:
    """One isolation level.

    Parameters
    ----------
    name : str
        As in ``--isolation NAME``, and as stored with every score.
    probe : callable
        ``probe(student_python, course)``: whether the level holds here, why, and the remedy.
    launch : callable
        ``launch(spec, entry)``: start the student's Python at this level. Raises IsolationError
        where the level does not hold.
    hides : bool
        Whether even the names of what is outside are out of sight, by namespaces of its own.
    """

    name: str
    probe: Callable[[Path, Path], LevelReport]
    launch: Callable[[SandboxSpec, Entry], Launched]
    hides: bool = False
