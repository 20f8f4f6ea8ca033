"""Pictures of a verdict's evidence: where values differ, and where a time lies on the points' curve."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence

import numpy as np

from aics.card.sketch import MUTED, OUTLINE, Box, Mark, Sketch, Text, to_png, to_svg
from aics.card.words import clean, number, say, times, value
from aics.check.output import called
from aics.check.rules import SpeedLimits
from aics.check.verdict import Evidence, SpeedReading
from aics.language import sentences

#: x and y, or width and height, in CSS pixels.
Pair = tuple[float, float]
#: Red, green and blue, 0 to 255.
Colour = tuple[int, int, int]
#: Ends of the diverging palette: told apart by every kind of colour vision, light enough for dark text.
NEGATIVE, ZERO, POSITIVE = (92, 157, 214), (255, 255, 255), (240, 152, 64)
GRID, NOT_A_NUMBER, PAPER = "#d0d0d0", "#b4b4b4", "#f4f4f4"
WIDEST = 704  # CSS pixels a card leaves for a picture
SHADES = 16  # shades on each side of zero: few, so that an SVG groups its cells
MOST_CELLS = 16  # a side


def evidence_svg(evidence: Evidence) -> str:
    """Return three panels as inline SVG: what was expected, what was got, and where they differ."""
    return to_svg(evidence_sketch(evidence))


def speed_svg(speed: SpeedReading) -> str:
    """Return the student's time on the curve of points, as inline SVG."""
    return to_svg(speed_sketch(speed))


def evidence_png(evidence: Evidence | None, speed: SpeedReading | None = None) -> bytes:
    """Return both pictures as one PNG, for pages that strip SVG; at least one must be given."""
    return to_png(sketches(evidence, speed))


def sketches(evidence: Evidence | None, speed: SpeedReading | None) -> list[Sketch]:
    """Return the sketches that there are of a verdict, in reading order."""
    drawn = [evidence_sketch(evidence)] if evidence is not None else []
    return drawn + ([speed_sketch(speed)] if speed is not None else [])


def evidence_words(evidence: Evidence) -> str:
    """Say what the picture shows: how many values are wrong, by how much, and the first of them."""
    wrong, size = evidence.wrong, evidence.size
    expected, got, marks = cells(evidence)
    if marks.any() and np.isfinite(expected[marks]).all() and not np.isfinite(got[marks]).any():
        key = "not_finite"
    elif wrong == size:
        key = "only_wrong" if size == 1 else "all_wrong"
    else:
        key = "one_wrong" if wrong == 1 else "some_wrong"
    said = [say(key, output=clean(called(evidence.output), 80), wrong=wrong, size=size), error_words(evidence)]
    row, column = _first_wrong(evidence)
    if 0 <= row < got.shape[0] and 0 <= column < got.shape[1]:
        named = {"expected": evidence.expected, "got": evidence.got}
        values = {name: value(np.atleast_2d(part)[row, column]) for name, part in named.items()}
        said.append(say("first_wrong", place=_place(evidence, evidence.index), **values))
    return sentences(*said)


def error_words(evidence: Evidence) -> str:
    """Say the largest error, and what is allowed if that is one number; "" where nothing is, or it is not finite."""
    if not math.isfinite(evidence.error) or evidence.allowed == 0:
        return ""
    if math.isnan(evidence.allowed):
        return say("error_by_factor", error=number(evidence.error))
    return say("error", error=number(evidence.error), allowed=number(evidence.allowed))


def speed_words(speed: SpeedReading) -> str:
    """Say the measured ratio, the two limits of the curve, and what the time is compared with."""
    key = "speed_reading" if math.isfinite(speed.ratio) else "speed_unmeasured"
    reading = say(key, ratio=times(speed.ratio), full=times(speed.full), zero=times(speed.zero))
    return sentences(reading, say("against", against=clean(speed.against, 200)) if speed.against else "")


def slice_words(evidence: Evidence) -> str:
    """Return the slice that is shown, as NumPy would index it: ``output[0, 1, 0:4, 2:7]``."""
    rows, columns = cells(evidence)[0].shape
    top, left = evidence.corner
    shown = (f"{top}:{top + rows}", f"{left}:{left + columns}")
    axes = len(evidence.index)
    return _place(evidence, evidence.index[:-2] + (shown if axes > 1 else shown[1:] if axes else ()))


def cells(evidence: Evidence) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the expected and the got slice as floats, and which of their cells are wrong: three (R, C) arrays."""
    parts = (np.asarray(evidence.expected, float), np.asarray(evidence.got, float), np.asarray(evidence.marks, bool))
    rows, columns = (
        min(MOST_CELLS, *sizes) for sizes in zip(*(np.atleast_2d(part).shape for part in parts), strict=True)
    )
    expected, got, wrong = (np.atleast_2d(part)[:rows, :columns] for part in parts)
    return expected, got, wrong


def evidence_sketch(evidence: Evidence) -> Sketch:
    """Lay out the three panels: side by side, or below each other for a long row."""
    expected, got, wrong = cells(evidence)
    with np.errstate(all="ignore"):
        differs = np.where(wrong, got - expected, 0.0)
    scale = _largest(expected, got)
    panels = (
        ("panel_expected", expected, scale, _labels(expected)),
        ("panel_got", got, scale, _labels(got)),
        ("panel_differs", differs, _largest(differs), np.where(wrong, _labels(differs), "")),
    )
    rows, columns = expected.shape
    letters = max((len(label) for *_, labels in panels for label in labels.flat), default=1)
    wide = max(30.0, round(5.6 * letters + 6))
    edge = 8.0 + 6.5 * len(str(evidence.corner[0] + rows))
    stacked = rows <= 2 < 6 < columns
    if stacked:
        across, down = min(wide, (WIDEST - 110 - edge) // columns), 24.0
        step, start = (0.0, rows * down + 10), (110 + edge, 18.0)
        end = (start[0] + columns * across, start[1] + 3 * step[1] - 8)
    else:
        fits = rows <= 8 and 3 * columns * wide + 3 * edge + 24 <= WIDEST
        across, down = (wide, 24.0) if fits else (max(11.0, min(20.0, 208 // max(rows, columns, 1))),) * 2
        panel = max(columns * across, 100.0)
        step, start = (panel + edge + 12, 0.0), (edge, 36.0)
        end = (edge + 2 * step[0] + panel, 36.0 + rows * down + 2)
    sketch = Sketch(
        end[0] + 1, end[1] + 1, sentences(say("slice", place=slice_words(evidence)), evidence_words(evidence))
    )
    for i, (title, values, most, labels) in enumerate(panels):
        x, y = start[0] + i * step[0], start[1] + i * step[1]
        at = (102.0, y + rows * down / 2, "end") if stacked else (x, 10.0, "start")
        sketch.shapes.append(Text(at[0], at[1], say(title), at[2], 12))
        shown = labels if wide <= across else None
        _panel(sketch, (x, y), (across, down), _colours(values, most, wrong if i == 2 else None), shown)
        _outline(sketch, (x, y), (across, down), wrong if i else np.zeros_like(wrong))
        _indices(sketch, (x, y), (across, down), evidence.corner, (rows, columns), top=not (stacked and i))
    return sketch


def speed_sketch(speed: SpeedReading) -> Sketch:
    """Draw a bar on a logarithmic scale, shaded by the share of the points that each ratio earns."""
    width, left, top, high = 480.0, 12.0, 24.0, 16.0
    limits = SpeedLimits(full=speed.full, zero=speed.zero)
    measured = speed.ratio if speed.ratio > 0 and math.isfinite(speed.ratio) else math.inf
    low = min(0.5, speed.full / 3, max(measured, 1e-3) / 1.5)
    far = max(speed.zero * 3, min(measured, 1e6) * 1.5 if math.isfinite(measured) else 0.0)

    def x(ratio: float) -> float:
        return left + (width - 2 * left) * math.log(min(max(ratio, low), far) / low) / math.log(far / low)

    sketch = Sketch(width, 62.0, speed_words(speed))
    steps = np.linspace(x(speed.full), x(speed.zero), 25)
    shades = [limits.share(speed.full * (speed.zero / speed.full) ** ((i + 0.5) / 24)) for i in range(24)]
    edges = [round(edge) for edge in (x(low), *steps, x(far))]
    for a, share in zip(edges, [1.0, *shades, 0.0], strict=False):
        colour = _mix(ZERO, NEGATIVE if share >= 0.5 else POSITIVE, 0.9 * abs(2 * share - 1))
        # Each reaches under the next, so that no seam shows where a page is zoomed.
        sketch.shapes.append(Box(a, top, edges[-1] - a, high, colour))
    middle = top + high / 2
    for key, a, b in (("zone_full", low, speed.full), ("zone_zero", speed.zero, far)):
        if x(b) - x(a) > 62:
            sketch.shapes.append(Text((x(a) + x(b)) / 2, middle, say(key), "middle", 11, OUTLINE))
    for ratio in {1.0, speed.full, speed.zero}:
        if low <= ratio <= far:
            sketch.shapes.append(Box(round(x(ratio)), top + high, 1, 5, "#8a8a8a"))
            sketch.shapes.append(Text(x(ratio), top + high + 13, f"{times(ratio)}x", "middle", 11, MUTED))
    sketch.shapes.append(Mark(round(x(measured), 2), top - 1))
    if math.isfinite(measured):
        at = min(max(x(measured), 24.0), width - 24.0)
        sketch.shapes.append(Text(at, 7, f"{times(measured)}x", "middle", 12))
    return sketch


def _panel(
    sketch: Sketch, corner: Pair, cell: Pair, colours: Sequence[Sequence[str]], labels: np.ndarray | None
) -> None:
    """Draw cells of size `cell` from `corner` on, with their values where there is room."""
    (x, y), (across, down) = corner, cell
    rows, columns = len(colours), len(colours[0]) if colours else 0
    size = 11 if labels is None or max(map(len, labels.flat), default=0) < 5 else 10
    sketch.shapes.append(Box(x - 1.5, y - 1.5, columns * across + 3, rows * down + 3, GRID))
    for r in range(rows):
        for c in range(columns):
            inside = (x + c * across + 0.5, y + r * down + 0.5, across - 1, down - 1)
            sketch.shapes.append(Box(*inside, colours[r][c]))
            if labels is not None and labels[r, c]:
                middle = (x + (c + 0.5) * across, y + (r + 0.5) * down)
                sketch.shapes.append(Text(*middle, labels[r, c], "middle", size, OUTLINE))


def _outline(sketch: Sketch, corner: Pair, cell: Pair, wrong: np.ndarray) -> None:
    """Draw a line along the inner edge of each region of wrong cells: cells are light, a page may be dark."""
    (x, y), (across, down), t = corner, cell, 2.0
    inner = np.pad(wrong, 1)
    for r, c in zip(*map(np.ndarray.tolist, np.nonzero(wrong)), strict=True):
        left, top = x + c * across, y + r * down
        if not inner[r, c + 1]:
            sketch.shapes.append(Box(left, top, across, t, OUTLINE, over=True))
        if not inner[r + 2, c + 1]:
            sketch.shapes.append(Box(left, top + down - t, across, t, OUTLINE, over=True))
        if not inner[r + 1, c]:
            sketch.shapes.append(Box(left, top, t, down, OUTLINE, over=True))
        if not inner[r + 1, c + 2]:
            sketch.shapes.append(Box(left + across - t, top, t, down, OUTLINE, over=True))


def _indices(
    sketch: Sketch, corner: Pair, cell: Pair, first: tuple[int, int], shape: tuple[int, int], *, top: bool
) -> None:
    """Number the first and last row and column; every one where cells are wide enough."""
    (x, y), (across, down), (row, column), (rows, columns) = corner, cell, first, shape
    every = across >= 26
    for c in range(columns) if top else ():
        if every or c in (0, columns - 1):
            sketch.shapes.append(Text(x + (c + 0.5) * across, y - 8, str(column + c), "middle", 9, MUTED))
    for r in range(rows):
        if every or r in (0, rows - 1):
            sketch.shapes.append(Text(x - 5, y + (r + 0.5) * down, str(row + r), "end", 9, MUTED))


def _colours(values: np.ndarray, most: float, wrong: np.ndarray | None) -> list[list[str]]:
    """A colour a cell; with `wrong`, cells that are right stay paper-coloured."""
    with np.errstate(all="ignore"):
        levels = np.clip(values / most, -1, 1)
    shown = np.ones_like(levels, dtype=bool) if wrong is None else wrong
    rows = zip(levels.tolist(), shown.tolist(), strict=True)
    return [[_shade(level) if s else PAPER for level, s in zip(*row, strict=True)] for row in rows]


def _shade(level: float) -> str:
    """The palette's colour at a level in [-1, 1]; grey for nan."""
    if math.isnan(level):
        return NOT_A_NUMBER
    return _mix(ZERO, NEGATIVE if level < 0 else POSITIVE, round(abs(level) * SHADES) / SHADES)


@functools.cache
def _mix(a: Colour, b: Colour, t: float) -> str:
    """The colour at t in [0, 1] between two, as #rrggbb."""
    return "#" + "".join(f"{round(p + (q - p) * t):02x}" for p, q in zip(a, b, strict=True))


def _largest(*arrays: np.ndarray) -> float:
    """Largest finite magnitude, 1 if there is none."""
    finite = [np.abs(a[np.isfinite(a)]) for a in arrays]
    return max((float(a.max()) for a in finite if a.size), default=0.0) or 1.0


def _labels(values: np.ndarray) -> np.ndarray:
    """Every value in as few letters as tell it."""
    text = [f"{v:.3g}".replace("e-0", "e-").replace("e+0", "e") for v in values.flat]
    text = [t.replace("0.", ".", 1) if t.lstrip("-").startswith("0.") else t for t in text]
    return np.array(text, dtype=object).reshape(values.shape)


def _first_wrong(evidence: Evidence) -> tuple[int, int]:
    """Row and column of the first wrong value in the slice."""
    row, column = (0, 0, *evidence.index)[-2:]
    return row - evidence.corner[0], column - evidence.corner[1]


def _place(evidence: Evidence, index: tuple[int | str, ...]) -> str:
    """An entry of the output as NumPy would index it."""
    name = clean(evidence.output, 80)
    return f"{name}[{', '.join(map(str, index))}]" if index else name
