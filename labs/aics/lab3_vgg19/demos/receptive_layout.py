"""Where things stand on the stage of the receptive field: side by side, or below one another on a phone."""

from __future__ import annotations

from dataclasses import dataclass

from aics.demos.boxes import Box
from aics.demos.demo import View

#: Room for a line of text, between pictures, and what a heading needs at least, in label heights.
ROW, GAP, HEADING = 1.7, 1.0, 8.0
#: The share of the stage's height that the pictures may take, and that of the photo and of the field below one another.
PICTURES, PHOTO, PATCH = 0.56, 0.34, 0.26
#: From so many label heights on there is room for the blocks' names below the bars.
NAMED = 5
#: Up to this height, in label heights, the bars are left out.
LOW = 9


@dataclass(frozen=True)
class Layout:
    """The boxes of the photo, of the enlarged field, of the feature map and of the bars.

    Attributes
    ----------
    photo, patch, map, bars : Box
    named : bool
        Whether there is room for the blocks' names below the bars.
    """

    photo: Box
    patch: Box
    map: Box
    bars: Box
    named: bool


def layout(view: View, ratio: float) -> Layout:
    """Return the boxes for a photo whose width is `ratio` times its height."""
    three_headings = (3 * HEADING + 2 * GAP) * view.label
    return _beside(view, ratio) if view.width >= three_headings else _below(view, ratio)


def _beside(view: View, ratio: float) -> Layout:
    """Three pictures in a row, the bars below."""
    top, gap = ROW * view.label, GAP * view.label
    low = view.height < LOW * view.label
    high = view.height - 2 * top if low else PICTURES * view.height - top
    columns = _columns(ratio, high, view)
    while sum(columns) + 2 * gap > view.width and high > view.label:
        high -= 1
        columns = _columns(ratio, high, view)
    spare = (view.width - sum(columns) - 2 * gap) / 2
    boxes, left = [], 0.0
    for column, width in zip(columns, (ratio * high, high, ratio * high), strict=True):
        boxes.append(Box(left + (column - width) / 2, top, width, high))
        left += column + gap + spare
    photo, patch, shown = boxes
    return Layout(photo, patch, shown, *_bars(view, top + high))


def _columns(ratio: float, high: float, view: View) -> list[float]:
    return [max(width, HEADING * view.label) for width in (ratio * high, high, ratio * high)]


def _below(view: View, ratio: float) -> Layout:
    """The photo, below it the enlarged field and the map, below them the bars."""
    row, gap = ROW * view.label, GAP * view.label
    high = min(PHOTO * view.height, view.width / ratio)
    photo = Box((view.width - ratio * high) / 2, row, ratio * high, high)
    top = row + high + row
    least = HEADING * view.label
    side = min((view.width - gap) / (1 + ratio), view.width - gap - least, PATCH * view.height)
    patch = Box(max(least - side, 0) / 2, top, side, side)
    left = max(side, least) + gap
    shown = min(ratio * side, view.width - left)
    map_box = Box(left + (view.width - left - shown) / 2, top, shown, shown / ratio)
    return Layout(photo, patch, map_box, *_bars(view, top + max(side, shown / ratio)))


def _bars(view: View, top: float) -> tuple[Box, bool]:
    """What is left below a line of text, and above another one where there is room for that."""
    top += ROW * view.label + 1.3 * view.label
    room = view.height - top
    named = room > NAMED * view.label
    return Box(0, top, view.width, max(room - (ROW * view.label if named else 2), 0.0)), named
