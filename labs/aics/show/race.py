"""A race: several ways to compute the same, timed turn by turn, and a picture of how they compare."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from aics.card.words import times
from aics.language import tr
from aics.show.figure import PALETTE, new_picture

if TYPE_CHECKING:
    from aics.show.picture import Picture


def timed(ways: Mapping[str, Callable[[], object]], rounds: int = 5) -> dict[str, list[float]]:
    """Time several ways on one core each, turn by turn: what else the computer does then slows all of them alike.

    ways : title -> what is called  ->  title -> seconds, one value for each round
    """
    from threadpoolctl import threadpool_limits

    seconds: dict[str, list[float]] = {title: [] for title in ways}
    with threadpool_limits(1):
        for _ in range(rounds):
            for title, way in ways.items():
                begin = time.perf_counter()
                way()
                seconds[title].append(time.perf_counter() - begin)
    return seconds


def race(seconds: Mapping[str, Sequence[float]]) -> Picture:
    """Draw the median time of several ways, each also as a multiple of the first, with the spread over the rounds.

    seconds : title -> seconds, one value for each round; as many for each title
    """
    first = np.asarray(next(iter(seconds.values())))
    said = {title: _words(np.asarray(rounds), first) for title, rounds in seconds.items()}
    alt = tr("; ").join(tr("{title}: {words}", title=title, words=words) for title, words in said.items())
    picture, (axis,) = new_picture(8, 0.7 + 0.45 * len(seconds), alt=alt)
    medians = [float(np.median(rounds)) for rounds in seconds.values()]
    bars = axis.barh(list(seconds), medians, color=PALETTE[: len(seconds)], height=0.6)
    axis.bar_label(bars, list(said.values()), padding=4, fontsize=9)
    axis.invert_yaxis()
    axis.set_xlim(0, max(medians) * 1.7)
    axis.set_xticks([])
    axis.spines[["top", "right", "bottom"]].set_visible(False)
    return picture


def _words(rounds: np.ndarray, first: np.ndarray) -> str:
    """The median time, and the ratio of each round to the first way's of that round: median, least and most."""
    time_of = f"{1e3 * np.median(rounds):.1f} ms"
    if np.array_equal(rounds, first):
        return time_of
    ratios = rounds / first
    said = {"ratio": times(float(np.median(ratios))), "least": times(ratios.min()), "most": times(ratios.max())}
    return tr("{time}, {ratio} of the first ({least} to {most})", time=time_of, **said)
