"""A part of the stage."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle, in the stage's pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return where it ends."""
        return self.x + self.width

    @property
    def middle(self) -> float:
        """Return the middle of its width."""
        return self.x + self.width / 2

    @property
    def middle_y(self) -> float:
        """Return the middle of its height."""
        return self.y + self.height / 2

    @property
    def bottom(self) -> float:
        """Return where it ends below."""
        return self.y + self.height

    def top_part(self, height: float) -> Box:
        """Return what lies above a cut."""
        return Box(self.x, self.y, self.width, height)

    def below(self, height: float) -> Box:
        """Return what lies below a cut; no less than nothing."""
        height = min(height, self.height)
        return Box(self.x, self.y + height, self.width, self.height - height)

    def columns(self, gap: float) -> tuple[Box, Box]:
        """Return its halves, a gap between them."""
        half = (self.width - gap) / 2
        return Box(self.x, self.y, half, self.height), Box(self.x + half + gap, self.y, half, self.height)

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point lies in it."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def meets(self, other: Box) -> bool:
        """Return whether another one lies on it in part."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom
