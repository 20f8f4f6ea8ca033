"""Where window, kernel and products stand: three tables in a row, with numbers where these have room."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aics.demos.boxes import Box
from aics.demos.demo import View
from aics.lab2_layers.demos.short_numbers import widest
from aics.lab2_layers.demos.window_step import Step

#: In heights of letters: of a cell at most, and at least where it has a number.
_LARGEST, _LEAST = 2.8, 1.15
#: What is free beside a cell's longest number, with room to spare and without; the same of "x" and "=".
_FREE, _TIGHT, _SIGN, TIGHT_SIGN = 0.6, 0.25, 1.6, 1.2
#: What the sum takes at the tables' right.
SUM_ROOM = 11.0


def widest_words(step: Step, view: View) -> tuple[float, float, float]:
    """Return how many pixels a cell of each table takes at least, whatever the pixels under the window are."""
    reach = (np.array([255.0]), step.kernel, np.round(255 * step.kernel, 1))
    window, kernel, products = (widest(values, view.label) + _TIGHT * view.label for values in reach)
    return window, kernel, products


@dataclass(frozen=True)
class Tables:
    """The three tables.

    boxes : of window, kernel and products; cell : their cells' height; wide : their cells' widths
    signs : where "x" and "=" stand
    """

    boxes: tuple[Box, Box, Box]
    cell: float
    wide: tuple[float, ...]
    signs: tuple[float, float]

    @classmethod
    def of(cls, room: Box, step: Step, view: View, *, centred: bool = False) -> Tables:
        """Return where they stand at the left of a room, or in its middle."""
        side, label = step.side, view.label
        cell = min(room.height / side, _LARGEST * label)
        sign, wide = _widths(cell, side, room.width, widest_words(step, view), label)
        cell = min(cell, min(wide)) if len(set(wide)) == 1 else cell
        free = room.width - side * sum(wide) - 2 * sign
        lefts = [room.x + free / 2 if centred else room.x]
        for width in wide:
            lefts.append(lefts[-1] + side * width + sign)
        boxes = [Box(left, room.y, side * width, side * cell) for left, width in zip(lefts[:3], wide, strict=True)]
        signs = (boxes[0].right + sign / 2, boxes[1].right + sign / 2)
        return cls((boxes[0], boxes[1], boxes[2]), cell, tuple(wide), signs)


def _widths(
    cell: float, side: int, room: float, words: tuple[float, ...], label: float
) -> tuple[float, tuple[float, ...]]:
    """Width of a sign, and of each table's cells: roomy, tight, or equal ones in which some numbers do not fit."""
    wide = tuple(max(cell, each + (_FREE - _TIGHT) * label) for each in words)
    if cell >= _LEAST * label and side * sum(wide) + 2 * _SIGN * label <= room:
        return _SIGN * label, wide
    spare = (room - 2 * TIGHT_SIGN * label) / side - sum(words)
    if cell >= _LEAST * label and spare >= 0:
        return TIGHT_SIGN * label, tuple(max(each, min(each + spare / 3, cell)) for each in words)
    return _SIGN * label, (min(cell, (room - 2 * _SIGN * label) / (3 * side)),) * 3
