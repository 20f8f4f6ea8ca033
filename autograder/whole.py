"""Files that are written whole or not at all: whoever reads one sees what was there before, or what is there now."""

from __future__ import annotations

import os
from pathlib import Path


def write_text(path: Path, text: str, *, errors: str = "strict") -> None:
    """Put a text, in UTF-8, in the place of what was there; makes the folder. OSError where that cannot be."""
    write_bytes(path, text.encode("utf-8", errors))


def write_bytes(path: Path, content: bytes) -> None:
    """Put bytes in the place of what was there; makes the folder. OSError where that cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
