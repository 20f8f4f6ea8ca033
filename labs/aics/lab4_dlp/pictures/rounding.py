"""Pictures of rounding to few bits: what it does to a curve, a feature map, a layer and a network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from aics.language import tr
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
    levels = len(np.unique(snapped))
    each = [tr("{bits} bits {error:.2%}", bits=b, error=error) for b, error in zip(counts, errors, strict=True)]
    alt = tr(
        "Left: a wave and the same wave on a grid of {bits} bits, a staircase of {levels} levels. Right: largest error "
        "as a fraction of the curve's range, against the number of bits: {errors}.",
        bits=bits,
        levels=levels,
        errors=tr(", ").join(each),
    )
    picture, (left, right) = new_picture(10, 3.4, alt=alt, columns=2)
    for level in np.unique(snapped):
        left.axhline(level, color=FAINT, linewidth=0.8)
    left.plot(t, curve, color=BLUE, label="float32")
    left.step(t, snapped, color=ORANGE, where="mid", label=tr("{bits} bits", bits=bits))
    left.legend(frameon=False, fontsize=9)
    left.set_xticks([])
    left.set_title(tr("{levels} levels", levels=levels), fontsize=10)
    right.semilogy(counts, errors, "o-", color=INK)
    for count, error in zip(counts, errors, strict=True):
        right.annotate(f"{error:.1%}", (count, error), (4, 4), textcoords="offset points", fontsize=8)
    right.set_xlabel(tr("bits"))
    right.set_title(tr("largest error, as a fraction of the range"), fontsize=10)
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
    largest = np.abs(error).max()
    alt = tr(
        "Three pictures of one feature map: in float32, in {bits} bits as integers from {low} to {high} ({used} "
        "different ones), and the error, at most {steps:.2f} steps or {share:.1%} of the largest value.",
        **{"bits": bits, "low": whole.min(), "high": whole.max(), "used": used},
        steps=largest / step,
        share=largest / np.abs(values).max(),
    )
    picture, (first, second, third) = new_picture(9.5, 3.2, alt=alt, columns=3)
    gray_image(first, values, title=tr("float32, to {largest:.1f}", largest=values.max()))
    gray_image(second, whole, title=tr("{bits} bits, {used} different values", bits=bits, used=used))
    gray_image(third, error, title=tr("error, at most {largest:.2g}", largest=largest), signed=True)
    return picture


def agreement(floats: np.ndarray, others: np.ndarray, *, title: str) -> Picture:
    """Draw numbers computed in float32 against the same in 8 bits, and a histogram of the differences.

    floats, others : arrays of one shape
    """
    floats, others = np.ravel(floats).astype(np.float64), np.ravel(others).astype(np.float64)
    error, reach = others - floats, np.abs(floats).max()
    alt = tr(
        "{title}. Left: {count} entries, one against the other, along the diagonal. Right: a histogram of the "
        "differences; half of them are below {median:.2%} of the largest value, the largest is {largest:.2%}.",
        title=title,
        count=floats.size,
        median=np.median(np.abs(error)) / reach,
        largest=np.abs(error).max() / reach,
    )
    picture, (left, right) = new_picture(10, 3.8, alt=alt, columns=2)
    picture.suptitle(title, fontsize=10)
    left.plot([floats.min(), floats.max()], [floats.min(), floats.max()], color=INK, linewidth=0.8)
    some = slice(None, None, max(1, floats.size // 4000))
    left.scatter(floats[some], others[some], s=4, color=BLUE, alpha=0.4, edgecolors="none")
    left.set_xlabel("float32")
    left.set_ylabel(tr("{bits} bits", bits=8))
    right.hist(100 * error / reach, bins=60, color=ORANGE)
    right.set_xlabel(tr("difference, in % of the largest value"))
    right.set_yticks([])
    for axis in (left, right):
        axis.spines[["top", "right"]].set_visible(False)
    return picture


def bits_accuracy(right: Mapping[int, float], floats: float) -> Picture:
    """Draw a network's accuracy against the number of bits, with that of float32 as a line.

    right : bits -> accuracy, from 0 to 1; floats : accuracy in float32
    """
    counts, shares = zip(*sorted(right.items()), strict=True)
    each = [tr("{bits} bits {share:.0%}", bits=b, share=share) for b, share in zip(counts, shares, strict=True)]
    alt = tr("Accuracy against bits: {bits}; float32 {share:.0%}.", bits=tr(", ").join(each), share=floats)
    picture, (axis,) = new_picture(7.5, 3.4, alt=alt)
    axis.axhline(floats, color=GREEN, linestyle="--")
    axis.text(counts[0], floats + 0.02, f"float32: {floats:.0%}", color=GREEN, fontsize=9)
    axis.plot(counts, shares, "o-", color=BLUE)
    for count, share in zip(counts, shares, strict=True):
        axis.annotate(f"{share:.0%}", (count, share), (7, -11), textcoords="offset points", fontsize=9)
    axis.set_xticks(counts)
    axis.set_xlabel(tr("bits"))
    axis.set_ylim(-0.08, 1.08)
    axis.set_yticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
    axis.spines[["top", "right"]].set_visible(False)
    return picture
