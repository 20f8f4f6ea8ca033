"""A picture of a race: the times of several ways to compute the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from aics.show.figure import PALETTE, new_picture

if TYPE_CHECKING:
    from aics.show.picture import Picture


def race(seconds: Mapping[str, float]) -> Picture:
    """Draw the times of several ways to compute the same, each also as a multiple of the first.

    seconds : title -> seconds
    """
    first = next(iter(seconds.values()))
    times = {title: f"{1e3 * s:.1f} ms, {s / first:.2f} of the first" for title, s in seconds.items()}
    picture, (axis,) = new_picture(8, 0.7 + 0.45 * len(seconds), alt="; ".join(f"{t}: {s}" for t, s in times.items()))
    bars = axis.barh(list(seconds), list(seconds.values()), color=PALETTE[: len(seconds)], height=0.6)
    axis.bar_label(bars, [f"{1e3 * s:.1f} ms  ({s / first:.2f})" for s in seconds.values()], padding=4, fontsize=9)
    axis.invert_yaxis()
    axis.margins(x=0.2)
    axis.set_xticks([])
    axis.spines[["top", "right", "bottom"]].set_visible(False)
    return picture
