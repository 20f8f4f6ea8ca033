"""A layer's weights before and after the grid: kernels as small images, and a histogram with the grid's lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aics.card.theme import INK
from aics.demos import svg
from aics.demos.boxes import Box
from aics.demos.colours import signed_colours
from aics.lab4_dlp.demos.grids import OnGrid
from aics.lab4_dlp.demos.mini import Array
from aics.show.figure import BLUE, ORANGE

#: Kernels along each side of the picture; of a fully connected layer, a square of as many weights as these have.
SIDE = 6
#: Pixels of one weight, and between two kernels, in the image itself.
_CELL, _GAP = 8, 4
#: Channels whose grids are drawn where each has its own.
ROWS = 8
_BINS = 81
#: Pixels between two lines of a grid from which on they are drawn one by one, and before the histogram.
_LINES, _BEFORE = 1.6, 2.5


def kernels(weight: Array) -> list[Array]:
    """Return some of a layer's kernels, row after row: a row is an output channel where there are channels enough.

    weight : (Cout, Cin, K, K), or (Cout, Cin), of which one square is taken
    """
    if weight.ndim == 2:
        return [weight[: 3 * SIDE, : 3 * SIDE]]
    inputs = min(weight.shape[1], SIDE)
    outputs = _spread(len(weight), SIDE * SIDE // inputs)
    return list(weight[outputs, :inputs].reshape(-1, *weight.shape[2:]))


def _spread(count: int, wanted: int) -> Array:
    """Indices of as many as are wanted, from the first to the last."""
    return np.linspace(0, count - 1, min(count, wanted)).astype(int)


def kernel_image(weight: Array, reach: float) -> Array:
    """Draw kernels beside one another, purple where negative and green where positive: RGBA, transparent between."""
    some = [np.kron(signed_colours(kernel, reach), np.ones((_CELL, _CELL, 1), np.uint8)) for kernel in kernels(weight)]
    side, (high, wide) = (SIDE if len(some) > 1 else 1), some[0].shape[:2]
    image = np.zeros((side, high + _GAP, side, wide + _GAP, 4), np.uint8)
    for index, kernel in enumerate(some):
        row, column = divmod(index, side)
        image[row, :high, column, :wide, :3], image[row, :high, column, :wide, 3] = kernel, 255
    return image.reshape(side * (high + _GAP), side * (wide + _GAP), 4)[:-_GAP, :-_GAP]


def draw_kernels(box: Box, weight: Array, grid: OnGrid, titles: Sequence[str], size: float) -> str:
    """Draw the same kernels twice, as they are and on the grid, with a title above each."""
    reach = float(np.quantile(np.abs(np.stack(kernels(weight))), 0.98))
    parts = []
    for half, values, title, colour in zip(
        box.halves(size), (weight, grid.values), titles, (BLUE, ORANGE), strict=True
    ):
        room = half.below(1.5 * size)
        side = min(room.width, room.height)
        parts.append(_title(half.x, half.y + 0.7 * size, title, size, colour))
        parts.append(svg.array_image(kernel_image(values, reach), room.x, room.y, side, side))
    return "".join(parts)


def _title(x: float, y: float, words: str, size: float, colour: str) -> str:
    """Words behind a square of their colour."""
    square = svg.rect(x, y - 0.35 * size, 0.7 * size, 0.7 * size, fill=colour)
    return square + svg.text(x + size, y, words, size=size, bold=True)


def draw_histogram(box: Box, weight: Array, grid: OnGrid, note: str, size: float) -> str:
    """Draw how often each value occurs, and which values are left: lines of the grid, or of some channels' grids.

    note : stands above, if there is one
    """
    over = 1.6 * size if note else 0
    plot, reach = box.below(over).above(box.height - over - 1.4 * size), 1.05 * float(np.abs(weight).max())
    counts, _ = np.histogram(weight, _BINS, (-reach, reach))
    bars = svg.bars(plot.x, plot.y, plot.width, plot.height, counts, fill=BLUE, gap=0.05)
    ground = svg.line(plot.x, plot.bottom, plot.right, plot.bottom, colour=INK, thick=1.5)
    words = svg.text(box.x, box.y + 0.7 * size, note, size=size, bold=True)
    behind, before = _grids(plot, weight, grid, reach)
    return words + behind + bars + before + ground + _scale(plot, weight, reach, size)


def _grids(plot: Box, weight: Array, grid: OnGrid, reach: float) -> tuple[str, str]:
    """What the grids look like, behind the histogram and before it; those that are too dense for lines are bands."""
    chosen = np.argsort(-grid.steps, kind="stable")[_spread(len(grid.steps), ROWS)]
    groups = weight if len(grid.steps) > 1 else weight[None]
    high, drawn = plot.height / len(chosen), {True: "", False: ""}
    for row, channel in enumerate(chosen):
        room = Box(plot.x, plot.y + (row + 0.08) * high, plot.width, 0.84 * high)
        step = float(grid.steps[channel])
        end = round(float(np.abs(groups[channel]).max()) / step)
        apart = plot.width * step / reach / 2
        drawn[apart < _BEFORE] += (_band if apart < _LINES else _lines)(room, end, apart)
    return drawn[True], drawn[False]


def _lines(room: Box, end: int, apart: float) -> str:
    """A line for each value of a grid, so many on both sides of zero."""
    pieces = (f"M{room.middle[0] + q * apart:.1f} {room.y:.1f}v{room.height:.1f}" for q in range(-end, end + 1))
    thick = min(apart / 3, 3)
    return svg.element("path", d="".join(pieces), style=f"fill:none;stroke:{ORANGE};stroke-width:{thick:.2f}")


def _band(room: Box, end: int, apart: float) -> str:
    """The whole reach of a grid whose lines would run together."""
    return svg.rect(room.middle[0] - end * apart, room.y, 2 * end * apart, room.height, fill=ORANGE, opacity=0.4)


def _scale(plot: Box, weight: Array, reach: float, size: float) -> str:
    """The largest magnitude on both sides, and zero between."""
    largest = float(np.abs(weight).max())
    middle, half = plot.x + plot.width / 2, plot.width / 2 * largest / reach
    parts = [svg.line(middle + side * half, plot.bottom, middle + side * half, plot.bottom + 5) for side in (-1, 0, 1)]
    words: Sequence[tuple[float, str, svg.Anchor]]
    words = ((plot.x, f"−{largest:.2g}", "start"), (middle, "0", "middle"), (plot.right, f"{largest:.2g}", "end"))
    for x, word, anchor in words:
        parts.append(svg.text(x, plot.bottom + 0.85 * size, word, size=size, anchor=anchor))
    return "".join(parts)
