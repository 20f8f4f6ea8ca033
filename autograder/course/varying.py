"""Which questions differ from student to student: the class's ``parameters.toml``; without the file none does.

::

    [labs]
    lab1 = ["center_crop", "color_jitter"]    # or "all" that can
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from aics.language import listed, tr
from autograder.course.lab import Lab, labs
from autograder.course.paths import CourseError
from autograder.course.setting import named_labs

PARAMETERS = "parameters.toml"
ALL = "all"


@dataclass(frozen=True)
class Varying:
    """The file's setting: lab -> names of the questions whose parameters differ."""

    labs: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Varying:
        """Read a class folder's file; raises CourseError where it says what cannot be."""
        path = folder / PARAMETERS
        return _read(path, path.stat().st_mtime_ns) if path.exists() else cls()

    def of(self, lab: str) -> Sequence[str]:
        """Return the questions of a lab that differ, in the notebook's order."""
        return self.labs.get(lab, ())


@lru_cache
def _read(path: Path, _when: int) -> Varying:
    named = named_labs(path, f'lab1 = ["{ALL}"]')
    return Varying({lab.name: _questions(path, lab, named[lab.name]) for lab in labs(list(named))} if named else {})


def _questions(path: Path, lab: Lab, said: Any) -> list[str]:
    """A lab's line; CourseError where it names a question that cannot differ."""
    can = [name for name, parameters in lab.parameters.items() if parameters]
    wanted = [said] if isinstance(said, str) else said
    if not isinstance(wanted, list) or not all(isinstance(name, str) for name in wanted):
        raise CourseError(
            tr(
                '{path}: {lab} = {said!r} must be a list of questions, or "{all}".',
                path=path,
                lab=lab.name,
                said=said,
                all=ALL,
            )
        )
    if strange := [name for name in wanted if name not in (*can, ALL)]:
        there = tr("These can: {names}.", names=listed(can)) if can else tr("No question of this lab can.")
        raise CourseError(
            tr(
                "{path}: {lab} has no question {question!r} that can differ. {there}",
                path=path,
                lab=lab.name,
                question=strange[0],
                there=there,
            )
        )
    return [name for name in can if name in wanted or ALL in wanted]
