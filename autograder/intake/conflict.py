"""Marks that git leaves in a file where two versions of it were not merged."""

from __future__ import annotations

import re

from aics.language import tr
from autograder.intake.handin import one_line

_MARK = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?:\s.*)?$")


def conflict_in(text: str) -> str:
    """Return the first line with git's mark and its number, ``line 3 `<<<<<<< HEAD` ``; "" where there is none."""
    for number, line in enumerate(text.split("\n"), 1):
        if _MARK.match(line):
            return tr("line {number} `{text}`", number=number, text=one_line(line, 40))
    return ""


def versions(text: str) -> tuple[str, str]:
    """Return the text with the first version of each conflict, and with the second; the marks left out."""
    kept: tuple[list[str], list[str]] = [], []
    here = {0, 1}
    for line in text.split("\n"):
        if mark := _MARK.match(line):
            here = {"<": {0}, "|": set(), "=": {1}, ">": {0, 1}}[mark[1][0]]
            continue
        for side in here:
            kept[side].append(line)
    return "\n".join(kept[0]), "\n".join(kept[1])
