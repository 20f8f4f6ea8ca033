"""Says whether mended lines are right, or what they still give beside what they should."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from unicodedata import east_asian_width

import numpy as np

from aics.language import tr
from aics.notes.puzzle import Puzzle, Tried

#: Letters of an error's message that are shown.
LONGEST = 300


class Solve:
    """Prints what a student's lines of one puzzle do; nothing is graded, and nothing is raised but interrupts.

    solve = Solve({"cross_entropy": Puzzle(tried_by=..., moral=...)})
    solve("cross_entropy", cross_entropy)
    """

    def __init__(self, puzzles: Mapping[str, Puzzle]) -> None:
        self._puzzles = dict(puzzles)

    def __call__(self, name: str, mended: object) -> None:
        """Run `mended`, the student's version of the puzzle's lines, and print what comes of it."""
        print(self.told(name, mended))

    def told(self, name: str, mended: object) -> str:
        """Return what is printed."""
        if name not in self._puzzles:
            return tr("There is no puzzle {name}. There are: {names}.", name=name, names=", ".join(self._puzzles))
        puzzle = self._puzzles[name]
        try:
            tried = puzzle.tried_by(mended)
        except (Exception, SystemExit) as error:
            said = {"kind": type(error).__name__, "error": " ".join(str(error).split())[:LONGEST]}
            return tr("{name}: not yet. It stops with {kind}: {error}", name=name, **said)
        if all(row.holds for row in tried):
            return tr("{name}: right. {moral}", name=name, moral=tr(puzzle.moral))
        return tr("{name}: not yet.", name=name) + "\n" + "\n".join(_rows(tried))


def _rows(tried: Sequence[Tried]) -> list[str]:
    """A line each: what was run, what it gave, and what it should have given."""
    width = max(_columns(row.what) for row in tried)
    return [_row(row, row.what + " " * (width - _columns(row.what))) for row in tried]


def _row(row: Tried, what: str) -> str:
    got = _number(row.got)
    if row.holds:
        return tr("  {what}  gives {got}, as it should", what=what, got=got)
    return tr("  {what}  gives {got}, should be {wanted}", what=what, got=got, wanted=_number(row.wanted))


def _columns(text: str) -> int:
    """How wide a text is where letters are one column wide, and Chinese ones two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _number(value: object) -> str:
    """A number to five digits; several in brackets; of anything else, what it is."""
    array = np.asarray(value)
    if array.dtype.kind not in "fiub":
        return type(value).__name__
    numbers = ", ".join(f"{number:.5g}" for number in array.ravel()[:6])
    return f"[{numbers}{', ...' if array.size > 6 else ''}]" if array.ndim else numbers
