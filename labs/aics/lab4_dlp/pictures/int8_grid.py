"""Pictures of the 8-bit grid: its values, its rounding, the bits that its sums need, the ranges it has to cover."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, log2
from typing import TYPE_CHECKING

import numpy as np

from aics.show.figure import BLUE, GREEN, LINE, ORANGE, PALE, RED, new_picture

if TYPE_CHECKING:
    from aics.show.picture import Picture


def number_lines(largest: float = 151.061, bits: int = 4) -> Picture:
    """Draw a grid of few bits for values up to `largest`: with steps of a power of two, and stretched by a scale."""
    end = (1 << (bits - 1)) - 1
    step = 2.0 ** ceil(log2(largest / end))
    lines = {f"shift alone: steps of {step:g}": step, f"shift and scale: steps of {largest / end:.4g}": largest / end}
    wasted = 1 - largest / (end * step)
    alt = (
        f"Two number lines with a grid of {bits} bits over values up to {largest:g}. With steps of a power of two, "
        f"{wasted:.0%} of the grid lie beyond the largest value; stretched by scale, its end is the largest value."
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
    axes[1].set_xlabel(f"x (grey: the values that occur, up to {largest:g}); the integers q below the marks")
    return picture


def staircase(bits: int = 3) -> Picture:
    """Draw which integer stands for x: halves are rounded to the even one, and both ends are flat."""
    high = (1 << (bits - 1)) - 1
    low = -high - 1
    x = np.linspace(low - 2, high + 2, 1201)
    halves = np.arange(low, high) + 0.5
    even = 2 * np.round(halves / 2) + 0.0  # no -0
    pairs = ", ".join(f"{half:g} to {number:g}" for half, number in zip(halves, even, strict=True))
    alt = (
        f"A staircase: integers from {low} to {high} over x. It is flat beyond both ends. At each half a dot lies "
        f"on the even one of the two neighbours: {pairs}."
    )
    picture, (axis,) = new_picture(7, 3.6, alt=alt)
    axis.axvspan(x[0], low - 0.5, color=PALE)
    axis.axvspan(high + 0.5, x[-1], color=PALE)
    axis.plot(x, x, color=LINE, linewidth=0.8)
    for level in range(low, high + 1):
        left = x[0] if level == low else level - 0.5
        right = x[-1] if level == high else level + 0.5
        axis.plot([left, right], [level, level], color=BLUE, linewidth=2.5)
    axis.plot(halves, even, "o", color=ORANGE, label="halves: the even one")
    axis.legend(frameon=False, loc="upper left")
    axis.set_xlabel("x · scale / 2^position  (grey: beyond the grid)")
    axis.set_ylabel(f"q, {bits} bits")
    axis.set_xticks(range(low - 2, high + 3))
    axis.set_yticks(range(low, high + 1))
    axis.spines[["top", "right"]].set_visible(False)
    return picture


def widths(products: int = 4608) -> Picture:
    """Draw how many bits a value of the grid, a product of two of them, and a sum of products need."""
    needs = {"x or w": 8, "a product": 16, f"a sum of {products:,} products": 1 + ceil(log2(products * 128 * 128 + 1))}
    alt = "Bars: " + "; ".join(f"{name} needs {bits} bits" for name, bits in needs.items())
    picture, (axis,) = new_picture(8.5, 2.2, alt=f"{alt}. Lines mark int8, int16 and int32.")
    bars = axis.barh(list(needs), list(needs.values()), color=[BLUE, GREEN, ORANGE], height=0.6)
    axis.bar_label(bars, [f"{bits} bits" for bits in needs.values()], padding=4, fontsize=9)
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
    spread = {kind: max(some.values()) / min(some.values()) for kind, some in (("in", inputs), ("w", weights))}
    alt = (
        f"Largest magnitude of {len(inputs)} layers, on a logarithmic scale. Inputs: {min(inputs.values()):.3g} to "
        f"{max(inputs.values()):.3g}, a factor of {spread['in']:.0f}. Weights: from {min(weights.values()):.3g} to "
        f"{max(weights.values()):.3g}, a factor of {spread['w']:.0f}."
    )
    picture, (axis,) = new_picture(10, 3, alt=alt)
    axis.semilogy(list(inputs), list(inputs.values()), "o", color=BLUE, label="input")
    axis.semilogy(list(weights), list(weights.values()), "s", color=ORANGE, label="weight")
    axis.legend(frameon=False, ncols=2)
    axis.tick_params(axis="x", rotation=60, labelsize=8)
    axis.set_ylabel("largest magnitude")
    axis.grid(axis="y", color=PALE)
    axis.spines[["top", "right"]].set_visible(False)
    axis.margins(y=0.2)
    axis.set_axisbelow(True)
    return picture
