"""A small drawing as data, written as SVG for notebooks or as PNG where HTML is sanitised."""

from __future__ import annotations

import html
import io
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aics.card.letters import font, has_chinese
from aics.card.theme import DRAWN_INK, DRAWN_MUTED, SANS, THEMED

if TYPE_CHECKING:
    from PIL import ImageDraw

INK, MUTED, OUTLINE = DRAWN_INK, DRAWN_MUTED, "#111111"
#: Colours of a PNG: the shades of its boxes, and of the edges of its letters.
COLOURS = 64


@dataclass(frozen=True)
class Box:
    """A filled rectangle; one that is `over` is drawn above all that are not. Equal fills are drawn together."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    over: bool = False


@dataclass(frozen=True)
class Mark:
    """A triangle that points down to (x, y)."""

    x: float
    y: float
    fill: str = INK


@dataclass(frozen=True)
class Text:
    """One line of text; (x, y) is the middle of its height at `anchor`: start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "middle"
    size: float = 11
    colour: str = INK


@dataclass
class Sketch:
    """What to draw, in CSS pixels from the top left; `alt` says the same in words."""

    width: float
    height: float
    alt: str
    shapes: list[Box | Mark | Text] = field(default_factory=list)


def to_svg(sketch: Sketch) -> str:
    """Return the sketch as inline SVG, which a narrow page scales down; text follows the page's theme."""
    fills: dict[tuple[bool, str], list[str]] = defaultdict(list)
    above = []
    for shape in sketch.shapes:
        if isinstance(shape, Box):
            outline = f"M{shape.x:g} {shape.y:g}h{shape.width:g}v{shape.height:g}h{-shape.width:g}z"
            fills[shape.over, shape.fill].append(outline)
        elif isinstance(shape, Mark):
            path = f"M{shape.x:g} {shape.y:g}l-5 -8h10z"
            above.append(f'<path d="{path}" style="fill:{THEMED.get(shape.fill, shape.fill)}"/>')
        else:
            above.append(
                f'<text x="{shape.x:g}" y="{shape.y + 0.35 * shape.size:g}" text-anchor="{shape.anchor}"'
                f' font-size="{shape.size:g}" style="fill:{THEMED.get(shape.colour, shape.colour)}">'
                f"{html.escape(shape.text)}</text>"
            )
    boxes = sorted(fills.items(), key=lambda item: item[0][0])
    below = [f'<path d="{"".join(paths)}" fill="{fill}"/>' for (_, fill), paths in boxes]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{html.escape(sketch.alt)}"'
        f' width="{sketch.width:g}" height="{sketch.height:g}"'
        f' viewBox="0 0 {sketch.width:g} {sketch.height:g}"'
        f' style="display:block;max-width:100%;height:auto;font-family:{SANS}">'
        f"{''.join(below)}{''.join(above)}</svg>"
    )


def to_png(sketches: list[Sketch], *, scale: int = 2, gap: int = 12) -> bytes:
    """Return the bytes of one PNG: the sketches below each other, on white, `scale` pixels to a CSS pixel.

    A palette makes it a third as large, and a class's feedback holds many of them.
    """
    from PIL import Image, ImageDraw  # only feedback needs it: the student's check starts faster

    width, height = size_of(sketches, gap=gap)
    image = Image.new("RGB", (width * scale, height * scale), "white")
    pen = ImageDraw.Draw(image)
    top = 0.0
    for sketch in sketches:
        for shape in sorted(sketch.shapes, key=_layer):
            _draw(pen, shape, top, scale)
        top += sketch.height + gap
    stream = io.BytesIO()
    image.quantize(COLOURS).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def size_of(sketches: list[Sketch], *, gap: int = 12) -> tuple[int, int]:
    """Return width and height, in CSS pixels, of the sketches below each other."""
    width = max((sketch.width for sketch in sketches), default=1)
    height = sum(sketch.height for sketch in sketches) + gap * (len(sketches) - 1)
    return max(1, round(width)), max(1, round(height))


def _layer(shape: Box | Mark | Text) -> int:
    """Boxes lie lowest, then those over them, then marks and text."""
    return int(shape.over) if isinstance(shape, Box) else 2


def _draw(pen: ImageDraw.ImageDraw, shape: Box | Mark | Text, top: float, scale: int) -> None:
    """Draw one shape with Pillow, `top` CSS pixels further down."""
    x, y = shape.x * scale, (shape.y + top) * scale
    if isinstance(shape, Box):
        pen.rectangle([x, y, x + shape.width * scale - 1, y + shape.height * scale - 1], fill=shape.fill)
    elif isinstance(shape, Mark):
        pen.polygon([x, y, x - 5 * scale, y - 8 * scale, x + 5 * scale, y - 8 * scale], fill=shape.fill)
    else:
        anchor = {"start": "lm", "middle": "mm", "end": "rm"}[shape.anchor]
        pen.text(
            (x, y),
            shape.text,
            fill=shape.colour,
            font=font(shape.size * scale, chinese=has_chinese(shape.text)),
            anchor=anchor,
        )
