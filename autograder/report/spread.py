"""How the points of a class are spread: ten bars, and the numbers that sum them up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from autograder.report.standing import Standing

BARS = 10


@dataclass(frozen=True, kw_only=True)
class Bar:
    """Those whose share of the points is at least `low` and below `high`, in percent; both 100 where it is all."""

    low: int
    high: int
    standings: Sequence[Standing]


@dataclass(frozen=True, kw_only=True)
class Spread:
    """The shares of a class in percent: median, mean, lower and upper quartile, and bars."""

    median: float
    mean: float
    lower: float
    upper: float
    bars: Sequence[Bar]

    @property
    def most(self) -> int:
        """The length of the longest bar, at least 1."""
        return max(1, *(len(bar.standings) for bar in self.bars))


def spread(standings: Sequence[Standing]) -> Spread:
    """Return how the points of those are spread who were graded; all zero where nobody was."""
    graded = [standing for standing in standings if standing.verdicts or standing.marks]
    shares = np.array([standing.total.share for standing in graded] or [0.0]) * 100
    lower, median, upper = np.quantile(shares, (0.25, 0.5, 0.75))
    width = 100 // BARS
    bars = [_bar(graded, shares, low, low + width) for low in range(0, 100, width)]
    return Spread(
        median=float(median),
        mean=float(shares.mean()),
        lower=float(lower),
        upper=float(upper),
        bars=[*bars, _bar(graded, shares, 100, 100)],
    )


def _bar(standings: Sequence[Standing], shares: np.ndarray, low: int, high: int) -> Bar:
    all_of_it = shares >= 100 - 1e-9
    chosen = all_of_it if low == high else (low <= shares) & (shares < high) & ~all_of_it
    return Bar(low=low, high=high, standings=[s for s, is_in in zip(standings, chosen, strict=False) if is_in])
