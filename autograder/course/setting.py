"""A class's setting that names labs: a file of its folder with one table, ``[labs]``, and a line for each lab."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from aics.language import tr
from autograder.course.paths import CourseError


def named_labs(path: Path, line: str) -> dict[str, Any]:
    """Return the table of a file that is there: a lab's name as it is written -> what its line says.

    Raises CourseError, which shows such a `line`, where the file cannot be read or holds anything else.
    """
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (ValueError, OSError) as error:
        raise CourseError(f"{path}: {error}.") from error
    named = said.pop("labs", None)
    if said or not isinstance(named, dict):
        raise CourseError(tr("{path}: it holds one table, [labs], with a line such as {line}.", path=path, line=line))
    return named
