"""What a class takes: the file ``handins.toml`` in its folder, which may be missing.

::

    original_course = false    # files of the original course are left out, not graded; true if nothing is said
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from aics.language import listed, tr
from autograder.course import CourseError

HANDINS = "handins.toml"


@dataclass(frozen=True, kw_only=True)
class Taken:
    """The file's settings."""

    original_course: bool = True

    @classmethod
    def read(cls, folder: Path) -> Taken:
        """Read a class folder's file; raises CourseError where it says what cannot be."""
        path = folder / HANDINS
        try:
            said = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
        except ValueError as error:
            raise CourseError(f"{path}: {error}.") from error
        names = [field.name for field in fields(cls)]
        for name, value in said.items():
            if name not in names:
                raise CourseError(
                    tr(
                        "{path}: there is no setting {name!r}; there is {names}.",
                        path=path,
                        name=name,
                        names=listed(names),
                    )
                )
            if not isinstance(value, bool):
                raise CourseError(
                    tr("{path}: {name} is {value!r}; it must be true or false.", path=path, name=name, value=value)
                )
        return cls(**said)
