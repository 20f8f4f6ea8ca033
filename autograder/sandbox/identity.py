"""Whom the student's code runs as: never the real root."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

#: The customary unprivileged user, on every Linux; it needs no entry in /etc/passwd.
NOBODY = 65534


def must_drop() -> bool:
    """Return whether the grader runs as the real root, so that the student's code must not."""
    return os.getuid() == 0 or os.geteuid() == 0


def popen_identity() -> dict[str, Any]:
    """Return the arguments of ``subprocess.Popen`` that start a process as the student's user."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if must_drop() else {}


def reachable(path: Path) -> bool:
    """Return whether anyone at all may read `path`: judged by the mode bits of it and its parents."""
    path = Path(os.path.realpath(path))
    try:
        modes = [os.stat(parent).st_mode for parent in path.parents]
        own = os.stat(path).st_mode
    except OSError:
        return False
    if not all(mode & stat.S_IXOTH for mode in modes):
        return False
    return bool(own & stat.S_IROTH and (not stat.S_ISDIR(own) or own & stat.S_IXOTH))


def open_to_student(path: Path | str) -> None:
    """Let the student's user into a folder of sockets, or connect to a socket, that the grader made.

    Only the real root needs this, since only then is the student's user another one. Other people
    on the machine stay out.
    """
    if must_drop():
        os.chown(path, NOBODY, NOBODY)
