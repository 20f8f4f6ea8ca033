"""The time of one image as a bar: a piece for each layer, in the network's order, beside that of another machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aics.card.theme import INK, MUTED, PAGE
from aics.demos import svg
from aics.demos.boxes import Box
from aics.lab4_dlp.demos.marks import STYLES, mark
from aics.lab4_dlp.demos.vgg19_costs import KINDS, Dot


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


def draw_kinds(box: Box, dots: Sequence[Dot], words: str, size: float) -> str:
    """Draw each kind's mark, name and time, one beside the other, on as many lines as it takes.

    words : such as "{kind} {milliseconds:.2f}"
    """
    x, y, parts = box.x, box.y + 0.7 * size, []
    for kind in KINDS[:-1]:
        said = words.format(kind=kind, milliseconds=1e3 * seconds(dots, kind))
        wide = svg.text_width(said, size) + 2 * size
        if x + wide > box.right and x > box.x:
            x, y = box.x, y + 1.4 * size
        parts.append(mark(kind, x + 0.5 * size, y, 0.4 * size) + svg.text(x + 1.2 * size, y, said, size=size))
        x += wide
    return "".join(parts)
