"""What the network answers: a wall of photos, each marked right or wrong, and a column for each number of bits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from aics.card.theme import INK, LINE, PAGE
from aics.demos import svg
from aics.demos.boxes import Box
from aics.lab4_dlp.demos.measuring import FLOAT32
from aics.lab4_dlp.demos.mini import Array, photos
from aics.show.figure import BLUE, GREEN, ORANGE, RED

#: Photos on the wall.
COUNT = 200
#: Photos beside one another, on a lower wall and on a higher one; all rows are full on both.
ACROSS = (25, 20)
#: Pixels along a photo's side, about as many as it has on a stage.
_SIDE = 24


@cache
def _wall(count: int, across: int) -> str:
    """All photos in one image, so many in a row, as an address; small ones, since it is sent with each scene."""
    from PIL import Image

    small = (Image.fromarray(photo).resize((_SIDE, _SIDE)) for photo in photos(count).pixels)
    pixels = np.stack([np.asarray(photo) for photo in small])
    rows = pixels.reshape(-1, across, *pixels.shape[1:]).swapaxes(1, 2)
    return svg.array_url(rows.reshape(-1, across * pixels.shape[2], 3), "jpeg")


def wall_cells(box: Box, count: int) -> tuple[float, int]:
    """Return the side of a photo on the wall, and how many are beside one another: as large as the box has room for."""
    return max((min(box.width / across, box.height * across / count), across) for across in ACROSS)


def draw_wall(box: Box, answers: Array, labels: Array) -> str:
    """Draw the photos: a right answer has a ring, a wrong one is crossed out and pale, an open one is pale.

    answers : (N,) classes, -1 where there is none yet; labels : (N,)
    """
    count = len(labels)
    cell, across = wall_cells(box, count)
    corners = [(box.x + cell * (k % across), box.y + cell * (k // across)) for k in range(count)]
    size = {"width": across * cell, "height": count / across * cell}
    image = svg.element("image", href=_wall(count, across), x=box.x, y=box.y, **size)
    right, wrong, still = (_those(corners, which) for which in (answers == labels, answers != labels, answers < 0))
    wrong = [corner for corner in wrong if corner not in still]
    pale = _squares([*wrong, *still], cell, 0, f"fill:{PAGE};fill-opacity:0.6")
    rings = _squares(right, cell, 0.06 * cell, f"fill:none;stroke:{GREEN};stroke-width:{0.1 * cell:.1f}")
    return image + pale + rings + _crosses(wrong, cell)


def _those(corners: Sequence[tuple[float, float]], which: Array) -> list[tuple[float, float]]:
    return [corners[int(k)] for k in np.flatnonzero(which)]


def _squares(corners: Sequence[tuple[float, float]], cell: float, inset: float, style: str) -> str:
    """A square in each of these cells, all of them one path."""
    side = cell - 2 * inset
    pieces = (f"M{x + inset:.1f} {y + inset:.1f}h{side:.1f}v{side:.1f}h{-side:.1f}z" for x, y in corners)
    return svg.element("path", d="".join(pieces), style=style)


def _crosses(corners: Sequence[tuple[float, float]], cell: float) -> str:
    """A cross in each of these cells, on a wider one of paper, which sets it off from any photo."""
    low, way = 0.14 * cell, 0.72 * cell
    pieces = (f"M{x + low:.1f} {y + low:.1f}l{way:.1f} {way:.1f}m{-way:.1f} 0l{way:.1f} {-way:.1f}" for x, y in corners)
    course, style = "".join(pieces), "fill:none;stroke-linecap:round;stroke:{};stroke-width:{:.1f}"
    widths = ((PAGE, 0.26 * cell), (RED, 0.15 * cell))
    return "".join(svg.element("path", d=course, style=style.format(*pair)) for pair in widths)


def column_boxes(box: Box, bits: Sequence[int]) -> dict[int, Box]:
    """Return where each number of bits has its column, number above and name below included."""
    wide = box.width / len(bits)
    return {b: Box(box.x + k * wide, box.y, wide, box.height) for k, b in enumerate(bits)}


def draw_columns(box: Box, right: Mapping[int, float | None], now: int, size: float, *, partly: float | None) -> str:
    """Draw the proportion of right answers as a column for each number of bits.

    right : bits -> proportion, None where it has not been measured; float32 (32 bits) first
    now : the bits that are chosen
    partly : the proportion so far, while they are being measured
    """
    shown = {**right, now: partly if right[now] is None else right[now]}
    parts = []
    for bits, column in column_boxes(box, list(right)).items():
        parts.append(_column(column, shown[bits], bits, bits == now, size, measured=right[bits] is not None))
    float32 = right[FLOAT32.bits]
    if float32 is not None:
        y = _level(box, float32, size)
        parts.append(svg.line(box.x, y, box.right, y, colour=BLUE, thick=1.5, dash="6 5"))
    columns = column_boxes(box, list(right))
    numbers = [_number(columns[bits], share, bits == now, size) for bits, share in shown.items() if share is not None]
    return "".join(parts + numbers)


def _level(box: Box, share: float, size: float) -> float:
    """How far down a column begins that is so high."""
    whole = max(box.height - 2.9 * size, 0)
    return box.y + 1.4 * size + whole * (1 - share)


def _column(box: Box, share: float | None, bits: int, chosen: bool, size: float, *, measured: bool) -> str:
    """One column with its bits below: an outline where nothing is known yet, a dashed one while it is measured."""
    ground, left, wide = _level(box, 0, size), box.x + 0.12 * box.width, 0.76 * box.width
    top = _level(box, 1 if share is None else share, size)
    float32 = bits == FLOAT32.bits
    fill = "none" if share is None else BLUE if float32 else ORANGE
    edge = INK if chosen else "none" if measured else LINE
    strong, dash = (1, "") if measured and (chosen or float32) else (0.45, "" if measured else "3 5")
    column = svg.rect(left, top, wide, ground - top, fill=fill, line=edge, thick=2, dash=dash, opacity=strong)
    return column + svg.text(box.middle[0], ground + 0.8 * size, f"{bits}", size=size, anchor="middle", bold=chosen)


def _number(box: Box, share: float, chosen: bool, size: float) -> str:
    """A column's number above it, on paper: the line of float32 may be there."""
    words, y = f"{100 * share:.0f}", _level(box, share, size) - 0.65 * size
    wide = svg.text_width(words, size)
    paper = svg.rect(box.middle[0] - wide / 2, y - 0.5 * size, wide, size, fill=PAGE)
    return paper + svg.text(box.middle[0], y, words, size=size, anchor="middle", bold=chosen)


def draw_bytes(box: Box, stored: float, float32: float, words: str, size: float) -> str:
    """Draw how much of the float32 weights' room is still needed, and say it."""
    room = svg.text_width(words, size) + 0.5 * size
    bar = Box(box.x, box.y + 0.3 * box.height, max(box.width - room, 0), 0.4 * box.height)
    whole = svg.rect(bar.x, bar.y, bar.width, bar.height, fill="none", line=BLUE, thick=2)
    part = svg.rect(bar.x, bar.y, bar.width * stored / float32, bar.height, fill=ORANGE)
    return whole + part + svg.text(box.right, box.y + box.height / 2, words, size=size, anchor="end")
