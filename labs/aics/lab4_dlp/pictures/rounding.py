"""Pictures of rounding to few bits: what it does to a curve, a feature map, a layer and a network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from aics.show.figure import BLUE, FAINT, GREEN, INK, ORANGE, gray_image, new_picture

if TYPE_CHECKING:
    from aics.show.picture import Picture


def _rounded(values: np.ndarray, bits: int) -> np.ndarray:
    """Values on the symmetric grid of `bits` whose end is the largest magnitude."""
    largest = np.abs(values).max()
    steps = 2 ** (bits - 1) - 1
    rounded: np.ndarray = np.round(values / largest * steps) / steps * largest
    return rounded


def bit_grid(bits: int = 3) -> Picture:
    """Draw a curve rounded to a grid of few bits, and the largest error for 2 to 8 bits."""
    t = np.linspace(0, 1, 400)
    curve = np.sin(7 * t) * np.exp(-1.2 * t)
    snapped = _rounded(curve, bits)
    counts = range(2, 9)
    errors = np.array([np.abs(curve - _rounded(curve, b)).max() for b in counts]) / np.abs(curve).max()
    alt = (
        f"Left: a wave and the same wave on a grid of {bits} bits, a staircase of {len(np.unique(snapped))} levels. "
        "Right: largest error as a fraction of the curve's range, against the number of bits: "
        + ", ".join(f"{b} bits {error:.2%}" for b, error in zip(counts, errors, strict=True))
        + "."
    )
    picture, (left, right) = new_picture(10, 3.4, alt=alt, columns=2)
    for level in np.unique(snapped):
        left.axhline(level, color=FAINT, linewidth=0.8)
    left.plot(t, curve, color=BLUE, label="float32")
    left.step(t, snapped, color=ORANGE, where="mid", label=f"{bits} bits")
    left.legend(frameon=False, fontsize=9)
    left.set_xticks([])
    left.set_title(f"{len(np.unique(snapped))} levels", fontsize=10)
    right.semilogy(counts, errors, "o-", color=INK)
    for count, error in zip(counts, errors, strict=True):
        right.annotate(f"{error:.1%}", (count, error), (4, 4), textcoords="offset points", fontsize=8)
    right.set_xlabel("bits")
    right.set_title("largest error, as a fraction of the range", fontsize=10)
    right.margins(x=0.12, y=0.15)
    for axis in (left, right):
        axis.spines[["top", "right"]].set_visible(False)
    return picture


def quantized_map(values: np.ndarray, whole: np.ndarray, step: float, bits: int = 8) -> Picture:
    """Draw a feature map in float32, the whole numbers that stand for it, and the error.

    values : (H, W) floats, whole : (H, W) integers that stand for whole * step
    """
    error = values - whole.astype(np.float64) * step
    used = len(np.unique(whole))
    alt = (
        f"Three pictures of one feature map: in float32, in {bits} bits as integers from {whole.min()} to "
        f"{whole.max()} ({used} different ones), and the error, at most {np.abs(error).max() / step:.2f} steps or "
        f"{np.abs(error).max() / np.abs(values).max():.1%} of the largest value."
    )
    picture, (first, second, third) = new_picture(9.5, 3.2, alt=alt, columns=3)
    gray_image(first, values, title=f"float32, to {values.max():.1f}")
    gray_image(second, whole, title=f"{bits} bits, {used} different values")
    gray_image(third, error, title=f"error, at most {np.abs(error).max():.2g}", signed=True)
    return picture


def agreement(floats: np.ndarray, others: np.ndarray, *, title: str) -> Picture:
    """Draw numbers computed in float32 against the same in 8 bits, and a histogram of the differences.

    floats, others : arrays of one shape
    """
    floats, others = np.ravel(floats).astype(np.float64), np.ravel(others).astype(np.float64)
    error, reach = others - floats, np.abs(floats).max()
    alt = (
        f"{title}. Left: {floats.size} entries, one against the other, along the diagonal. Right: a histogram of the "
        f"differences; half of them are below {np.median(np.abs(error)) / reach:.2%} of the largest value, the "
        f"largest is {np.abs(error).max() / reach:.2%}."
    )
    picture, (left, right) = new_picture(10, 3.8, alt=alt, columns=2)
    picture.suptitle(title, fontsize=10)
    left.plot([floats.min(), floats.max()], [floats.min(), floats.max()], color=INK, linewidth=0.8)
    some = slice(None, None, max(1, floats.size // 4000))
    left.scatter(floats[some], others[some], s=4, color=BLUE, alpha=0.4, edgecolors="none")
    left.set_xlabel("float32")
    left.set_ylabel("8 bits")
    right.hist(100 * error / reach, bins=60, color=ORANGE)
    right.set_xlabel("difference, in % of the largest value")
    right.set_yticks([])
    for axis in (left, right):
        axis.spines[["top", "right"]].set_visible(False)
    return picture


def bits_accuracy(right: Mapping[int, float], floats: float) -> Picture:
    """Draw a network's accuracy against the number of bits, with that of float32 as a line.

    right : bits -> accuracy, from 0 to 1; floats : accuracy in float32
    """
    counts, shares = zip(*sorted(right.items()), strict=True)
    pairs = ", ".join(f"{count} bits {share:.0%}" for count, share in zip(counts, shares, strict=True))
    picture, (axis,) = new_picture(7.5, 3.4, alt=f"Accuracy against bits: {pairs}; float32 {floats:.0%}.")
    axis.axhline(floats, color=GREEN, linestyle="--")
    axis.text(counts[0], floats + 0.02, f"float32: {floats:.0%}", color=GREEN, fontsize=9)
    axis.plot(counts, shares, "o-", color=BLUE)
    for count, share in zip(counts, shares, strict=True):
        axis.annotate(f"{share:.0%}", (count, share), (7, -11), textcoords="offset points", fontsize=9)
    axis.set_xticks(counts)
    axis.set_xlabel("bits")
    axis.set_ylim(-0.08, 1.08)
    axis.set_yticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
    axis.spines[["top", "right"]].set_visible(False)
    return picture
