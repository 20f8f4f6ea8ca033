"""Digests of texts, and what was made of a file remembered for as long as the file stays the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")


def while_unchanged(make: Callable[[Path], Made]) -> Callable[[Path], Made]:
    """Remember what `make` makes of a file, for as long as the file's time and size stay the same."""
    made: dict[Path, tuple[tuple[int, int], Made]] = {}

    def remembered(path: Path) -> Made:
        status = path.stat()
        stamp = status.st_mtime_ns, status.st_size
        if path not in made or made[path][0] != stamp:
            made[path] = stamp, make(path)
        return made[path][1]

    return remembered


def digest_of(*parts: str) -> str:
    """One digest of texts, each of which keeps its bounds."""
    whole = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        whole.update(b"%d:" % len(encoded))
        whole.update(encoded)
    return whole.hexdigest()
