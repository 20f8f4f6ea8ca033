"""The machine's roof in the roofline's plot: what memory allows, what arithmetic allows, and words on both."""

from __future__ import annotations

from collections.abc import Mapping

from aics.card.theme import INK, LINE
from aics.demos import svg
from aics.demos.boxes import Box
from aics.lab4_dlp.demos.roofline_plot import INTENSITIES, Axes
from aics.pycnml.cost_model import Machine

#: Where along the slope the bandwidth is written.
_ON_SLOPE = 6.0
#: The intensity below which all layers lie that compare one number after another.
_COMPARING = 2.0


def draw_roof(axes: Axes, machine: Machine, *, faint: bool = False) -> str:
    """Draw what the machine can do at best, and where its two parts meet."""
    low, high = INTENSITIES
    points = [(low, low * machine.bandwidth), (machine.ridge, machine.peak), (high, machine.peak)]
    if machine.ridge <= low:
        points = [(low, machine.peak), (high, machine.peak)]
    pixels = [(axes.x(intensity), axes.y(rate)) for intensity, rate in points]
    if faint:
        return svg.path(pixels, colour=LINE, thick=2, dash="8 6")
    ridge = axes.x(machine.ridge)
    foot = svg.line(ridge, axes.y(machine.peak), ridge, axes.plot.bottom, colour=LINE, dash="3 5")
    return foot + svg.path(pixels, colour=INK, thick=3)


def compared(machine: Machine) -> float:
    """Return how many numbers the machine compares in a second, at best."""
    return machine.cores * machine.lanes * machine.clock


def draw_lanes(axes: Axes, machine: Machine) -> str:
    """Draw the lower roof of layers that only compare, where it is below the slope."""
    if not _lanes_seen(machine):
        return ""
    start, y = axes.x(max(compared(machine) / machine.bandwidth, INTENSITIES[0])), axes.y(compared(machine))
    return svg.line(start, y, axes.x(_COMPARING), y, colour=INK, dash="2 4")


def _lanes_seen(machine: Machine) -> bool:
    return compared(machine) < _COMPARING * machine.bandwidth


def note_boxes(axes: Axes, machine: Machine, words: Mapping[str, str], size: float) -> dict[str, Box]:
    """Return where the words on the roof stand.

    words : "memory" by the slope, "peak" on the flat part, "ridge" below where both meet, and "lanes" beside the roof
    of those layers that compare; those that have no room, or nothing to say, have no box
    """
    plot, high = axes.plot, 1.1 * size
    wide = {name: svg.text_width(said, size) for name, said in words.items()}
    slope = min(_ON_SLOPE, machine.ridge)
    x = max(axes.x(slope) - wide["memory"] - 0.2 * size, plot.x)
    boxes = {
        "memory": Box(x, axes.y(slope * machine.bandwidth) - 1.5 * size, wide["memory"], high),
        **_peak_box(axes, machine, wide["peak"], high),
    }
    if _lanes_seen(machine):
        x = axes.x(_COMPARING) + 0.3 * size
        boxes["lanes"] = Box(x, axes.y(compared(machine)) - high / 2, wide["lanes"], high)
    return boxes | _ridge_box(axes, machine, wide["ridge"], high, [*boxes.values()])


def _peak_box(axes: Axes, machine: Machine, wide: float, high: float) -> dict[str, Box]:
    """On the flat roof; where it is too near to the plot's edge below it, if it is long enough."""
    x, y = axes.plot.right - wide, axes.y(machine.peak)
    if y - 1.5 * high > axes.plot.y - 0.5 * high:
        return {"peak": Box(x, y - 1.5 * high, wide, high)}
    return {"peak": Box(x, y + 0.2 * high, wide, high)} if x > axes.x(machine.ridge) else {}


def _ridge_box(axes: Axes, machine: Machine, wide: float, high: float, taken: list[Box]) -> dict[str, Box]:
    """At the foot of the line below the ridge, or further up where other words are; nowhere if there is no room."""
    ridge, gap = axes.x(machine.ridge), 0.4 * high
    x = ridge + gap if ridge + gap + wide < axes.plot.right else ridge - gap - wide
    rows = [Box(x, axes.plot.bottom - (2.4 + 1.2 * up) * high, wide, high) for up in range(3)]
    under = axes.y(min(machine.peak, machine.bandwidth * axes.intensity(x)))
    free = [row for row in rows if row.y > under and not any(map(row.meets, taken))]
    return {"ridge": free[0]} if free else {}


def draw_notes(boxes: Mapping[str, Box], words: Mapping[str, str], size: float) -> str:
    """Write the words on the roof where they stand."""
    return "".join(_note(box, words[name], size, name in ("memory", "peak")) for name, box in boxes.items())


def _note(box: Box, words: str, size: float, bold: bool) -> str:
    return svg.text(box.right, box.middle[1], words, size=size, anchor="end", bold=bold)
