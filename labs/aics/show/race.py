"""Pictures of what a network costs: multiply-adds, parameters and time of each layer."""

from __future__ import annotations

from collections.abc import Mapping

from aics.show.figure import PALETTE, new_picture


def race(seconds: Mapping[str, float]):
    """Draw the time of several ways to do the same, the first as the measure.

    seconds : title -> seconds
    """
    first = next(iter(seconds.values()))
    said = {title: f"{1e3 * s:.1f} ms, {s / first:.2f} of the first" for title, s in seconds.items()}
    picture, (axis,) = new_picture(8, 0.7 + 0.45 * len(seconds), alt="; ".join(f"{t}: {s}" for t, s in said.items()))
    bars = axis.barh(list(seconds), list(seconds.values()), color=PALETTE[: len(seconds)], height=0.6)
    axis.bar_label(bars, [f"{1e3 * s:.1f} ms  ({s / first:.2f})" for s in seconds.values()], padding=4, fontsize=9)
    axis.invert_yaxis()
    axis.margins(x=0.2)
    axis.set_xticks([])
    axis.spines[["top", "right", "bottom"]].set_visible(False)
    return picture
