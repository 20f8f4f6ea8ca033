"""Where things stand on a stage: boxes in its pixels."""

from __future__ import annotations

from typing import NamedTuple

from aics.demos.demo import View

#: Letters of height from which a stage has room for titles, and for two pictures below one another.
_TITLED, _TALL = 14, 17


class Box(NamedTuple):
    """A rectangle, in pixels of the stage."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    def holds(self, x: float, y: float, margin: float = 0) -> bool:
        """Return whether a point is inside, or outside by no more than the margin."""
        return -margin <= x - self.x <= self.width + margin and -margin <= y - self.y <= self.height + margin

    def fitted(self, rows: int, columns: int) -> Box:
        """Return the largest box of square cells at the top of this one, in the middle of its width."""
        cell = min(self.width / columns, self.height / rows)
        return Box(self.x + (self.width - columns * cell) / 2, self.y, columns * cell, rows * cell)


def stacked(view: View) -> bool:
    """Return whether things stand below one another: on a phone."""
    return view.height > view.width


def title_height(view: View) -> float:
    """Return how many pixels a line of title takes; 0 on a stage that is too low for titles."""
    return 1.6 * view.label if view.height > _TITLED * view.label else 0.0


def tall(view: View) -> bool:
    """Return whether there is room for two pictures below one another."""
    return view.height > _TALL * view.label
