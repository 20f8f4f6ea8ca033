"""The film's picture: at the left four loops at one window, at the right the matrix of columns and its product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from aics.card.theme import LINE, STRONG_LINE, TINT
from aics.demos.boxes import Box
from aics.demos.colours import signed_colours
from aics.demos.demo import View
from aics.demos.svg import array_image, line, rect, text, text_width
from aics.lab2_layers.demos.room import stacked
from aics.lab2_layers.demos.two_ways import ACROSS, COLUMNS, DOWN, NAMES, ROWS, SIDE, STOPS, WINDOWS, TwoWays
from aics.language import noted, tr
from aics.show.figure import RED

LOOPS, IMG2COL = noted("loops"), "img2col"
COUNTERS = "o = {o}  h = {h}  w = {w}"
MATRIX, MATRIX_SHORT = noted("{count} of {all} windows as columns"), noted("{count} of {all} columns")
PRODUCT = noted("one matrix product")
OUTPUT = noted("{count} of {all} sums")
SAME = noted("the same")
#: Cells of the right side: a kernel's row, a gap, and a column for each window.
_ACROSS = SIDE * SIDE + 0.6 + WINDOWS
_KERNELS = len(NAMES)
_DOWN = SIDE * SIDE + 0.6 + _KERNELS
#: An entry's height as a multiple of its width, at most.
_TALLEST = 1.4


@dataclass(frozen=True)
class FilmDrawing:
    """One frame in a box of the stage."""

    ways: TwoWays
    box: Box
    view: View

    @property
    def label(self) -> float:
        """Height of letters."""
        return self.view.label

    @property
    def _title(self) -> float:
        return 1.6 * self.label

    @cached_property
    def _pixel(self) -> float:
        """The side of an image's pixel at the left."""
        gap = 0.75 * self.label
        if stacked(self.view):
            return min((self.box.width - 2 * gap) / (COLUMNS + ACROSS), 0.22 * self.box.height / ROWS)
        wide, free = 0.36 * self.box.width, self.box.height - 2 * self._title - gap
        return min(wide / (COLUMNS + SIDE + 1.6), (wide - gap) / (2 * ACROSS), free / (ROWS + DOWN))

    @cached_property
    def _entry(self) -> tuple[float, float]:
        """Width and height of a matrix's entry at the right."""
        gap = 0.75 * self.label
        across = self.box.width if stacked(self.view) else 0.64 * self.box.width - 2 * gap
        above = self.image.bottom + gap if stacked(self.view) else self.box.y
        free = self.box.bottom - above - (3 if stacked(self.view) else 2) * self._title
        wide = min(across / _ACROSS, 1.2 * free / _DOWN)
        return wide, min(_TALLEST * wide, free / _DOWN)

    @property
    def image(self) -> Box:
        """The image at the left."""
        cell = self._pixel
        return Box(self.box.x, self.box.y + self._title, COLUMNS * cell, ROWS * cell)

    @property
    def matrix(self) -> Box:
        """The columns at the right."""
        wide, high = WINDOWS * self._entry[0], SIDE * SIDE * self._entry[1]
        top = self.box.y + self._title
        if stacked(self.view):
            top = self.image.bottom + 2 * self._title + 0.75 * self.label
        return Box(self.box.right - wide, top, wide, high)

    @property
    def bottom(self) -> float:
        """Where the drawing ends."""
        return max(self._maps()[-1].bottom, self._rows.bottom + self._title)

    @property
    def _rows(self) -> Box:
        """The kernels as rows, below the matrix at its left."""
        (wide, high), box = self._entry, self.matrix
        return Box(self.box.right - _ACROSS * wide, box.bottom + 0.6 * high, SIDE * SIDE * wide, _KERNELS * high)

    def markup(self) -> Iterator[str]:
        """Return the pieces."""
        yield from self._image()
        yield from self._outputs()
        yield from self._matrix()
        yield from self._product()

    def _image(self) -> Iterator[str]:
        box, cell = self.image, self._pixel
        yield text(box.x, box.y - 0.8 * self.label, tr(LOOPS), size=self.label, bold=True)
        yield array_image(self.ways.image, *box)
        if not stacked(self.view):
            left, middle = box.right + 1.3 * cell, box.y + box.height / 2
            yield text(box.right + 0.65 * cell, middle, "×", size=self.label, anchor="middle")
            kernel = self.ways.filters[self.ways.kernel].reshape(SIDE, SIDE)
            yield _tiles(signed_colours(kernel), Box(left, middle - SIDE * cell / 2, SIDE * cell, SIDE * cell))
        if not self.ways.ready:
            h, w = self.ways.place
            yield self._marked(Box(box.x + w * cell, box.y + h * cell, SIDE * cell, SIDE * cell))

    def _marked(self, box: Box) -> str:
        thick = max(3.0, self.label / 6)
        return rect(*box, line="#ffffff", thick=thick + 2) + rect(*box, line=RED, thick=thick)

    def _maps(self) -> list[Box]:
        """Both feature maps at the left: below the image, or beside it where the stage is narrow."""
        cell, image = self._pixel, self.image
        if stacked(self.view):
            small = min(cell, (image.height - 4) / (2 * DOWN))
            left = image.right + 1.5 * self.label
            return [Box(left, image.y + k * (DOWN * small + 4), ACROSS * small, DOWN * small) for k in range(_KERNELS)]
        top = image.bottom + self._title
        return [Box(k * (ACROSS * cell + 0.75 * self.label), top, ACROSS * cell, DOWN * cell) for k in range(_KERNELS)]

    def _outputs(self) -> Iterator[str]:
        maps, colours = self._maps(), signed_colours(self.ways.maps)
        (h, w), o = self.ways.place, self.ways.kernel
        words = tr(OUTPUT, count=STOPS, all=STOPS) if self.ways.ready else COUNTERS.format(o=o, h=h, w=w)
        yield text(self.image.x, self.image.bottom + 0.85 * self.label, words, size=self.label)
        for box, rgb, done in zip(maps, colours, self.ways.done, strict=True):
            yield rect(*box, fill=TINT, line=LINE)
            yield array_image(np.dstack([rgb, np.where(done, 255, 0).astype(np.uint8)]), *box)
        if not self.ways.ready:
            cell = maps[o].width / ACROSS
            yield self._marked(Box(maps[o].x + w * cell, maps[o].y + h * cell, cell, cell))

    def _matrix(self) -> Iterator[str]:
        box, (cell, _), filled = self.matrix, self._entry, self.ways.filled
        left = self.box.right - _ACROSS * cell
        yield text(left, box.y - 0.8 * self.label, IMG2COL, size=self.label, bold=True)
        after = left + text_width(IMG2COL, self.label, bold=True) + 0.8 * self.label
        words = tr(MATRIX, count=filled, all=WINDOWS)
        if after + text_width(words, self.label) > self.box.right:
            words = tr(MATRIX_SHORT, count=filled, all=WINDOWS)
        yield text(self.box.right, box.y - 0.8 * self.label, words, size=self.label, anchor="end")
        gray = np.repeat(self.ways.columns[..., None], 3, axis=-1)
        seen = np.where(np.arange(WINDOWS) < filled, 255, 0) * np.ones((SIDE * SIDE, 1))
        yield rect(*box, fill=TINT, line=STRONG_LINE)
        yield _tiles(np.dstack([gray, seen]).astype(np.uint8), box)
        if not self.ways.multiplied:
            yield self._marked(Box(box.x + (filled - 1) * cell, box.y, cell, box.height))

    def _product(self) -> Iterator[str]:
        """Kernels as rows below at the left, their products with all columns below the columns."""
        box, rows = self.matrix, self._rows
        result = Box(box.x, rows.y, box.width, rows.height)
        yield _tiles(signed_colours(self.ways.filters), rows)
        yield rect(*result, fill=TINT, line=STRONG_LINE)
        below = rows.bottom + 0.9 * self.label
        if self.ways.multiplied:
            yield _tiles(signed_colours(self.ways.product), result)
            yield self._marked(result)
            yield from self._words(result.x, below)

    def _words(self, left: float, y: float) -> Iterator[str]:
        """That it was one product, and at the end that both are the same; only this where there is no room for both."""
        product, same = tr(PRODUCT), tr(SAME)
        needed = text_width(product, self.label) + self.label + text_width(same, self.label, bold=True)
        if not self.ways.ready or needed <= self.box.right - left:
            yield text(left, y, product, size=self.label)
        if self.ways.ready:
            yield text(self.box.right, y, same, size=self.label, anchor="end", bold=True)


def _tiles(pixels: np.ndarray, box: Box) -> str:
    """An array as squares with thin lines between them.

    pixels : (R, C, 3) or (R, C, 4) uint8
    """
    rows, columns = pixels.shape[:2]
    wide, high = box.width / columns, box.height / rows
    upright = [
        line(box.x + k * wide, box.y, box.x + k * wide, box.bottom, colour=LINE, thick=1) for k in range(1, columns)
    ]
    flat = [line(box.x, box.y + k * high, box.right, box.y + k * high, colour=LINE, thick=1) for k in range(1, rows)]
    return array_image(pixels, *box) + "".join(upright + flat) + rect(*box, line=STRONG_LINE)
