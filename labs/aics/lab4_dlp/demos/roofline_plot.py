"""The roofline's plot: both axes logarithmic, and a mark with a name for each layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, log10, sqrt

from aics.card.theme import INK, LINE, MUTED, PAGE
from aics.demos import svg
from aics.demos.boxes import Box
from aics.lab4_dlp.demos.marks import mark
from aics.lab4_dlp.demos.vgg19_costs import Dot

#: What the axes show: operations for each byte, and operations a second.
INTENSITIES, RATES = (1e-1, 2e4), (3e9, 1e15)
#: The part of the whole time from which on a layer is named.
_LEAST = 0.01
_PREFIXES = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))


def short(number: float) -> str:
    """Return a number with three digits and a prefix, such as "1.85 G"."""
    for size, prefix in _PREFIXES:
        if number >= 0.9995 * size:
            return f"{number / size:.3g} {prefix}"
    return f"{number:.3g}"


@dataclass(frozen=True)
class Axes:
    """Where a value stands in a plot."""

    plot: Box

    def x(self, intensity: float) -> float:
        """Return the pixel of so many operations for each byte."""
        return self.plot.x + self.plot.width * _part(intensity, INTENSITIES)

    def y(self, rate: float) -> float:
        """Return the pixel of so many operations a second."""
        return self.plot.bottom - self.plot.height * _part(rate, RATES)

    def intensity(self, x: float) -> float:
        """Return the operations for each byte at a pixel."""
        low, high = map(log10, INTENSITIES)
        power: float = 10 ** (low + (high - low) * (x - self.plot.x) / self.plot.width)
        return power

    def place(self, dot: Dot) -> tuple[float, float]:
        """Return a layer's pixel; one that does nothing but move is at the plot's corner."""
        return self.x(max(dot.intensity, INTENSITIES[0])), self.y(max(dot.rate, RATES[0]))


def _part(value: float, ends: tuple[float, float]) -> float:
    """How far a value is between both ends of an axis, 0 to 1."""
    low, high = map(log10, ends)
    return min(max((log10(value) - low) / (high - low), 0), 1)


def draw_axes(axes: Axes, words: tuple[str, str], size: float) -> str:
    """Draw both axes with their powers of ten.

    words : their titles, first the one below
    """
    plot = axes.plot
    parts = [svg.line(plot.x, plot.bottom, plot.right, plot.bottom), svg.line(plot.x, plot.y, plot.x, plot.bottom)]
    for intensity, name in ((0.1, "0.1"), (1, "1"), (10, "10"), (100, "100"), (1e3, "1 k"), (1e4, "10 k")):
        parts.append(svg.text(axes.x(intensity), plot.bottom + 0.85 * size, name, size=size, anchor="middle"))
    powers = range(10, 15, 1 if plot.height > 9 * size else 2)
    for rate in (10.0**power for power in powers):
        y = axes.y(rate)
        parts.append(svg.line(plot.x, y, plot.right, y, colour=LINE, thick=1))
        parts.append(svg.text(plot.x - 0.3 * size, y, short(rate), size=size, anchor="end"))
    below, beside = title_boxes(axes, words, size)
    parts.append(svg.text(below.right, below.middle[1], words[0], size=size, anchor="end", colour=MUTED))
    parts.append(svg.text(beside.x, beside.middle[1], words[1], size=size, colour=MUTED))
    return "".join(parts)


def title_boxes(axes: Axes, words: tuple[str, str], size: float) -> tuple[Box, Box]:
    """Return where the titles of both axes stand, inside the plot."""
    plot, (below, beside) = axes.plot, (svg.text_width(said, size) for said in words)
    return (
        Box(plot.right - below, plot.bottom - 1.3 * size, below, size),
        Box(plot.x + 0.4 * size, plot.y + 0.1 * size, beside, size),
    )


def radius(dot: Dot, whole: float, size: float) -> float:
    """Return a mark's radius: its area is a layer's part of the whole time, as long as it can be seen."""
    return size * max(1.3 * sqrt(dot.cost.seconds / whole), 0.36)


def draw_dots(axes: Axes, dots: Sequence[Dot], chosen: str, size: float) -> str:
    """Draw the layers that compute, those that take longest first, and a ring round the chosen one."""
    whole, parts = sum(dot.cost.seconds for dot in dots), []
    for dot in sorted(dots, key=lambda dot: -dot.cost.seconds):
        x, y = axes.place(dot)
        if dot.operations:
            parts.append(mark(dot.kind, x, y, radius(dot, whole, size), edge=PAGE))
        if dot.name == chosen:
            ring = svg.circle(x, y, radius(dot, whole, size) + 0.3 * size, fill="none", line=INK, thick=3)
    return "".join(parts) + ring


def draw_hollow(axes: Axes, dots: Sequence[Dot], size: float) -> str:
    """Draw where the layers were on another machine."""
    places = {(dot.kind, *axes.place(dot)) for dot in dots if dot.operations}
    return svg.group((mark(kind, x, y, 0.2 * size, filled=False) for kind, x, y in sorted(places)), opacity=0.6)


def draw_names(axes: Axes, dots: Sequence[Dot], chosen: str, size: float, taken: Sequence[Box]) -> str:
    """Name the chosen layer, and of the others those that take longest, as long as there is room.

    taken : where other words stand
    """
    whole, groups = sum(dot.cost.seconds for dot in dots), _groups(axes, dots)
    met = [*taken, *(_around(axes.place(some[0]), 0.8 * radius(some[0], whole, size)) for some in groups)]
    parts = []
    for some in sorted(groups, key=lambda some: (chosen not in _names(some), -_seconds(some))):
        bold = chosen in _names(some)
        words = chosen if bold else group_name(some)
        room = _room(axes, some[0], words, radius(some[0], whole, size), size, met)
        if room is not None and (bold or _seconds(some) > _LEAST * whole):
            met.append(room)
            parts.append(svg.text(room.x, room.middle[1], words, size=size, bold=bold))
    return "".join(parts)


def _seconds(dots: Sequence[Dot]) -> float:
    return sum(dot.cost.seconds for dot in dots)


def _groups(axes: Axes, dots: Sequence[Dot]) -> list[list[Dot]]:
    """Layers of one kind at the same pixel."""
    found: dict[tuple[str, int, int], list[Dot]] = {}
    for dot in dots:
        if dot.operations:
            x, y = axes.place(dot)
            found.setdefault((dot.kind, round(x), round(y)), []).append(dot)
    return list(found.values())


def _names(dots: Sequence[Dot]) -> list[str]:
    return [dot.name for dot in dots]


def group_name(dots: Sequence[Dot]) -> str:
    """Return a name for some layers of one kind: "conv4_2", "conv4_2-4" or, of several blocks, "conv"."""
    first, last = dots[0].name, dots[-1].name
    if first == last:
        return first
    block, _, index = last.partition("_")
    return f"{first}-{index}" if index and first.startswith(f"{block}_") else dots[0].kind


def _around(place: tuple[float, float], reach: float) -> Box:
    x, y = place
    return Box(x - reach, y - reach, 2 * reach, 2 * reach)


def _room(axes: Axes, dot: Dot, words: str, reach: float, size: float, taken: Sequence[Box]) -> Box | None:
    """Where a name fits beside its mark without meeting another: to the right of it below the roof, else above."""
    (x, y), wide = axes.place(dot), svg.text_width(words, size) + 0.2 * size
    beside, under = 0.7 * reach + 0.2 * size, reach / size
    ways = ((x + beside, 0.2), (x - beside - wide, -1.2), (x - wide / 2, under), (x - wide / 2, -1.1 - under))
    for start, down in ways:
        room = Box(start, y + (down + 0.02) * size, wide, 0.98 * size)
        inside = (
            room.x >= axes.plot.x and room.right <= axes.plot.right and room.bottom <= axes.plot.bottom + 0.1 * size
        )
        if inside and room.y >= axes.plot.y and not any(map(room.meets, taken)):
            return room
    return None


def nearest(axes: Axes, dots: Sequence[Dot], x: float, y: float, reach: float) -> Dot | None:
    """Return the layer whose mark is nearest to a pixel, of several the one that takes longest; None if all are far."""
    at = [(round(hypot(x - px, y - py)), -dot.cost.seconds, dot) for dot in dots for px, py in [axes.place(dot)]]
    distance, _, dot = min((item for item in at if item[2].operations), key=lambda item: item[:2])
    return dot if distance <= reach else None
