"""Pictures of the 8-bit grid: its values, its rounding, the bits that its sums need, the ranges it has to cover."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, log2
from typing import TYPE_CHECKING

import numpy as np

from aics.language import tr
from aics.show.figure import BLUE, GREEN, LINE, ORANGE, PALE, RED, new_picture

if TYPE_CHECKING:
    from aics.show.picture import Picture


def number_lines(largest: float = 151.061, bits: int = 4) -> Picture:
    """Draw a grid of few bits for values up to `largest`: with steps of a power of two, and stretched by a scale."""
    end = (1 << (bits - 1)) - 1
    step = 2.0 ** ceil(log2(largest / end))
    lines = {
        tr("shift alone: steps of {step:g}", step=step): step,
        tr("shift and scale: steps of {step:.4g}", step=largest / end): largest / end,
    }
    alt = tr(
        "Two number lines with a grid of {bits} bits over values up to {largest:g}. With steps of a power of two, "
        "{wasted:.0%} of the grid lie beyond the largest value; stretched by scale, its end is the largest value.",
        bits=bits,
        largest=largest,
        wasted=1 - largest / (end * step),
    )
    picture, axes = new_picture(10, 2.6, alt=alt, rows=2, sharex=True)
    for axis, (title, width) in zip(axes, lines.items(), strict=True):
        ticks = np.arange(-end - 1, end + 1)
        axis.axvspan(-largest, largest, color=PALE)
        axis.plot(ticks * width, np.zeros(len(ticks)), "|", color=BLUE, markersize=16, markeredgewidth=2)
        for tick in (-end - 1, 0, end):
            axis.annotate(f"{tick}", (tick * width, 0), (0, -18), textcoords="offset points", ha="center", fontsize=8)
        axis.set_yticks([])
        axis.set_ylim(-1, 1)
        axis.set_title(title, fontsize=10, loc="left")
        axis.spines[["top", "right", "left"]].set_visible(False)
    below = tr("x (grey: the values that occur, up to {largest:g}); the integers q below the marks", largest=largest)
    axes[1].set_xlabel(below)
    return picture


def staircase(bits: int = 3) -> Picture:
    """Draw which integer stands for x: halves are rounded to the even one, and both ends are flat."""
    high = (1 << (bits - 1)) - 1
    low = -high - 1
    x = np.linspace(low - 2, high + 2, 1201)
    halves = np.arange(low, high) + 0.5
    even = 2 * np.round(halves / 2) + 0.0  # no -0
    pairs = [tr("{half:g} to {integer:g}", half=h, integer=i) for h, i in zip(halves, even, strict=True)]
    alt = tr(
        "A staircase: integers from {low} to {high} over x. It is flat beyond both ends. At each half a dot lies "
        "on the even one of the two neighbours: {pairs}.",
        low=low,
        high=high,
        pairs=tr(", ").join(pairs),
    )
    picture, (axis,) = new_picture(7, 3.6, alt=alt)
    axis.axvspan(x[0], low - 0.5, color=PALE)
    axis.axvspan(high + 0.5, x[-1], color=PALE)
    axis.plot(x, x, color=LINE, linewidth=0.8)
    for level in range(low, high + 1):
        left = x[0] if level == low else level - 0.5
        right = x[-1] if level == high else level + 0.5
        axis.plot([left, right], [level, level], color=BLUE, linewidth=2.5)
    axis.plot(halves, even, "o", color=ORANGE, label=tr("halves: the even one"))
    axis.legend(frameon=False, loc="upper left")
    axis.set_xlabel(tr("x · scale / 2^position  (grey: beyond the grid)"))
    axis.set_ylabel(tr("q, {bits} bits", bits=bits))
    axis.set_xticks(range(low - 2, high + 3))
    axis.set_yticks(range(low, high + 1))
    axis.spines[["top", "right"]].set_visible(False)
    return picture


def widths(products: int = 4608) -> Picture:
    """Draw how many bits a value of the grid, a product of two of them, and a sum of products need."""
    whole = tr("a sum of {products:,} products", products=products)
    needs = {tr("x or w"): 8, tr("a product"): 16, whole: 1 + ceil(log2(products * 128 * 128 + 1))}
    each = [tr("{name} needs {bits} bits", name=name, bits=bits) for name, bits in needs.items()]
    alt = tr("Bars: {needs}. Lines mark int8, int16 and int32.", needs=tr("; ").join(each))
    picture, (axis,) = new_picture(8.5, 2.2, alt=alt)
    bars = axis.barh(list(needs), list(needs.values()), color=[BLUE, GREEN, ORANGE], height=0.6)
    axis.bar_label(bars, [tr("{bits} bits", bits=bits) for bits in needs.values()], padding=4, fontsize=9)
    for kind, bits in (("int8", 8), ("int16", 16), ("int32", 32)):
        axis.axvline(bits, color=RED, linestyle=":", linewidth=1)
        axis.text(bits, -0.65, kind, ha="center", fontsize=9, color=RED)
    axis.invert_yaxis()
    axis.set_xlim(0, 35)
    axis.set_xticks([])
    axis.spines[["top", "right", "bottom"]].set_visible(False)
    return picture


def ranges(inputs: Mapping[str, float], weights: Mapping[str, float]) -> Picture:
    """Draw the largest magnitude of each layer's input and weight, on a logarithmic scale.

    inputs, weights : name of a layer -> largest magnitude
    """
    (low, high), (least, most) = ((min(some.values()), max(some.values())) for some in (inputs, weights))
    alt = tr(
        "Largest magnitude of {count} layers, on a logarithmic scale. Inputs: {low:.3g} to {high:.3g}, a factor of "
        "{factor:.0f}. Weights: from {least:.3g} to {most:.3g}, a factor of {ratio:.0f}.",
        count=len(inputs),
        **{"low": low, "high": high, "factor": high / low, "least": least, "most": most, "ratio": most / least},
    )
    picture, (axis,) = new_picture(10, 3, alt=alt)
    axis.semilogy(list(inputs), list(inputs.values()), "o", color=BLUE, label=tr("input"))
    axis.semilogy(list(weights), list(weights.values()), "s", color=ORANGE, label=tr("weight"))
    axis.legend(frameon=False, ncols=2)
    axis.tick_params(axis="x", rotation=60, labelsize=8)
    axis.set_ylabel(tr("largest magnitude"))
    axis.grid(axis="y", color=PALE)
    axis.spines[["top", "right"]].set_visible(False)
    axis.margins(y=0.2)
    axis.set_axisbelow(True)
    return picture
