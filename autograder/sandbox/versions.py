"""Which versions a result was made with."""

from __future__ import annotations

import os
import platform
from pathlib import Path

from . import bubblewrap
from .errors import MissingError
from .student_python import look_at


def versions(student_python: Path) -> dict[str, str]:
    """Return name -> version of what the sandbox rests on; ``missing`` where it is not there."""
    try:
        program = str(bubblewrap.find())
    except MissingError as error:
        program = f"missing: {error.missing}"
    try:
        student = look_at(student_python).version
    except MissingError:
        student = "missing"
    return {
        "bubblewrap": program,
        "kernel": f"{os.uname().sysname} {os.uname().release}",
        "instructor's Python": platform.python_version(),
        "students' Python": student,
    }
