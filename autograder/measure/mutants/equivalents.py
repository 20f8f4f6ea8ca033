"""Mutants that are no mistakes, listed beside a lab's solution with the reason: ``solutions/<lab>/equivalents.toml``.

An entry names a question, says why, and gives each change as the lines before and after::

    [[equivalent]]
    question = "relu"
    why = "..."
    changes = [
      ['x > 0', 'x >= 0'],
    ]
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aics.language import tr
from autograder.course import CourseError, Lab
from autograder.measure.mutants.trial import Trial


@dataclass(frozen=True)
class Equivalent:
    """One change that is no mistake, and why."""

    question: str
    was: str
    now: str
    why: str

    def means(self, trial: Trial) -> bool:
        """Whether a mutant is this change."""
        return (self.question, self.was, self.now) == (trial.question, trial.was, trial.now)


def equivalents(lab: Lab) -> list[Equivalent]:
    """What is listed of a lab; nothing where there is no list. Raises CourseError where it cannot be read."""
    path = lab.folder / "equivalents.toml"
    if not path.exists():
        return []
    try:
        entries = tomllib.loads(path.read_text("utf-8"))["equivalent"]
        found = [Equivalent(e["question"], was, now, e["why"]) for e in entries for was, now in e["changes"]]
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise CourseError(
            tr(
                "{path}: expected [[equivalent]] with question, why, changes = [[before, after]]: {error}",
                path=path,
                error=error,
            )
        ) from None
    return _checked(found, lab, path)


def _checked(found: list[Equivalent], lab: Lab, path: Path) -> list[Equivalent]:
    for each in found:
        if each.question not in lab.questions or not each.why.strip():
            raise CourseError(
                tr(
                    "{path}: {question!r} is no question of the lab, or {code!r} has no reason.",
                    path=path,
                    question=each.question,
                    code=each.now,
                )
            )
    return found


def refuted(listed: Sequence[Equivalent], trials: Sequence[Trial]) -> list[Trial]:
    """The mutants that are listed as no mistakes, and that a hidden case tells from the solution."""
    return [trial for trial in trials if not trial.alive and any(each.means(trial) for each in listed)]


def unexplained(listed: Sequence[Equivalent], trials: Sequence[Trial]) -> list[Trial]:
    """The mutants that no hidden case tells from the solution, and that are not listed."""
    return [trial for trial in trials if trial.alive and not any(each.means(trial) for each in listed)]


def unsteady(listed: Sequence[Equivalent], trials: Sequence[Trial]) -> list[Trial]:
    """The mutants that only some draws of hidden cases tell, and that are not listed."""
    return [trial for trial in trials if trial.told_on and not any(each.means(trial) for each in listed)]


def unused(listed: Sequence[Equivalent], trials: Sequence[Trial]) -> list[Equivalent]:
    """What is listed and is no mutant of these."""
    return [each for each in listed if not any(each.means(trial) for trial in trials)]
