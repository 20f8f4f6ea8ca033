"""What a question demands: how close its values must be, and how fast its code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Each side of a timing counts with this quantile of its rounds.
LOW = 0.25
#: A reading counts where the control, a known computation timed against itself, is off by no more than this factor.
BAND = 1.25


@dataclass(frozen=True, kw_only=True)
class Tolerance:
    """How far an answer may lie from the expected array.

    An answer is close where ``|got - expected| <= atol + rtol * max|expected|``; the scale is the
    whole array's, so that a sum that cancels to nearly zero is not judged by its own size. With a
    factor it is close where ``expected / factor <= got <= expected * factor``, number by number.

    Parameters
    ----------
    rtol : float >= 0
        Allowed error as a fraction of the expected array's largest magnitude.
    atol : float >= 0
        Allowed error in the array's own unit.
    factor : float >= 1
        How many times as large, or as small, an answer may be, in place of `rtol` and `atol`: for what is
        spread over orders of magnitude, such as the losses of a run that starts from noise.
    reason : str
        Why these numbers and no others; shown to whoever asks for a point's defence.
    """

    rtol: float = 0.0
    atol: float = 0.0
    factor: float = 1.0
    reason: str

    def __post_init__(self) -> None:
        if self.factor != 1 and (self.rtol or self.atol or self.factor < 1):
            raise ValueError(f"a factor is above 1 and stands alone: {self}")

    @property
    def exact(self) -> bool:
        """Whether no error at all is allowed."""
        return self.factor == 1 and not (self.rtol or self.atol)

    def allowed(self, expected: NDArray[Any]) -> float:
        """Largest error that still counts as right for this expected array; nan where a factor decides."""
        if self.factor > 1:
            return float("nan")
        scale = float(np.max(np.abs(expected))) if expected.size else 0.0
        return self.atol + self.rtol * scale

    def exceeded(self, got: NDArray[Any], expected: NDArray[Any], room: float = 0.0) -> NDArray[np.bool_]:
        """Where `got` is farther from `expected` than is allowed; errors may be larger by `room`, factors not."""
        if self.factor > 1:
            low, high = np.sort([expected / self.factor, expected * self.factor], axis=0)
            return np.asarray((got < low) | (got > high))
        return np.asarray(np.abs(got - expected) > self.allowed(expected[np.isfinite(expected)]) + room)


@dataclass(frozen=True, kw_only=True)
class SpeedLimits:
    """The published speed curve: full points up to ratio `full`, none from ratio `zero` on.

    Both are ratios of the student's time to the reference's, measured side by side; between them
    the points fall linearly in the logarithm of the ratio, so that each doubling costs the same.
    """

    full: float
    zero: float

    def share(self, ratio: float) -> float:
        """Share of the points in [0, 1] that a time ratio earns."""
        if not np.isfinite(ratio) or ratio >= self.zero:
            return 0.0
        if ratio <= self.full:
            return 1.0
        return float(np.log(self.zero / ratio) / np.log(self.zero / self.full))
