"""A student's words where the grader says them itself: on a terminal, in a reason, in a note."""

from __future__ import annotations

from aics.check.ask import TEXT_LIMIT


def printable(text: object, most: int = TEXT_LIMIT) -> str:
    """Return a text cut to size in which nothing moves a cursor, turns a line around or is half a character."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in str(text)[:most])
