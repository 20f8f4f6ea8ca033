"""Pictures of rounding errors beside the bounds that they cannot exceed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from aics.language import tr
from aics.show.figure import BLUE, GREEN, INK, ORANGE, PURPLE, RED, SKY, bare, box, new_picture

if TYPE_CHECKING:
    from aics.show.picture import Picture


def product_error() -> Picture:
    """Draw a product as an area whose two sides are both a little too long."""
    alt = tr(
        "A rectangle with sides x and w. Both sides are longer by a small error, so the area grows by three strips: "
        "w times the error of x, x times the error of w, and a small corner, the product of both errors."
    )
    picture, (axis,) = new_picture(5.2, 2.9, alt=alt)
    wide, tall, dx, dw = 5.0, 2.2, 0.7, 0.45
    for left, top, width, height, color, text in (
        (0, dw, wide, tall, SKY, "x · w"),
        (wide, dw, dx, tall, ORANGE, "δx · w"),
        (0, 0, wide, dw, GREEN, "x · δw"),
        (wide, 0, dx, dw, PURPLE, "?"),
    ):
        box(axis, left, top, width, height, fill=True, facecolor=color + "AA", edgecolor=INK, linewidth=1)
        turn = 90 if color == ORANGE else 0
        axis.text(left + width / 2, top + height / 2, text, ha="center", va="center", rotation=turn, fontsize=11)
    axis.text(wide / 2, dw + tall + 0.2, "x", ha="center", va="top", fontsize=12)
    axis.text(wide + dx / 2, dw + tall + 0.2, "δx", ha="center", va="top", fontsize=12)
    axis.text(-0.15, dw + tall / 2, "w", ha="right", va="center", fontsize=12)
    axis.text(-0.15, dw / 2, "δw", ha="right", va="center", fontsize=12)
    axis.set_xlim(-0.7, wide + dx + 0.3)
    axis.set_ylim(dw + tall + 0.6, -0.1)
    bare(axis)
    return picture


def bounds(terms: ArrayLike, seen: ArrayLike, bound: ArrayLike, worst: tuple[int, float]) -> Picture:
    """Draw the largest errors seen and the bound against the number of terms, on logarithmic axes.

    terms, seen, bound : (N,) numbers; worst : terms and error of a layer that was made to be as bad as can be
    """
    count, error, limit = (np.asarray(values, float) for values in (terms, seen, bound))
    each = [
        tr("{terms:.0f} terms: seen {seen:.2g}, bound {bound:.2g}", terms=t, seen=s, bound=b)
        for t, s, b in zip(count, error, limit, strict=True)
    ]
    alt = tr(
        "Error over the number of terms: {errors}. The worst layer, of {terms} terms, is off by {error:.2g}.",
        errors=tr("; ").join(each),
        terms=worst[0],
        error=worst[1],
    )
    picture, (axis,) = new_picture(7, 3.2, alt=alt)
    axis.loglog(count, limit, color=INK, linewidth=2)
    axis.annotate(tr("the bound"), (count[-2], limit[-2]), (-8, 6), textcoords="offset points", ha="right", fontsize=9)
    axis.loglog(count, error, "o", color=BLUE)
    axis.annotate(
        tr("random layers"), (count[-2], error[-2]), (0, -16), textcoords="offset points", ha="center", fontsize=9
    )
    axis.loglog(*worst, "D", color=RED, markersize=8)
    axis.annotate(tr("the worst layer"), worst, (10, -6), textcoords="offset points", fontsize=9)
    axis.set_xlabel(tr("terms of a sum"))
    axis.set_ylabel(tr("error"))
    axis.grid(alpha=0.25)
    axis.spines[["top", "right"]].set_visible(False)
    return picture


def layer_bounds(seen: Mapping[str, float], bound: Mapping[str, float]) -> Picture:
    """Draw each layer's error as a bar and its bound as a mark above it; the bar is red where the mark lies below.

    seen, bound : name of a layer -> error, largest error that there can be
    """
    above = [name for name in seen if seen[name] > bound[name]]
    picture, (axis,) = new_picture(9.5, 3.2, alt=_within(seen, bound, above))
    floor = min(filter(None, seen.values())) / 5
    colors = [RED if name in above else ORANGE for name in seen]
    bars = axis.bar(range(len(seen)), [value - floor for value in seen.values()], bottom=floor, color=colors, width=0.6)
    marks = axis.scatter(range(len(seen)), list(bound.values()), marker="_", s=220, color=INK, linewidths=2.5)
    names = (tr("largest error seen"), tr("bound"))
    axis.legend((bars, marks), names, frameon=False, fontsize=9, loc="upper left", ncols=2)
    axis.set_yscale("log")
    axis.set_ylim(floor, max(bound.values()) * 12)
    axis.set_xticks(range(len(seen)), list(seen), rotation=90, fontsize=8)
    axis.set_ylabel(tr("error"))
    axis.spines[["top", "right"]].set_visible(False)
    return picture


def _within(seen: Mapping[str, float], bound: Mapping[str, float], above: Sequence[str]) -> str:
    """What `layer_bounds` draws, for those who cannot see it."""
    each = [tr("{layer}: {seen:.2g} of {bound:.2g}", layer=name, seen=seen[name], bound=bound[name]) for name in seen]
    layers = tr("; ").join(each)
    if above:
        return tr("Above their bound: {names}. {layers}", names=", ".join(above), layers=layers)
    ratios = [bound[name] / seen[name] for name in seen if seen[name]]
    return tr(
        "{count} layers; the bound lies {least:.0f} to {most:.0f} times above the error seen. {layers}",
        count=len(seen),
        least=min(ratios),
        most=max(ratios),
        layers=layers,
    )
