"""What this machine has for grading: isolation levels, versions, built data."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aics.language import is_made_of, noted, tr
from autograder.course import ROOT, ClassFolder, CourseError, labs
from autograder.gradebook.outdated import OldGrades, old_grades
from autograder.grading.bench import student_python
from autograder.sandbox.books import waiting_is_known
from autograder.sandbox.levels import LevelReport, probe
from autograder.sandbox.versions import versions

MISSING = noted("missing: {why}")


@dataclass(frozen=True)
class Findings:
    """Levels from the safest down, a line for everything else, and grades that are older than the rules."""

    levels: list[LevelReport]
    things: dict[str, str]
    outdated: Sequence[OldGrades] = ()

    @property
    def ready(self) -> bool:
        """Whether the strict level holds and nothing is missing."""
        return self.levels[0].holds and not any(is_made_of(MISSING, found) for found in self.things.values())


def examine() -> Findings:
    """Look at everything; the canary really starts a sandbox."""
    things: dict[str, str] = {}
    try:
        python = student_python()
        things[tr("student environment")] = tr("there")
        things |= versions(python)
    except CourseError as error:
        things[tr("student environment")] = tr(MISSING).format(why=error)
    for package in ("nbgrader", "numpy"):
        things[package] = importlib.metadata.version(package)
    known = waiting_is_known()
    things[tr("time spent waiting for a core")] = tr("known") if known else tr("not known: speed is CPU time alone")
    for lab in labs():
        built = lab.released.exists() and lab.reference.exists()
        things[lab.name] = tr("built") if built else tr("missing: `autograder build` makes it")
    state = ClassFolder.current()
    things[tr("class state")] = _class_state(state.folder)
    outdated = [old for lab in labs() if lab.reference.exists() and (old := old_grades(state, lab))]
    return Findings(probe(), things, outdated)


def _class_state(folder: Path) -> str:
    """Where the class's folder is."""
    if folder.is_relative_to(ROOT):
        return str(folder.relative_to(ROOT))
    return tr(
        "{folder}, outside the checkout: `make formgrader` serves it, a plain `jupyter lab` here does not",
        folder=folder,
    )
