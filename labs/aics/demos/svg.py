"""Pieces of SVG for scenes: functions that return markup, in the stage's pixels, in the page's ink by default.

    svg(view, [array_image(photo, 0, 0, 300, 200), arrow(310, 100, 350, 100), text(360, 100, "sum", size=view.label)])

Colours are written as styles, not as attributes, since only there every browser follows a page's variables. The middle
of a text's letters is at its `y`, so that it stands in the middle of a cell.
"""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Callable, Iterable, Sequence
from math import hypot
from typing import Literal

import numpy as np

from aics.card.theme import INK, LINE, SANS
from aics.demos.demo import View
from aics.show.figure import BLUE

Anchor = Literal["start", "middle", "end"]
#: Of letters, in parts of their height: the way from their middle to the baseline, and the width of a wide font's.
_TO_BASELINE, _LETTER, _BOLD = 0.35, 0.62, 0.7
#: Inks on a fill that is the same in every theme: one of the two can be read on any.
ON_LIGHT, ON_DARK = "#010101", "#ffffff"
#: The least luminance (of 0 to 1, as WCAG 2 computes it) of a fill on which dark ink is read better than white ink.
_BRIGHT = 0.179


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """Return one element; an underscore in an attribute's name becomes a hyphen, and its value is escaped.

    content : markup
    """
    written = "".join(f' {key.replace("_", "-")}="{_written(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def svg(view: View, parts: Iterable[str], *, height: float | None = None) -> str:
    """Return the whole drawing, as wide as the view and as high, or as high as `height` says."""
    high = view.height if height is None else height
    return element(
        "svg",
        "".join(parts) or " ",
        xmlns="http://www.w3.org/2000/svg",
        width=view.width,
        height=high,
        viewBox=f"0 0 {view.width} {_written(high)}",
        style=f"display:block;font-family:{SANS};font-variant-numeric:tabular-nums",
        aria_hidden="true",  # the scene's alternative text is what is read aloud
    )


def group(parts: Iterable[str], *, x: float = 0, y: float = 0, opacity: float = 1) -> str:
    """Return parts together, moved by x and y."""
    return element("g", "".join(parts) or " ", transform=f"translate({_written(x)} {_written(y)})", opacity=opacity)


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float,
    anchor: Anchor = "start",
    colour: str = INK,
    bold: bool = False,
) -> str:
    """Return one line of text, the middle of its letters at y.

    anchor : which of its ends is at x
    """
    return element(
        "text",
        html.escape(words) or " ",
        x=x,
        y=y + _TO_BASELINE * size,
        text_anchor=anchor,
        style=f"fill:{colour};font-size:{_written(size)}px;font-weight:{600 if bold else 400};white-space:pre",
    )


def text_width(words: str, size: float, *, bold: bool = False) -> float:
    """Estimate how many pixels a line of text takes, rather too many; Chinese letters are as wide as they are high."""
    return size * sum(1.0 if ord(letter) > 0x2E80 else _BOLD if bold else _LETTER for letter in words)


def rect(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str = "none",
    line: str = "none",
    thick: float = 1,
    dash: str = "",
    corner: float = 0,
    opacity: float = 1,
) -> str:
    """Return a rectangle.

    fill, line : colours; opacity is that of the fill
    dash : lengths of dashes and gaps, such as "6 4"
    """
    style = f"fill:{fill};fill-opacity:{_written(opacity)};{_stroke(line, thick, dash)}"
    return element("rect", x=x, y=y, width=max(width, 0), height=max(height, 0), rx=corner, style=style)


def line(x1: float, y1: float, x2: float, y2: float, *, colour: str = INK, thick: float = 2, dash: str = "") -> str:
    """Return a straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, style=_stroke(colour, thick, dash))


def path(
    points: Iterable[tuple[float, float]],
    *,
    colour: str = INK,
    thick: float = 2,
    dash: str = "",
    fill: str = "none",
    closed: bool = False,
) -> str:
    """Return straight lines through points, such as a curve of values."""
    corners = " ".join(f"{_written(x)},{_written(y)}" for x, y in points)
    style = f"fill:{fill};stroke-linejoin:round;{_stroke(colour, thick, dash)}"
    return element("polygon" if closed else "polyline", points=corners, style=style)


def circle(x: float, y: float, radius: float, *, fill: str = INK, line: str = "none", thick: float = 1) -> str:
    """Return a disc round a point."""
    return element("circle", cx=x, cy=y, r=radius, style=f"fill:{fill};{_stroke(line, thick)}")


def arrow(x1: float, y1: float, x2: float, y2: float, *, colour: str = INK, thick: float = 3) -> str:
    """Return a line with a head at its second end."""
    along = hypot(x2 - x1, y2 - y1) or 1.0
    ux, uy, head = (x2 - x1) / along, (y2 - y1) / along, min(4 * thick, along)
    neck_x, neck_y, half = x2 - head * ux, y2 - head * uy, 0.5 * head
    corners = [(x2, y2), (neck_x - half * uy, neck_y + half * ux), (neck_x + half * uy, neck_y - half * ux)]
    tip = path(corners, colour="none", thick=0, fill=colour, closed=True)
    return line(x1, y1, neck_x, neck_y, colour=colour, thick=thick) + tip


def bars(
    x: float,
    y: float,
    width: float,
    height: float,
    values: Sequence[float] | np.ndarray,
    *,
    most: float | None = None,
    fill: str = BLUE,
    gap: float = 0.1,
) -> str:
    """Return upright bars side by side, such as a histogram, on the lower edge of a box.

    values : 0 or more each
    most : the value of a bar as high as the box; the largest one if not given
    gap : between two bars, as a fraction of a bar's room
    """
    numbers = [float(value) for value in values]
    top, room = most or max(numbers, default=0) or 1.0, width / max(len(numbers), 1)
    high = [height * min(value / top, 1) for value in numbers]
    return "".join(
        rect(x + room * (k + gap / 2), y + height - h, room * (1 - gap), h, fill=fill) for k, h in enumerate(high)
    )


def array_url(pixels: np.ndarray, kind: Literal["png", "jpeg"] = "png") -> str:
    """Return an array as the address of an image that holds all of it.

    pixels : (H, W) or (H, W, 3) uint8; (H, W, 4) with its opacity as the last channel, as PNG only
    """
    from PIL import Image

    file = io.BytesIO()
    how = {"compress_level": 1} if kind == "png" else {"quality": 85}
    Image.fromarray(np.ascontiguousarray(pixels)).save(file, kind, **how)
    return f"data:image/{kind};base64,{base64.b64encode(file.getvalue()).decode('ascii')}"


def array_image(
    pixels: np.ndarray,
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    kind: Literal["png", "jpeg"] = "png",
    smooth: bool = False,
) -> str:
    """Return an array as an image that fills a box.

    pixels : (H, W) or (H, W, 3) uint8, or (H, W, 4) with its opacity
    kind : jpeg is smaller for photos of many pixels
    smooth : whether pixels are blended; else each is a sharp square
    """
    shown = "auto" if smooth else "pixelated"
    return element(
        "image",
        href=array_url(pixels, kind),
        x=x,
        y=y,
        width=width,
        height=height,
        preserveAspectRatio="none",
        style=f"image-rendering:{shown}",
    )


def ink_on(fill: str) -> str:
    """Return the ink, black or white, that is read better on a fill such as "#0072B2"."""
    levels = np.array([int(fill[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    linear = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)
    return ON_LIGHT if float(linear @ [0.2126, 0.7152, 0.0722]) > _BRIGHT else ON_DARK


def number_table(
    values: np.ndarray,
    x: float,
    y: float,
    cell: float,
    *,
    size: float,
    fills: Sequence[Sequence[str]] | None = None,
    wide: float | None = None,
    written: Callable[[float], str] = "{:g}".format,
) -> str:
    """Return a table of numbers, row 0 on top; a cell with nan stays empty.

    values : (R, C)
    cell, wide : a cell's height, and its width if that differs
    size : of the letters
    fills : for each cell a colour "#rrggbb", on which the ink is chosen, or any other for the page's ink
    """
    wide, parts = cell if wide is None else wide, []
    for (r, c), value in np.ndenumerate(values):
        fill, left, top = fills[r][c] if fills else "none", x + c * wide, y + r * cell
        ink = ink_on(fill) if len(fill) == 7 and fill[0] == "#" else INK
        parts.append(rect(left, top, wide, cell, fill=fill, line=LINE))
        if np.isfinite(value):
            words = written(float(value))
            parts.append(text(left + wide / 2, top + cell / 2, words, size=size, anchor="middle", colour=ink))
    return "".join(parts)


def _stroke(colour: str, thick: float, dash: str = "") -> str:
    dashes = f";stroke-dasharray:{dash}" if dash else ""
    return f"stroke:{colour};stroke-width:{_written(thick)}{dashes}"


def _written(value: object) -> str:
    """A value as an attribute: numbers to a hundredth of a pixel, the rest escaped."""
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return html.escape(str(value))
