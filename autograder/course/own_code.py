"""Which labs ask students about their own code: the class's ``own_code.toml``; without the file none does.

::

    [labs]
    lab2_layers = 0      # check.own asks, and nothing depends on it
    lab3_vgg19 = 0.5     # extra credit for each question whose right answer's questions are all answered rightly
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aics.language import tr
from autograder.course.lab import labs
from autograder.course.paths import CourseError
from autograder.course.setting import named_labs

OWN_CODE = "own_code.toml"
#: The most that one question may give: these points are few, since answers can be forged (docs/trust.md).
MOST = 5


@dataclass(frozen=True)
class OwnCode:
    """The file's setting: lab -> points of extra credit for each question."""

    labs: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> OwnCode:
        """Read a class folder's file; raises CourseError where it says what cannot be."""
        path = folder / OWN_CODE
        if not path.exists():
            return cls()
        named = named_labs(path, tr("lab2 = 0 for each lab that asks"))
        for name, points in named.items():
            if isinstance(points, bool) or not isinstance(points, int | float) or not 0 <= points <= MOST:
                raise CourseError(
                    tr(
                        "{path}: {name} = {points!r} must be points for each question, from 0 to {most}.",
                        path=path,
                        name=name,
                        points=points,
                        most=MOST,
                    )
                )
        labs(list(named))
        return cls({name: float(points) for name, points in named.items()})

    def points(self, lab: str) -> float | None:
        """Return the points of one question; None where the lab does not ask."""
        return self.labs.get(lab)
