"""What half precision makes of a gradient that was multiplied by a power of two: which part of it is spoiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

#: Exponents: half precision's last number, its first with all digits, and the first power of two that is too large.
LAST, FULL, END = -24, -14, 16
#: Exponents of the histograms' bins.
LOW, HIGH = -52, 26
#: Up to here a number becomes 0; from here on it has all digits; from here on it becomes infinite. Ties go to even.
_ZERO, _ALL_DIGITS, _INFINITE = 2.0**-25, 2.0**-14 - 2.0**-25, 65520.0
#: The exponents that float32 has, and more.
_LEAST, _MANY = -200, 400


class Shares(NamedTuple):
    """Parts of a gradient's entries that are not 0; together they are 1."""

    vanished: float
    subnormal: float
    normal: float
    infinite: float


class Gradient:
    """The sizes of a gradient's entries that are not 0, made ready for any scale."""

    def __init__(self, values: np.ndarray) -> None:
        """values : float array of any shape, finite"""
        self._sizes = np.sort(np.abs(values[values != 0]).astype(np.float64))
        exponents = np.floor(np.log2(self._sizes)).astype(int)
        self._counts = np.bincount(exponents - _LEAST, minlength=_MANY)

    @property
    def count(self) -> int:
        """How many entries are not 0."""
        return self._sizes.size

    @property
    def largest(self) -> float:
        """The size of the largest entry."""
        return float(self._sizes[-1]) if self.count else 0.0

    def bins(self, power: int) -> np.ndarray:
        """Return which part of the entries, times 2**power, has the exponents LOW to HIGH - 1.

        The first and the last bin also hold what lies beyond them.
        """
        first, behind = LOW - power - _LEAST, HIGH - power - _LEAST
        found = self._counts[first:behind].astype(float)
        found[0] += self._counts[:first].sum()
        found[-1] += self._counts[behind:].sum()
        return found / max(self.count, 1)

    def shares(self, power: int) -> Shares:
        """Return what becomes of the entries, times 2**power, in half precision."""
        limits = np.array([_ZERO, _ALL_DIGITS, _INFINITE]) / 2.0**power
        sides = zip(limits, ("right", "left", "left"), strict=True)
        ends = [int(np.searchsorted(self._sizes, limit, side)) for limit, side in sides]  # type: ignore[call-overload]
        parts = np.diff([0, *ends, self.count]) / max(self.count, 1)
        return Shares(*(float(part) for part in parts))
