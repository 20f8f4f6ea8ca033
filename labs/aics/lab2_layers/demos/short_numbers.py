"""Numbers as a table has room for them."""

from __future__ import annotations

import numpy as np

from aics.demos.svg import text_width


def short(value: float) -> str:
    """Return a number with what digits matter, such as "-12", "0.11" or "15.9"; with a real minus sign."""
    size = abs(value)
    if abs(value - round(value)) < 1e-6 * max(size, 1):
        written = f"{round(value)}"
    elif size >= 100:
        written = f"{value:.0f}"
    elif size >= 1:
        written = f"{value:.1f}"
    else:
        written = f"{value:.2g}"
    return written.replace("-", "−")


def widest(values: np.ndarray, size: float) -> float:
    """Return how many pixels the longest of these numbers takes.

    size : of the letters
    """
    return max(text_width(short(float(value)), size) for value in values.flat)
