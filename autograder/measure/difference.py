"""What one text of a cell changes in another, as a person reads it."""

from __future__ import annotations

import difflib


def difference(name: str, before: str, after: str) -> str:
    """Both texts' diff, headed by `name`, with a line of what is around each change."""
    return "\n".join(difflib.unified_diff(before.splitlines(), after.splitlines(), name, name, n=1, lineterm=""))
