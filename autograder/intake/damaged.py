"""The cells that can be read of a notebook whose JSON is damaged: cut off, followed by rubbish, broken in one cell."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

_CELLS = re.compile(r'"cells"\s*:\s*\[')
#: How Jupyter, VS Code and Colab begin a cell. Within a string the quotes would be escaped.
_CELL = re.compile(r'\{\s*"(?:cell_type|attachments|metadata|id|source)"')
_BETWEEN = re.compile(r"[\s,]*")
#: Damaged places that are passed over in one file.
_MOST_DAMAGES = 20
_DECODER = json.JSONDecoder(parse_constant=lambda _: None)


@dataclass(frozen=True)
class Readable:
    """The whole cells of a damaged notebook, and at which lines others stood that cannot be read."""

    cells: list[object]
    damaged: list[int]


def readable(text: str) -> Readable | None:
    """Return what can be read of a text that is no JSON; None where it has no whole cell of a notebook."""
    start = _CELLS.search(text)
    if not start:
        return None
    cells, damaged, at = list[object](), list[int](), start.end()
    while len(damaged) < _MOST_DAMAGES:
        at = _end(_BETWEEN.match(text, at), at)
        if at < len(text) and text[at] == "]":
            break
        try:
            cell, at = _DECODER.raw_decode(text, at)
            cells.append(cell)
        except (ValueError, RecursionError):
            damaged.append(text.count("\n", 0, at) + 1)
            following = _CELL.search(text, at + 1)
            if not following:
                break
            at = following.start()
    return Readable(cells, damaged) if cells else None


def _end(match: re.Match[str] | None, otherwise: int) -> int:
    return match.end() if match else otherwise
