"""The time of one image as a bar: a piece for each layer, in the network's order, beside that of another machine."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from aics.card.theme import INK, MUTED, PAGE
from aics.demos import svg
from aics.demos.boxes import Box
from aics.lab4_dlp.demos.marks import STYLES, mark
from aics.lab4_dlp.demos.vgg19_costs import KINDS, Dot

#: Milliseconds of a kind for which there is room.
_WIDEST = 88.88


def seconds(dots: Sequence[Dot], kind: str = "") -> float:
    """Return the time of all layers, or of those of a kind."""
    return sum(dot.cost.seconds for dot in dots if kind in ("", dot.kind))


def pieces(box: Box, dots: Sequence[Dot], longest: float) -> Iterator[tuple[Dot, Box]]:
    """Yield each layer with its piece of the bar.

    longest : seconds of a bar as wide as the box
    """
    x = box.x
    for dot in dots:
        wide = box.width * dot.cost.seconds / longest
        yield dot, Box(x, box.y, wide, box.height)
        x += wide


def draw_bar(
    box: Box, dots: Sequence[Dot], longest: float, name: str, words: str, size: float, chosen: str = ""
) -> str:
    """Draw one bar with its name to the left and its time to the right.

    box : of the longest bar
    """
    y, parts, ring = (
        box.y + box.height / 2,
        [svg.text(box.x - 0.4 * size, box.y + box.height / 2, name, size=size, anchor="end")],
        "",
    )
    for dot, piece in pieces(box, dots, longest):
        fill = STYLES[dot.kind][0]
        edge = PAGE if piece.width > 4 else "none"
        parts.append(svg.rect(piece.x, piece.y, piece.width, piece.height, fill=fill, line=edge))
        if svg.text_width(dot.name, size) < piece.width:
            parts.append(svg.text(piece.middle[0], y, dot.name, size=size, anchor="middle", colour=svg.ink_on(fill)))
        if dot.name == chosen:
            ring = svg.rect(piece.x - 2, piece.y - 3, max(piece.width, 2) + 4, piece.height + 6, line=INK, thick=3)
    end = box.x + box.width * seconds(dots) / longest
    return "".join(parts) + ring + svg.text(end + 0.4 * size, y, words, size=size, bold=True)


def draw_outline(box: Box, dots: Sequence[Dot], longest: float) -> str:
    """Draw how long a bar is, and no more."""
    wide = box.width * seconds(dots) / longest
    return svg.rect(box.x, box.y - 2, wide, box.height + 4, line=MUTED, thick=2, dash="8 6")


def lines_of_kinds(width: float, words: str, size: float) -> int:
    """Return on how many lines `draw_kinds` writes in this width."""
    each = svg.text_width(words.format(kind=max(KINDS[:-1], key=len), milliseconds=_WIDEST), size) + 1.6 * size
    return math.ceil((len(KINDS) - 1) / max(int(width // each), 1))


def draw_kinds(box: Box, dots: Sequence[Dot], words: str, size: float) -> str:
    """Draw each kind's mark, name and time, one beside the other, on as many lines as it takes.

    words : such as "{kind} {milliseconds:.2f}"
    """
    beside = math.ceil((len(KINDS) - 1) / lines_of_kinds(box.width, words, size))
    wide, parts = box.width / beside, []
    for place, kind in enumerate(KINDS[:-1]):
        x, y = box.x + place % beside * wide, box.y + (0.7 + 1.4 * (place // beside)) * size
        said = words.format(kind=kind, milliseconds=1e3 * seconds(dots, kind))
        parts.append(mark(kind, x + 0.5 * size, y, 0.4 * size) + svg.text(x + 1.2 * size, y, said, size=size))
    return "".join(parts)
