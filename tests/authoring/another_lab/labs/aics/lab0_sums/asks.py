"""How lab 0's questions are asked: each calls the student's function and returns what that returned."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

EXPORTS = {"sums.py": ("twice", "running_total")}
YARDSTICKS: dict[str, str] = {}


def twice(twice: Callable[[Array], object], *, x: Array) -> dict[str, object]:
    """Every number, doubled."""
    return {"output": twice(x)}


def running_total(running_total: Callable[[Array], object], *, x: Array) -> dict[str, object]:
    """The sum up to each place."""
    return {"output": running_total(x)}
