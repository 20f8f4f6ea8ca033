"""The drawing of the loss scale: a histogram in half precision's zones, shares as large numbers, the scale's way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from aics.card.theme import INK, MUTED
from aics.demos.boxes import Box
from aics.demos.demo import View
from aics.demos.svg import circle, line, path, rect, svg, text, text_width
from aics.lab6_mixed_sparse.demos.half_range import END, FULL, HIGH, LAST, LOW, Shares
from aics.language import noted, tr
from aics.show.figure import BLUE, ORANGE, PURPLE, RED

SCALE, POWERS = noted("loss × 2{power} = {number:,}"), noted("scale")
#: The zones from left to right: what numbers there become, the zone's ends, and its colour, as in lab 6's pictures.
ZONES = (
    (noted("vanished"), "0", LOW, LAST - 1, RED),
    (noted("subnormal"), noted("subnormal"), LAST - 1, FULL, ORANGE),
    (noted("all digits"), noted("all digits"), FULL, END, BLUE),
    (noted("overflowed"), noted("infinite"), END, HIGH, PURPLE),
)
#: Exponents below the axis, and what stands there.
TICKS = ((LAST - 16, ""), (LAST - 1, ""), (FULL, ""), (0, "1"), (END, "65504"))
TINT = 0.16
#: Heights of the row of numbers and of the scale's way; from where on all numbers stand in one row; up to which height
#: there is room for one of the two only; from which height on zones
#: have their names above; what the histogram needs at least: all in label heights.
NUMBERS, WAY, ONE_ROW, LOW_STAGE, HIGH_ZONES, LOWEST = 3.5, 4.2, 25, 10.5, 6, 6.5
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Shown:
    """What is to be drawn.

    Attributes
    ----------
    power : int
        The scale is two to this power.
    bins : array
        Parts of the gradient by their exponent, scaled.
    shares : Shares
    ghost : array or None
        The bins before they were scaled.
    powers, skipped : lists
        Of the steps up to now, where the scale finds itself.
    steps : int
        In all.
    """

    power: int
    bins: np.ndarray
    shares: Shares
    ghost: np.ndarray | None
    powers: Sequence[int] = field(default=())
    skipped: Sequence[bool] = field(default=())
    steps: int = 0


def waiting(words: str, brief: str, view: View) -> str:
    """Return a stage on which nothing is to be seen yet; `brief` is what it says where there is no room for `words`."""
    said = brief if text_width(words, view.label) > view.width else words
    return svg(view, [text(view.width / 2, view.height / 2, said, size=view.label, anchor="middle")])


def drawn(shown: Shown, view: View) -> str:
    """Return the markup of the whole stage."""
    label, rows = view.label, 1 if view.width >= ONE_ROW * view.label else 2
    way = WAY * label if shown.powers and view.height > (WAY + LOWEST) * label else 0.0
    numbers = NUMBERS * label * rows if view.height - way > LOW_STAGE * label else 0.0
    top, foot = 2.0 * label, view.height - way - numbers - 1.7 * label
    zones, named = Box(0, top, view.width, foot - top), not numbers or foot - top > HIGH_ZONES * label
    words = tr(SCALE, power=raised(shown.power), number=2**shown.power)
    parts = [
        text(view.width / 2, 0.9 * label, words, size=label, anchor="middle", bold=True),
        *_zones(view, zones, named),
        *_ghost(shown, view, zones, named),
        *_bins(shown, view, zones, named),
        *_axis(view, foot),
    ]
    if numbers:
        parts += _numbers(shown.shares, view, foot + 1.8 * label, rows)
    if way:
        parts += _way(shown, view, view.height - way + 0.4 * label, view.height - 0.3 * label)
    return svg(view, parts)


def raised(power: int) -> str:
    """Return an integer in raised digits."""
    return str(power).translate(_RAISED)


def _x(exponent: float, view: View) -> float:
    return view.width * (exponent - LOW) / (HIGH - LOW)


def _zones(view: View, zones: Box, named: bool) -> Iterator[str]:
    """Half precision's zones, with their names where there is room."""
    for _, name, low, high, colour in ZONES:
        name, left, width = tr(name), _x(low, view), _x(high, view) - _x(low, view)
        yield rect(left, zones.y, width, zones.height, fill=colour, opacity=TINT)
        yield line(left, zones.y, left, zones.bottom, colour=MUTED, thick=1, dash="4 4")
        if text_width(name, view.label) * 1.05 < width and named:
            yield text(left + width / 2, zones.y + 0.9 * view.label, name, size=view.label, anchor="middle")


def _height(share: float, most: float, zones: Box, view: View, named: bool) -> float:
    """How high a bar is: it leaves room for the zones' names."""
    return (zones.height - (1.8 if named else 0.3) * view.label) * share / most


def _bins(shown: Shown, view: View, zones: Box, named: bool) -> Iterator[str]:
    """A bar for each exponent, in the colour of what becomes of its numbers."""
    most, room = float(shown.bins.max()) or 1.0, view.width / len(shown.bins)
    for k, share in enumerate(shown.bins):
        if share:
            high = _height(float(share), most, zones, view, named)
            yield rect(k * room + 0.06 * room, zones.bottom - high, 0.88 * room, high, fill=_colour(LOW + k))


def _colour(exponent: int) -> str:
    return next(colour for _, _, low, high, colour in ZONES if low <= exponent < high)


def _ghost(shown: Shown, view: View, zones: Box, named: bool) -> Iterator[str]:
    """Where the histogram was before it was scaled."""
    if shown.ghost is None or not shown.power:
        return
    most, points = float(shown.ghost.max()) or 1.0, []
    for k, share in enumerate(shown.ghost):
        y = zones.bottom - _height(float(share), most, zones, view, named)
        points += [(_x(LOW + k, view), y), (_x(LOW + k + 1, view), y)]
    yield path(points, colour=MUTED, thick=2, dash="5 4")


def _axis(view: View, foot: float) -> Iterator[str]:
    yield line(0, foot, view.width, foot, thick=2)
    for exponent, name in TICKS:
        words = name or f"2{raised(exponent)}"
        yield line(_x(exponent, view), foot, _x(exponent, view), foot + 0.3 * view.label, thick=2)
        yield text(_x(exponent, view), foot + view.label, words, size=view.label, anchor="middle")


def _numbers(shares: Shares, view: View, top: float, rows: int) -> Iterator[str]:
    """The four shares as large numbers, with their zones' colours."""
    label, columns = view.label, len(ZONES) // rows
    room = view.width / columns
    for k, ((name, _, _, _, colour), share) in enumerate(zip(ZONES, shares, strict=True)):
        left, y = (k % columns) * room, top + NUMBERS * label * (k // columns)
        yield rect(left, y + 0.2 * label, 0.4 * label, 2.8 * label, fill=colour)
        yield text(left + 0.7 * label, y + 0.9 * label, percent(share), size=1.6 * label, bold=True)
        yield text(left + 0.7 * label, y + 2.5 * label, tr(name), size=label)


def percent(share: float) -> str:
    """Return a share in per cent; what is neither nothing nor all is never written as 0 or 100."""
    if 0 < share < 0.005:
        return "< 1 %"
    if 0.995 <= share < 1:
        return "> 99 %"
    return f"{100 * share:.0f} %"


def _way(shown: Shown, view: View, top: float, foot: float) -> Iterator[str]:
    """The scale, step by step, with a mark where a step was skipped."""
    name, low, high = tr(POWERS), min(shown.powers) - 1, max(shown.powers) + 1
    left = max(3.6 * view.label, text_width(name, view.label) + 0.5 * view.label)
    room, points = (view.width - left - 0.5 * view.label) / shown.steps, []
    for step, power in enumerate(shown.powers):
        y = foot - (foot - top) * (power - low) / (high - low)
        points += [(left + step * room, y), (left + (step + 1) * room, y)]
    yield text(0, top + 0.8 * view.label, name, size=view.label)
    yield text(0, top + 2.3 * view.label, f"2{raised(shown.power)}", size=view.label, bold=True)
    yield line(left, foot, view.width, foot, colour=MUTED, thick=1)
    yield path(points, colour=INK, thick=3)
    for (x, y), skipped in zip(points[::2], shown.skipped, strict=True):
        if skipped:
            yield circle(x + room / 2, y, 0.22 * view.label, fill=PURPLE)
