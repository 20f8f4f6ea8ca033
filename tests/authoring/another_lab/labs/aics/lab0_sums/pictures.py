"""Pictures of lab 0, sums."""

from __future__ import annotations

from collections.abc import Sequence

from aics.show.figure import BLUE, new_picture


def bars(numbers: Sequence[float]) -> object:
    """Draw numbers as a row of bars."""
    picture, (axis,) = new_picture(4, 2, alt="Bars as long as " + ", ".join(f"{number:g}" for number in numbers))
    axis.bar(range(len(numbers)), numbers, color=BLUE)
    return picture
