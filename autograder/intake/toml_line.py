"""Where in a TOML file a setting stands: the standard library reads what it says, and forgets the line."""

from __future__ import annotations

import re
from itertools import takewhile

_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"\s*([^=#\[\]\"']+?|\"[^\"]*\"|'[^']*')\s*=")


def line_of(text: str, *keys: str) -> int:
    """Return the number, from 1, of the line on which a setting stands; of one that is not there, of what it is in.

    keys : the names of its tables, from the outermost, then its own, and an entry's text if it is one of a list
    """
    table: tuple[str, ...] = ()
    place, near = 1, 0
    path: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = path = _names(header[1])
        elif key := _KEY.match(line):
            path = (*table, *_names(key[1]))
        same = len(list(takewhile(bool, map(str.__eq__, path, keys)))) if len(path) <= len(keys) else 0
        same += path == keys[:-1] and any(f"{quote}{keys[-1]}{quote}" in line for quote in "\"'")
        place, near = (number, same) if same > near else (place, near)
    return place


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(name.strip().strip("\"'") for name in dotted.split("."))
