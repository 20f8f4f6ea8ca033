"""Pictures of rounding errors beside the bounds that they cannot exceed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from aics.show.figure import BLUE, GREEN, INK, ORANGE, PURPLE, RED, SKY, bare, box, new_picture

if TYPE_CHECKING:
    from aics.show.picture import Picture


def product_error() -> Picture:
    """Draw a product as an area whose two sides are both a little too long."""
    alt = (
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
    alt = (
        "Error over the number of terms: "
        + "; ".join(f"{t:.0f} terms: seen {s:.2g}, bound {b:.2g}" for t, s, b in zip(count, error, limit, strict=True))
        + f". The worst layer, of {worst[0]} terms, is off by {worst[1]:.2g}."
    )
    picture, (axis,) = new_picture(7, 3.2, alt=alt)
    axis.loglog(count, limit, color=INK, linewidth=2)
    axis.annotate("the bound", (count[-2], limit[-2]), (-8, 6), textcoords="offset points", ha="right", fontsize=9)
    axis.loglog(count, error, "o", color=BLUE)
    axis.annotate(
        "random layers", (count[-2], error[-2]), (0, -16), textcoords="offset points", ha="center", fontsize=9
    )
    axis.loglog(*worst, "D", color=RED, markersize=8)
    axis.annotate("the worst layer", worst, (10, -6), textcoords="offset points", fontsize=9)
    axis.set_xlabel("terms of a sum")
    axis.set_ylabel("error")
    axis.grid(alpha=0.25)
    axis.spines[["top", "right"]].set_visible(False)
    return picture


def layer_bounds(seen: Mapping[str, float], bound: Mapping[str, float]) -> Picture:
    """Draw each layer's error as a bar and its bound as a mark above it; the bar is red where the mark lies below.

    seen, bound : name of a layer -> error, largest error that there can be
    """
    above = [name for name in seen if seen[name] > bound[name]]
    ratios = [bound[name] / seen[name] for name in seen if seen[name]]
    alt = (
        f"{len(seen)} layers; the bound lies {min(ratios):.0f} to {max(ratios):.0f} times above the error seen. "
        if not above
        else f"Above their bound: {', '.join(above)}. "
    ) + "; ".join(f"{name}: {seen[name]:.2g} of {bound[name]:.2g}" for name in seen)
    picture, (axis,) = new_picture(9.5, 3.2, alt=alt)
    floor = min(filter(None, seen.values())) / 5
    colors = [RED if name in above else ORANGE for name in seen]
    bars = axis.bar(range(len(seen)), [value - floor for value in seen.values()], bottom=floor, color=colors, width=0.6)
    marks = axis.scatter(range(len(seen)), list(bound.values()), marker="_", s=220, color=INK, linewidths=2.5)
    axis.legend((bars, marks), ("largest error seen", "bound"), frameon=False, fontsize=9, loc="upper left", ncols=2)
    axis.set_yscale("log")
    axis.set_ylim(floor, max(bound.values()) * 12)
    axis.set_xticks(range(len(seen)), list(seen), rotation=90, fontsize=8)
    axis.set_ylabel("error")
    axis.spines[["top", "right"]].set_visible(False)
    return picture
