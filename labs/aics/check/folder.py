"""Where the labs' data lies, and what is said where something of a lab is missing."""

from __future__ import annotations

import sys
from pathlib import Path

from aics.check.messages import say


class LabError(Exception):
    """A lab or a question that is not there; the message says what is."""


def not_installed(package: str, extra: str) -> str:
    """Say which package is missing, and the line to type that installs it.

    extra : what labs/pyproject.toml calls the packages that the lab needs, such as "lab4"
    """
    labs = Path(__file__).resolve().parents[2]
    return say("package", package=package, python=sys.executable, labs=labs, extra=extra)


def data_folder() -> Path:
    """The folder ``data/``: beside ``labs/`` where this package lies, else above the working folder."""
    for root in (Path(__file__).resolve().parents[3], Path.cwd(), *Path.cwd().parents):
        if (root / "data" / "reference").is_dir():
            return root / "data"
    raise LabError(say("no_data"))
