"""Where things stand on a stage: boxes in its pixels."""

from __future__ import annotations

from typing import NamedTuple


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

    @property
    def middle(self) -> tuple[float, float]:
        """The point in its middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def holds(self, x: float, y: float, margin: float = 0) -> bool:
        """Return whether a point is inside, or outside by no more than the margin."""
        return -margin <= x - self.x <= self.width + margin and -margin <= y - self.y <= self.height + margin

    def share(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point is: from 0 to 1 from left to right, and from top to bottom."""
        return (x - self.x) / self.width, (y - self.y) / self.height

    def fitted(self, rows: int, columns: int) -> Box:
        """Return the largest box of square cells at the top of this one, in the middle of its width."""
        cell = min(self.width / columns, self.height / rows)
        return Box(self.x + (self.width - columns * cell) / 2, self.y, columns * cell, rows * cell)

    def above(self, height: float) -> Box:
        """Return the part of it that lies above a cut, so many pixels below its top."""
        return Box(self.x, self.y, self.width, height)

    def below(self, height: float) -> Box:
        """Return the part of it that lies below a cut; one without height where the cut is at its end or beyond."""
        cut = min(height, self.height)
        return Box(self.x, self.y + cut, self.width, self.height - cut)

    def halves(self, gap: float) -> tuple[Box, Box]:
        """Return its left and its right half, a gap between them."""
        half = (self.width - gap) / 2
        return Box(self.x, self.y, half, self.height), Box(self.x + half + gap, self.y, half, self.height)

    def meets(self, other: Box) -> bool:
        """Return whether another box lies on it in part; those that only touch do not."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom
