"""Where the explorer's pieces stand: photo and map above, the three tables below, the sum between or beside them."""

from __future__ import annotations

from dataclasses import dataclass

from aics.demos.boxes import Box
from aics.demos.demo import View
from aics.lab2_layers.demos.room import stacked, title_height
from aics.lab2_layers.demos.tables_layout import SUM_ROOM, TIGHT_SIGN, widest_words
from aics.lab2_layers.demos.window_step import Step

#: Of a table's cell where it has numbers, in heights of letters.
_CELL = 1.35
#: Of the stage's height: what the tables may take away from the photo, with titles and without.
_TABLES, _TABLES_ONLY = 0.3, 0.38
#: What the sum beside them needs of it, so that its steps are seen.
_SUM = 0.22


@dataclass(frozen=True)
class Layout:
    """The boxes of one stage.

    photo, feature_map : with the padding, and of the whole output
    rest : what is below the photo, for the tables; and the sum, where `fall` is None
    fall : for the sum, where it stands between photo and map
    """

    photo: Box
    feature_map: Box
    rest: Box
    fall: Box | None
    gap: float
    title: float

    @classmethod
    def of(cls, step: Step, view: View) -> Layout:
        """Return the layout that leaves most room for the photo."""
        gap, title = 0.75 * view.label, title_height(view)
        high = view.height - 2 * title - _least_tables(step, view) - 2 * gap
        high = high / 1.5 if stacked(view) else high
        between = max(8.0 * view.label, 0.2 * view.width)
        beside, apart = (view.width - gap) / 2, (view.width - between - 2 * gap) / 2
        larger = _scale(step, beside, high) > 1.05 * _scale(step, apart, high)
        words = step.side * sum(widest_words(step, view)) + 2 * TIGHT_SIGN * view.label
        costs_numbers = view.width - SUM_ROOM * view.label < words < view.width
        if stacked(view) or (larger and not costs_numbers):
            return cls._made(step, view, Box(0, title, beside, high), None)
        return cls._made(step, view, Box(0, title, apart, high), between)

    @classmethod
    def _made(cls, step: Step, view: View, room: Box, between: float | None) -> Layout:
        gap, title = 0.75 * view.label, title_height(view)
        photo = room.fitted(*step.padded.shape)
        photo = photo._replace(x=0)
        cell = photo.width / step.padded.shape[1]
        down, across = step.output
        whole = Box(view.width - photo.width, title, photo.width, photo.height)
        larger = whole.fitted(down, across)
        # At stride 1 a pixel of the map is as large as one of the photo; at larger strides the map fills its room.
        own = Box(0, 0, across * cell, down * cell) if step.stride == 1 else larger
        shown = Box(whole.right - own.width, title, own.width, own.height)
        below = Box(0, photo.bottom + gap, view.width, view.height - photo.bottom - gap)
        fall = None
        if between is not None:
            left, right = photo.right + gap, shown.x - gap
            fall = Box(left, title, right - left, photo.height)
        return cls(photo, shown, below, fall, gap, title)


def _scale(step: Step, width: float, height: float) -> float:
    rows, columns = step.padded.shape
    return float(min(width / columns, height / rows))


def _least_tables(step: Step, view: View) -> float:
    """Pixels that the tables take at least, without their titles."""
    numbers = max(step.side * _CELL * view.label, _SUM * view.height)
    return min(numbers, (_TABLES if title_height(view) else _TABLES_ONLY) * view.height)
