"""Where things stand on the stage of the sparse masks."""

from __future__ import annotations

from dataclasses import dataclass

from aics.demos.boxes import Box
from aics.demos.demo import View
from aics.lab6_mixed_sparse.demos.lenet import SIZES
from aics.lab6_mixed_sparse.demos.sparse_film import MATRIX

#: Room for a line of text and between pictures, in label heights.
ROW, GAP = 1.6, 1.0
#: How many times as wide as high the matrix is drawn, at most: an input is a column.
WIDE = SIZES[MATRIX][0] / SIZES[MATRIX][1]
#: What the panels with curves need at least; how wide a stage is on which there are three; from which width on things
#: stand side by side; up to which height there are no panels: all in label heights.
PANEL, THREE, BESIDE, LOW = 2, 38, 26, 10


@dataclass(frozen=True)
class Layout:
    """The boxes of the matrix, of the map of pixels, of the counts, of the curves and of the layers' bars.

    What there is no room for is None: the loss on a narrow stage, all curves and the bars on a low one.
    """

    matrix: Box
    pixels: Box
    counts: Box
    layers: Box | None = None
    accuracy: Box | None = None
    loss: Box | None = None


def layout(view: View) -> Layout:
    """Return the boxes: side by side, or below one another on a phone."""
    return _beside(view) if view.width >= BESIDE * view.label else _below(view)


def _beside(view: View) -> Layout:
    """The map of pixels and the matrix in a row, then the counts, then one curve or two and the layers."""
    row, gap, label = ROW * view.label, GAP * view.label, view.label
    low = view.height < LOW * label
    below = 2.2 * row if low else 3 * row + max(PANEL * label, 0.22 * view.height)
    high = min((view.width - gap) / (1 + WIDE), view.height - below)
    pixels, matrix = Box(0, row, high, high), Box(high + gap, row, view.width - gap - high, high)
    counts = Box(0, matrix.bottom + 0.1 * row, view.width, row)
    if low:
        return Layout(matrix, pixels, counts)
    top, count = counts.bottom + 0.8 * row, 3 if view.width >= THREE * label else 2
    wide, rest = (view.width - (count - 1) * gap) / count, view.height - top - 0.2 * label
    panels = [Box(k * (wide + gap), top, wide, rest) for k in range(count)]
    layers = Box(panels[-1].x, top - 0.8 * row, wide, view.height - top + 0.8 * row)
    return Layout(matrix, pixels, counts, layers, panels[0], panels[1] if count == 3 else None)


def _below(view: View) -> Layout:
    """The matrix, the counts, the map of pixels beside the layers, and the accuracy."""
    row, gap = ROW * view.label, GAP * view.label
    matrix = Box(0, row, view.width, view.width / WIDE)
    counts = Box(0, matrix.bottom + 0.1 * row, view.width, 2 * row)
    top, side = counts.bottom + row, 0.34 * view.width
    layers = Box(side + gap, top, view.width - side - gap, side)
    foot = top + side + 1.1 * row
    accuracy = Box(0, foot, view.width, max(view.height - foot - 0.2 * row, view.label))
    return Layout(matrix, Box(0, top, side, side), counts, layers, accuracy, None)
