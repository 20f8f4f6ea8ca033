"""A mark for each kind of layer: a colour of the palette and a shape, so that neither is needed alone."""

from __future__ import annotations

from collections.abc import Mapping

from aics.demos import svg
from aics.show.figure import BLUE, GREEN, ORANGE, PURPLE, SKY

#: Colour of a kind, and its mark's corners around the middle; none is a disc.
STYLES: Mapping[str, tuple[str, tuple[tuple[float, float], ...]]] = {
    "conv": (BLUE, ()),
    "fc": (ORANGE, ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9))),
    "relu": (GREEN, ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0))),
    "pool": (PURPLE, ((0, -1.15), (1.15, 0.85), (-1.15, 0.85))),
    "other": (SKY, ((-1, -0.4), (1, -0.4), (1, 0.4), (-1, 0.4))),
}


def mark(kind: str, x: float, y: float, radius: float, *, edge: str = "none", filled: bool = True) -> str:
    """Draw a kind's mark round a point.

    edge : colour of its outline, which a mark that is not filled has in the kind's own
    """
    colour, corners = STYLES[kind]
    fill, line = (colour, edge) if filled else ("none", colour)
    if not corners:
        return svg.circle(x, y, radius, fill=fill, line=line, thick=2)
    points = [(x + radius * across, y + radius * down) for across, down in corners]
    return svg.path(points, colour=line, thick=2, fill=fill, closed=True)
