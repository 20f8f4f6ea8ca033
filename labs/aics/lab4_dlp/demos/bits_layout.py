"""Where the pieces of the bits demo stand."""

from __future__ import annotations

from dataclasses import dataclass

from aics.demos.boxes import Box
from aics.demos.demo import View
from aics.lab4_dlp.demos.answers_picture import COUNT, wall_cells

#: Lines of text that a stage is high from which on it has room for the histogram and the columns; for the bytes and a
#: heading of the histogram; for a heading of the columns.
_LOW, _MEDIUM, _TALL = 9, 12, 17


@dataclass(frozen=True)
class Parts:
    """Where the scene's pieces stand; on a low stage some are left out, and their headings before."""

    kernels: Box
    histogram: Box | None
    zeros: bool
    wall: Box
    columns: Box | None
    axis: bool
    sizes: Box | None


def parts_of(view: View) -> Parts:
    """Return where the pieces stand: in two columns, or all below one another where it is narrow."""
    size, margin = view.label, 0.5 * view.label
    whole = Box(margin, margin, view.width - 2 * margin, view.height - 2 * margin)
    left, right = whole.halves(1.5 * size)
    if view.narrow:
        left, right = whole.above(0.45 * whole.height), whole.below(0.45 * whole.height + 0.5 * size)
    rows = whole.height / size / (2 if view.narrow else 1)
    kernels, histogram = _left(left, rows, size)
    wall, columns, sizes = _right(right, rows, size)
    return Parts(kernels, histogram, rows > _MEDIUM, wall, columns, rows > _TALL, sizes)


def _left(box: Box, rows: float, size: float) -> tuple[Box, Box | None]:
    """The kernels, and the histogram below them."""
    if rows < _LOW:
        return box, None
    kernels = min((box.width - size) / 2 + 1.5 * size, 0.52 * box.height)
    return box.above(kernels), box.below(kernels + 0.5 * size)


def _right(box: Box, rows: float, size: float) -> tuple[Box, Box | None, Box | None]:
    """The wall, the columns below it, and the bytes at the bottom."""
    head, foot = 1.5 * size, 1.7 * size if rows > _MEDIUM else 0
    most = box.height if rows < _LOW else 0.42 * box.height
    cell, across = wall_cells(box.below(head).above(most - head), COUNT)
    wall = head + COUNT / across * cell
    under = wall + (1.9 if rows > _TALL else 0.3) * size
    columns = box.below(under).above(box.height - under - foot)
    sizes = box.below(box.height - 1.4 * size) if foot else None
    return box.above(wall), None if rows < _LOW else columns, sizes
