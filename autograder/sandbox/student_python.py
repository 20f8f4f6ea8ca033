"""Facts about the student environment's Python: where it lies and what it stands on."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from aics.language import tr

from .errors import MissingError

PRINT_FACTS = (
    "import json, sys, sysconfig; print(json.dumps([sys.prefix, sys.base_prefix,"
    " sysconfig.get_path('purelib'), sys.version.split()[0]]))"
)


@dataclass(frozen=True)
class StudentPython:
    """Where the student environment lies.

    Parameters
    ----------
    prefix : Path
        The environment.
    base : Path
        The installation that a venv stands on; equal to `prefix` where it is none (conda).
    site : Path
        Its site-packages, below `prefix`.
    version : str
        Such as ``3.11.2``.
    """

    prefix: Path
    base: Path
    site: Path
    version: str

    def inside(self, env: str) -> tuple[str, str]:
        """Return the paths of python and site-packages once `prefix` is bound at `env`."""
        return f"{env}/bin/python3", f"{env}/{self.site.relative_to(self.prefix)}"


def default_student_python(course: Path) -> Path:
    """Return the student environment's Python: AICS_STUDENT_PYTHON, else the course's .venv-student."""
    named = os.environ.get("AICS_STUDENT_PYTHON")
    return Path(named) if named else course / ".venv-student" / "bin" / "python"


@lru_cache
def look_at(python: Path) -> StudentPython:
    """Ask a Python where it lies. Raises MissingError if it cannot be run."""
    try:
        # Not resolve(): a venv's python is a symbolic link, and it is the link that makes it a venv.
        done = subprocess.run(
            [python.absolute(), "-I", "-c", PRINT_FACTS],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
            cwd="/",
        )
    except (OSError, subprocess.SubprocessError) as error:
        missing = tr("the student environment's Python cannot be run: {python} ({error})", python=python, error=error)
        raise MissingError(missing, "make clean install") from error
    prefix, base, site, version = json.loads(done.stdout)
    return StudentPython(Path(prefix), Path(base), Path(site), version)
