"""Where the real root's files are closed to others, show the student's user what it needs of them."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from . import gate
from .identity import NOBODY, must_drop, reachable


def staging(paths: Sequence[Path]) -> tuple[list[str], Callable[[Path], str]]:
    """Return a command prefix and a naming such that the student's user finds each of `paths`.

    The prefix runs `gate`; it is empty where the student's user finds the paths as they are. Paths
    that lie side by side do so in the stage too.
    """
    if not must_drop() or all(reachable(path) for path in paths):
        return [], str
    folders = list(dict.fromkeys(path.parent for path in paths))
    names = {os.path.realpath(path): f"{folders.index(path.parent)}/{path.name}" for path in paths}
    prefix = [sys.executable, "-I", "-S", gate.__file__, json.dumps({"binds": names, "uid": NOBODY})]

    def at(path: Path) -> str:
        return f"{gate.STAGE}/{names[os.path.realpath(path)]}"

    return prefix, at
