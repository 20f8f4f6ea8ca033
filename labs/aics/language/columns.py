"""Text in a terminal's columns: a Chinese character takes two, and a line of them may be broken anywhere between."""

from __future__ import annotations

import re
import textwrap
from unicodedata import combining, east_asian_width

#: Characters that take two columns; of these `_CLOSING` stand at no line's beginning and `_OPENING` at no line's end.
_WIDE = r"[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]"
_OPENING = "（《“‘「『【("
_CLOSING = "，。；：？！、）》”’」』】…—,.;:?!)"
#: A line's end between two wide characters, where no space is missing.
_BETWEEN = re.compile(rf"(?<={_WIDE})\s*\n\s*(?={_WIDE})")
_PIECE = re.compile(rf"[{_OPENING}]*(?:{_WIDE}|(?:(?!{_WIDE})[^\s{_OPENING}])+)[{_CLOSING}]*\s*|\S\s*")


def columns(text: str) -> int:
    """Return how many columns of a terminal a line of text takes."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, width: int) -> str:
    """Return a text with spaces behind it, so that it takes `width` columns; a wider one stays as it is."""
    return text + " " * (width - columns(text))


def wrapped(text: str, width: int, *, first: str = "", indent: str = "") -> list[str]:
    """Return a text as lines of at most `width` columns; `first` and `indent` stand before the first and the others.

    Where no character is wide, lines are broken as `textwrap.wrap` does it.
    """
    if columns(text) == len(text):
        return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=indent)
    lines, line = [], first
    for piece in _PIECE.findall(" ".join(_BETWEEN.sub("", text).split())):
        if columns(line + piece.rstrip()) > width and line.strip():
            lines.append(line.rstrip())
            line = indent
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines
