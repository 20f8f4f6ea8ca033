"""The drawing of the receptive field: the photo with the field lit up, the field enlarged, the map, and the sizes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from aics.card.theme import INK, LINE, MUTED, TINT
from aics.demos.boxes import Box
from aics.demos.demo import View
from aics.demos.svg import array_image, element, line, rect, svg, text, text_width
from aics.lab3_vgg19.demos.fields import Field
from aics.lab3_vgg19.demos.influence import Number
from aics.lab3_vgg19.demos.receptive_layout import Layout
from aics.language import noted, tr
from aics.show.figure import BLUE, ORANGE, RED

PHOTO, SEES = noted("photo"), noted("{size} × {size} pixels")
NUMBER, COMPUTING = noted("number: {value:.2f}"), noted("computing")
SUM, SHORT_SUM = (
    noted("{layer} sees {before} + ({kernel} − 1) · {jump} = {size} pixels"),
    "{layer}: {before} + {more} = {size}",
)
BLOCK = noted("block {number}")
#: How strong a bar behind the chosen layer is; how dark a photo gets that is not seen; around a frame.
PALE, SHADE, DARK, CASING = 0.3, 0.62, "#000000", "#ffffff"
#: Matplotlib's magma (CC0) at equal distances, from no answer to the strongest one.
_MAGMA = np.array(
    [(0, 0, 4), (28, 16, 68), (79, 18, 123), (129, 37, 129), (181, 54, 122), (229, 80, 100), (251, 135, 97),
     (254, 194, 135), (252, 253, 191)]
)  # fmt: skip
#: How bright a pixel is that counts nothing, beside one outside the field; which part of the pixels is not at its
#: brightest.
DIM, BRIGHT = 0.7, 0.93
#: From so many columns on numbers are drawn like a photo, since they are no squares to be seen any more.
MANY = 100
#: The side of the mark on a number at least, and the width of a digit, in label heights.
LEAST, DIGIT = 0.5, 0.72
#: What lies outside the photo in the enlarged field.
_ZEROS = np.array([(128, 128, 128), (104, 104, 104)], np.uint8)


@dataclass(frozen=True)
class Chosen:
    """A number of a map, and what it sees.

    Attributes
    ----------
    fields : sequence of Field
        Of all layers, in order.
    field : Field
        Of the layer that was chosen.
    row, column : int
        Of the number in its map.
    photo : (H, W, 3) uint8 array
        What the network gets.
    shown : (rows, columns) array or None
        The map; None while it is not computed yet.
    channel : int
        The map's place in its layer.
    counts : (H, W) array or None
        How much each pixel of the photo counts, from 0 to 1, where that is to be shown and known.
    """

    fields: Sequence[Field]
    field: Field
    row: int
    column: int
    photo: np.ndarray
    shown: np.ndarray | None = None
    channel: int = 0
    counts: np.ndarray | None = None

    @property
    def number(self) -> Number:
        """Where the number is in the network."""
        return Number(self.field.name, self.channel, self.row, self.column)

    @property
    def lit(self) -> np.ndarray:
        """The photo, each pixel as bright as it counts, if that is known."""
        if self.counts is None:
            return self.photo
        least = (1 - SHADE) * DIM
        bright = float(np.quantile(self.counts[self.counts > 0], BRIGHT)) if self.counts.any() else 1.0
        light = least + (1 - least) * np.sqrt(np.clip(self.counts / bright, 0, 1))
        lit: np.ndarray = (self.photo * light[..., None]).astype(np.uint8)
        return lit

    @property
    def sides(self) -> tuple[int, int]:
        """Width and height of the photo."""
        return self.photo.shape[1], self.photo.shape[0]

    @property
    def spans(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """First column and the one behind the last, then rows, in pixels of the photo; may lie outside it."""
        return self.field.span(self.column), self.field.span(self.row)

    @property
    def value(self) -> float | None:
        """The number, once it is computed."""
        return None if self.shown is None else float(self.shown[self.row, self.column])

    @property
    def share_outside(self) -> float:
        """Which part of the field lies outside the photo."""
        inside = [min(end, side) - max(begin, 0) for (begin, end), side in zip(self.spans, self.sides, strict=True)]
        return 1 - max(inside[0], 0) * max(inside[1], 0) / self.field.size**2


def drawn(chosen: Chosen, where: Layout, view: View) -> str:
    """Return the markup of the whole stage."""
    lit = _lit(chosen, where.photo)
    parts = [
        _heading(where.photo, tr(PHOTO), view),
        array_image(chosen.lit, *where.photo, kind="jpeg", smooth=True),
        _shade(lit, where.photo) if chosen.counts is None else "",
        _outline(lit),
        _heading(where.patch, tr(SEES, size=chosen.field.size), view, bold=True),
        _array(patch(chosen), where.patch),
        _outline(where.patch),
        *_map(chosen, where.map, view),
        *_rays(lit, _cell(chosen, where.map, view), where),
        _sum(chosen, where.bars, view),
        *(_bars(chosen, where.bars, view) if where.bars.height else ()),
        *(_blocks(chosen.fields, where.bars, view) if where.named else ()),
    ]
    return svg(view, parts)


def patch(chosen: Chosen) -> np.ndarray:
    """Return the field's pixels, (size, size, 3) uint8; what lies outside the photo is a grey chessboard."""
    (left, right), (top, bottom) = chosen.spans
    rows, columns = np.arange(top, bottom)[:, None], np.arange(left, right)[None]
    width, height = chosen.sides
    squares = _ZEROS[(rows // 4 + columns // 4) % 2]
    inside = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
    seen = chosen.lit[np.clip(rows, 0, height - 1), np.clip(columns, 0, width - 1)]
    return np.where(inside[..., None], seen, squares)


def _array(pixels: np.ndarray, box: Box) -> str:
    """Sharp squares; where there are too many to be told apart, a photo, which is smaller."""
    many = pixels.shape[1] > MANY
    return array_image(pixels, *box, kind="jpeg" if many else "png", smooth=many)


def _heading(box: Box, words: str, view: View, *, bold: bool = False) -> str:
    half = max(DIGIT * len(words) * view.label, text_width(words, view.label, bold=bold)) / 2
    x = min(max(box.x + box.width / 2, half), view.width - half)
    return text(x, box.y - 0.8 * view.label, words, size=view.label, anchor="middle", bold=bold)


def _lit(chosen: Chosen, box: Box) -> Box:
    """The part of the photo that is seen, on the stage."""
    (left, right), (top, bottom) = chosen.spans
    width, height = chosen.sides
    across, down = box.width / width, box.height / height
    left, right, top, bottom = max(left, 0), min(right, width), max(top, 0), min(bottom, height)
    return Box(box.x + left * across, box.y + top * down, (right - left) * across, (bottom - top) * down)


def _shade(lit: Box, box: Box) -> str:
    """Darken the photo but for what is seen."""
    outline = "".join(f"M{b.x:.2f} {b.y:.2f}h{b.width:.2f}v{b.height:.2f}h{-b.width:.2f}z" for b in (box, lit))
    return element("path", d=outline, fill_rule="evenodd", style=f"fill:{DARK};fill-opacity:{SHADE}")


def _outline(box: Box) -> str:
    """A frame that is seen on any picture: red between two white lines."""
    return rect(*box, line=CASING, thick=6) + rect(*box, line=RED, thick=3)


def _rays(lit: Box, cell: Box, where: Layout) -> Iterator[str]:
    """From the field to where it is enlarged, and from there to the number, if these stand side by side."""
    if where.patch.y == where.photo.y:
        for one, other in ((lit, where.patch), (where.patch, cell)):
            for share in (0, 1):
                ends = one.y + share * one.height, other.y + share * other.height
                yield line(one.x + one.width, ends[0], other.x, ends[1], colour=RED, thick=2)


def _map(chosen: Chosen, box: Box, view: View) -> Iterator[str]:
    """The feature map with the number marked."""
    if chosen.shown is None:
        yield rect(*box, fill=TINT, line=LINE)
        yield text(box.x + box.width / 2, box.y + box.height / 2, tr(COMPUTING), size=view.label, anchor="middle")
    else:
        yield _heading(box, tr(NUMBER, value=chosen.value), view, bold=True)
        yield _array(glow(chosen.shown), box)
    yield _outline(_cell(chosen, box, view))


def _cell(chosen: Chosen, box: Box, view: View) -> Box:
    """Where the number is in its map; never too small to be seen."""
    columns, rows = (chosen.field.count(side) for side in chosen.sides)
    width, height = box.width / columns, box.height / rows
    wide = min(max(width, LEAST * view.label), box.width)
    high = min(max(height, LEAST * view.label), box.height)
    left, top = (chosen.column + 0.5) * width - wide / 2, (chosen.row + 0.5) * height - high / 2
    left, top = min(max(left, 0), box.width - wide), min(max(top, 0), box.height - high)
    return Box(box.x + left, box.y + top, wide, high)


def glow(values: np.ndarray) -> np.ndarray:
    """Return a map's colours: black for nothing, through purple and orange, to nearly white.  ->  (H, W, 3) uint8"""
    top = float(np.quantile(values, 0.995)) or 1.0
    levels = np.clip(values / top, 0, 1) ** 0.7
    stops = np.linspace(0, 1, len(_MAGMA))
    return np.stack([np.interp(levels, stops, channel) for channel in _MAGMA.T], axis=-1).astype(np.uint8)


def _bars(chosen: Chosen, box: Box, view: View) -> Iterator[str]:
    """A bar for each layer as high as its field is large; those behind the chosen layer are pale."""
    room, at = box.width / len(chosen.fields), chosen.fields.index(chosen.field)
    most, foot = max(field.size for field in chosen.fields), box.y + box.height
    written = _written(chosen, room, view)
    for k, field in enumerate(chosen.fields):
        high, left = box.height * field.size / most, box.x + k * room
        fill = RED if k == at else ORANGE if field.window.stride > 1 else BLUE
        opacity = 1 if k <= at else PALE
        yield rect(left + 0.08 * room, foot - high, 0.84 * room, high, fill=fill, opacity=opacity)
        if k in written:
            yield _size(left, foot - high, room, str(field.size), view, bold=k == at)


def _written(chosen: Chosen, room: float, view: View) -> set[int]:
    """The bars whose sizes there is room for: the chosen one, then poolings, then the others."""
    fields, wide = chosen.fields, len("100") * DIGIT * view.label
    at, taken = fields.index(chosen.field), set[int]()
    for k in sorted(range(len(fields)), key=lambda k: (k != at, fields[k].window.stride == 1, k)):
        if all(abs(k - other) * room > wide for other in taken):
            taken.add(k)
    return taken


def _size(left: float, foot: float, room: float, words: str, view: View, *, bold: bool) -> str:
    """A size above its bar; one that is wider than the bar hangs over the lower ones on its left."""
    width = DIGIT * view.label * len(words)
    x = max(left + room - max(width, room) / 2, width / 2)
    colour = INK if bold else MUTED
    return text(x, foot - 0.65 * view.label, words, size=view.label, anchor="middle", bold=bold, colour=colour)


def _blocks(fields: Sequence[Field], box: Box, view: View) -> Iterator[str]:
    """The blocks' names below their bars."""
    room, y, left = box.width / len(fields), box.y + box.height + 0.9 * view.label, box.x
    for number, members in groupby(fields, lambda field: field.name[4]):
        width = room * len(list(members))
        words = tr(BLOCK, number=number)
        words = words if text_width(words, view.label) < width else number
        yield line(left + 2, y - 0.75 * view.label, left + width - 2, y - 0.75 * view.label, colour=MUTED, thick=1)
        yield text(left + width / 2, y, words, size=view.label, anchor="middle")
        left += width


def _sum(chosen: Chosen, box: Box, view: View) -> str:
    """The sum that the size comes to, above the bars; as long as there is room for."""
    field = chosen.field
    before, jump = (field.before.size, field.before.jump) if field.before else (1, 1)
    said = {"layer": field.name, "before": before, "kernel": field.window.kernel, "jump": jump, "size": field.size}
    words = tr(SUM, **said)
    if text_width(words, view.label) > view.width:
        words = SHORT_SUM.format(more=(field.window.kernel - 1) * jump, **said)
    y = min(box.y - 2.1 * view.label, view.height - 0.7 * view.label)
    return text(view.width / 2, y, words, size=view.label, anchor="middle", bold=True)
