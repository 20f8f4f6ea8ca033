"""A sum that is seen: each product steps up or down from where the last one ended, and the final level is the sum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aics.card.theme import LINE
from aics.demos.boxes import Box
from aics.demos.svg import line, rect, text, text_width
from aics.lab2_layers.demos.short_numbers import short

#: Of steps up and down: green and purple as in signed pictures, light enough for dark pages and dark enough for white.
UP, DOWN = "#5aae61", "#9970ab"
#: Of the sum's letters and of its bar's width, in the letters' height.
_LARGE, _BAR = 1.25, 1.1


@dataclass(frozen=True)
class Waterfall:
    """The steps of a sum in a box.

    values : (n,) what is added up
    fill : colour of the sum's bar
    """

    box: Box
    values: np.ndarray
    fill: str
    mark: str
    label: float

    @property
    def total(self) -> float:
        """The sum."""
        return float(self.values.sum())

    @property
    def _words(self) -> str:
        return short(self.total)

    @property
    def bar(self) -> Box:
        """The sum's bar, from zero to the sum."""
        y = self._heights()
        top, low = sorted((y(0.0), y(self.total)))
        wide = _BAR * self.label
        right = self.box.right - text_width(self._words, _LARGE * self.label, bold=True) - 0.4 * self.label
        return Box(right - wide, top, wide, max(low - top, 2.0))

    @property
    def level(self) -> float:
        """The sum's y."""
        return self._heights()(self.total)

    def _heights(self) -> Callable[[float], float]:
        """Value -> y; half a letter is left free at both ends for the sum's own letters."""
        levels = np.concatenate([[0.0], np.cumsum(self.values)])
        low, high = float(levels.min()), float(levels.max())
        free = 0.7 * _LARGE * self.label
        scale = (self.box.height - 2 * free) / ((high - low) or 1.0)
        bottom = self.box.bottom - free if high > low else self.box.y + self.box.height / 2
        return lambda value: bottom - (value - low) * scale

    def markup(self) -> str:
        """Return the drawing."""
        bar, y = self.bar, self._heights()
        zero = line(self.box.x, y(0.0), bar.right, y(0.0), colour=LINE, thick=1.5)
        total = rect(*bar, fill=self.fill, line=self.mark, thick=3)
        size = _LARGE * self.label
        words = text(bar.right + 0.4 * self.label, self.level, self._words, size=size, bold=True)
        return zero + self._steps(bar.x - 0.5 * self.label, y) + total + words

    def _steps(self, right: float, y: Callable[[float], float]) -> str:
        room = (right - self.box.x) / len(self.values)
        ends = np.cumsum(self.values)
        parts = []
        for k, (value, end) in enumerate(zip(self.values, ends, strict=True)):
            x, top, low = self.box.x + k * room, y(max(end, end - value)), y(min(end, end - value))
            parts.append(rect(x, top, 0.82 * room, low - top, fill=UP if value > 0 else DOWN))
            until = x + room if k + 1 < len(self.values) else right + 0.5 * self.label
            parts.append(line(x, y(end), until, y(end), thick=1.5))
        return "".join(parts)
