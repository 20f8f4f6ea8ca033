"""The explorer's picture: the window on the photo, what lies under it times the kernel, the sum, the feature map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from aics.card.theme import LINE, STRONG_LINE, TINT
from aics.demos.boxes import Box
from aics.demos.colours import hex_colour, signed_colours
from aics.demos.demo import View
from aics.demos.svg import array_image, arrow, line, number_table, rect, svg, text, text_width
from aics.lab2_layers.demos.convolution_layout import Layout
from aics.lab2_layers.demos.room import stacked
from aics.lab2_layers.demos.short_numbers import short, widest
from aics.lab2_layers.demos.tables_layout import SUM_ROOM, Tables
from aics.lab2_layers.demos.waterfall import Waterfall
from aics.lab2_layers.demos.window_step import Step
from aics.language import noted, tr
from aics.show.figure import RED

#: The window's colour, and that of the pixel which its sum becomes.
MARK, HALO = RED, "#ffffff"
PHOTO, PHOTO_SHORT = noted("photo: {width} x {height}"), noted("photo")
MAP, MAP_SHORT = noted("feature map: {width} x {height}"), noted("feature map")
#: A pixel in the middle between black and white; a product of it with the largest weight has the darkest colour.
MIDDLE = 128
WINDOW, KERNEL, PRODUCTS, SUM = noted("window"), noted("kernel"), noted("products"), noted("added up")


def map_colours(feature_map: np.ndarray, signed: bool) -> np.ndarray:
    """Return purple, white and green where signs say something, else the gray levels of a photo.

    feature_map : (Ho, Wo)  ->  (Ho, Wo, 3) uint8
    """
    if signed:
        return signed_colours(feature_map)
    gray = np.nan_to_num(np.clip(feature_map, 0, 255)).round().astype(np.uint8)
    return np.repeat(gray[..., None], 3, axis=-1)


@dataclass(frozen=True)
class Drawing:
    """One scene.

    feature_map : (Ho, Wo)
    whole : whether all of the feature map is shown, or only what comes up to the window
    """

    step: Step
    feature_map: np.ndarray
    whole: bool
    view: View

    @cached_property
    def layout(self) -> Layout:
        """Where things stand."""
        return Layout.of(self.step, self.view)

    @cached_property
    def colours(self) -> np.ndarray:
        """(Ho, Wo, 3): the map's."""
        return map_colours(self.feature_map, self.step.signed)

    @property
    def label(self) -> float:
        """Height of letters."""
        return self.view.label

    def markup(self) -> str:
        """Return the whole picture."""
        tables, fall = self._tables(), self._fall()
        return svg(
            self.view,
            [*self._photo(), *self._map(), *self._zoom(tables), *self._numbers(tables), *self._sum(fall)],
        )

    def _title(self, box: Box, long: str, brief: str, room: float) -> str:
        if not self.layout.title:
            return ""
        height, width = self.step.output if brief == MAP_SHORT else self.step.image.shape
        words = tr(long, width=width, height=height)
        words = words if text_width(words, self.label) <= room else tr(brief)
        left = max(min(box.x, self.view.width - text_width(words, self.label)), 0)
        return text(left, box.y - 0.8 * self.label, words, size=self.label)

    def _photo(self) -> Iterator[str]:
        box, pad = self.layout.photo, self.step.padding
        cell = box.width / self.step.padded.shape[1]
        yield self._title(box, PHOTO, PHOTO_SHORT, box.width)
        if pad:
            yield rect(*box, fill=TINT, line=STRONG_LINE, dash="5 4", thick=1.5)
        height, width = self.step.image.shape
        yield array_image(self.step.image, box.x + pad * cell, box.y + pad * cell, width * cell, height * cell)
        yield self._marked(self.window)

    @property
    def window(self) -> Box:
        """The window on the stage."""
        box = self.layout.photo
        cell = box.width / self.step.padded.shape[1]
        (top, left), side = self.step.corner, self.step.side * cell
        return Box(box.x + left * cell, box.y + top * cell, side, side)

    @property
    def pixel(self) -> Box:
        """The pixel of the feature map that the sum becomes, on the stage."""
        box, (down, across) = self.layout.feature_map, self.step.output
        wide, high = box.width / across, box.height / down
        return Box(box.x + self.step.column * wide, box.y + self.step.row * high, wide, high)

    def _marked(self, box: Box) -> str:
        """A box that is seen on any colours."""
        thick = max(3.0, self.label / 6)
        return rect(*box, line=HALO, thick=thick + 2) + rect(*box, line=MARK, thick=thick)

    def _map(self) -> Iterator[str]:
        box, (down, across) = self.layout.feature_map, self.step.output
        yield self._title(box, MAP, MAP_SHORT, box.width)
        yield rect(*box, fill=TINT, line=LINE)
        done = np.arange(down * across).reshape(down, across) <= self.step.row * across + self.step.column
        shown = np.full((down, across), 255) if self.whole else np.where(done, 255, 0)
        yield array_image(np.dstack([self.colours, shown.astype(np.uint8)]), *box)
        yield self._marked(self.pixel)

    def _tables(self) -> Tables:
        room = self.layout.rest
        high = (room.height - self.layout.title) * (0.5 if stacked(self.view) else 1)
        alone = stacked(self.view) or self.layout.fall is not None
        across = room.width - (0 if alone else SUM_ROOM * self.label)
        return Tables.of(Box(room.x, room.y, across, high), self.step, self.view, centred=alone)

    def _zoom(self, tables: Tables) -> Iterator[str]:
        """Lines from the window down to its numbers."""
        here, there = self.window, tables.boxes[0]
        yield line(here.x, here.bottom, there.x, there.y, colour=MARK, thick=1.5)
        yield line(here.right, here.bottom, there.right, there.y, colour=MARK, thick=1.5)

    def _numbers(self, tables: Tables) -> Iterator[str]:
        step, middle = self.step, tables.boxes[0].y + tables.boxes[0].height / 2
        grays = [[f"#{int(v):02x}{int(v):02x}{int(v):02x}" for v in row] for row in step.window]
        pixels = [
            [gray if on else TINT for gray, on in zip(*pair, strict=True)]
            for pair in zip(grays, step.on_image, strict=True)
        ]
        yield self._table(tables, 0, step.window, pixels, WINDOW)
        yield self._table(tables, 1, step.kernel, _signed(step.kernel, step.kernel), KERNEL)
        yield self._table(tables, 2, np.round(step.products, 1), _signed(step.products, MIDDLE * step.kernel), PRODUCTS)
        for x, sign in zip(tables.signs, ("×", "="), strict=True):
            yield text(x, middle, sign, size=1.2 * self.label, anchor="middle")
        yield rect(*tables.boxes[0], line=MARK, thick=max(3.0, self.label / 6))

    def _table(self, tables: Tables, place: int, values: np.ndarray, fills: list[list[str]], title: str) -> str:
        box, wide = tables.boxes[place], tables.wide[place]
        fits = widest(values, self.label) <= wide - 2 and tables.cell >= 1.1 * self.label
        shown = values if fits else np.full(values.shape, np.nan)
        table = number_table(shown, box.x, box.y, tables.cell, size=self.label, fills=fills, wide=wide, written=short)
        below = box.bottom + 0.9 * self.label
        if not self.layout.title:
            return table
        return table + text(box.x + box.width / 2, below, tr(title), size=self.label, anchor="middle")

    def _fall(self) -> Waterfall:
        box = self.layout.fall or self._room_for_sum()
        box = box._replace(height=box.height - (self.layout.title if self.layout.fall is None else 0))
        fill = hex_colour(self.colours[self.step.row, self.step.column])
        return Waterfall(box, self.step.products.ravel(), fill, MARK, self.label)

    def _room_for_sum(self) -> Box:
        """What the tables leave: below them where it is narrow, else at their right."""
        rest, tables, gap = self.layout.rest, self._tables(), 1.5 * self.layout.gap
        if stacked(self.view):
            top = tables.boxes[0].bottom + self.layout.title + self.layout.gap
            return Box(rest.x, top, rest.width, self.view.height - top)
        left = tables.boxes[2].right + 2 * gap
        return Box(left, rest.y, self.view.width - left, rest.height)

    def _sum(self, fall: Waterfall) -> Iterator[str]:
        box = fall.box
        yield fall.markup()
        beside = self.layout.fall is not None
        y = box.y - 0.8 * self.label if beside else box.bottom + 0.9 * self.label
        if self.layout.title:
            yield text(box.x, y, tr(SUM), size=self.label)
        pixel = self.pixel
        if beside:
            yield arrow(box.right + 0.2 * self.label, fall.level, pixel.x, pixel.y + pixel.height / 2, colour=MARK)
        elif not stacked(self.view):  # there it would cross the tables
            across = fall.bar.x + fall.bar.width / 2
            yield arrow(across, fall.bar.y, pixel.x + pixel.width / 2, pixel.bottom, colour=MARK)


def _signed(values: np.ndarray, range_of: np.ndarray) -> list[list[str]]:
    """A colour for each value; the darkest is that of the largest value that can be."""
    reach = float(np.max(np.abs(range_of))) or 1.0
    return [[hex_colour(rgb) for rgb in row] for row in signed_colours(values, reach)]
