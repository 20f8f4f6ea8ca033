"""Which versions a result was made with."""

from __future__ import annotations

import os
import platform
from pathlib import Path

from .bubblewrap import program
from .errors import IsolationError
from .remedies import version_of
from .student_python import look_at


def versions(student_python: Path) -> dict[str, str]:
    """Return name -> version of what the sandbox rests on; ``missing`` where it is not there."""
    path = program()
    try:
        student = look_at(student_python).version
    except IsolationError:
        student = "missing"
    return {
        "bubblewrap": ".".join(map(str, version_of(path))) if path else "missing",
        "kernel": f"{os.uname().sysname} {os.uname().release}",
        "instructor's Python": platform.python_version(),
        "students' Python": student,
    }
