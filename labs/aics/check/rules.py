"""What a question demands: how close its values must be, and how fast its code."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Tolerance:
    """How far an answer may lie from the expected array.

    An answer is close where ``|got - expected| <= atol + rtol * max|expected|``; the scale is the
    whole array's, so that a sum that cancels to nearly zero is not judged by its own size.

    Parameters
    ----------
    rtol : float >= 0
        Allowed error as a fraction of the expected array's largest magnitude.
    atol : float >= 0
        Allowed error in the array's own unit.
    reason : str
        Why these numbers and no others; shown to whoever asks for a point's defence.
    """

    rtol: float
    atol: float
    reason: str

    def allowed(self, expected: np.ndarray) -> float:
        """Largest error that still counts as right for this expected array."""
        scale = float(np.max(np.abs(expected))) if expected.size else 0.0
        return self.atol + self.rtol * scale


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
