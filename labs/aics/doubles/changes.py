"""How much of what was handed to a student's code was changed by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = NDArray[Any] | Mapping[str, NDArray[Any]]


def changed_numbers(before: Arrays, after: Arrays | None) -> int:
    """How many numbers of an array, or of a dict of arrays, are no longer what they were.

    An array that is gone, that is new, or that has another shape or dtype counts with all its numbers.
    """
    if isinstance(before, Mapping):
        now = after if isinstance(after, Mapping) else {}
        new = sum(np.size(now[name]) for name in now.keys() - before.keys())
        return new + sum(changed_numbers(before[name], now.get(name)) for name in before)
    if not isinstance(after, np.ndarray) or (before.shape, before.dtype) != (after.shape, after.dtype):
        return before.size
    same = (before == after) | ((before != before) & (after != after))  # nan is unequal to itself
    return int(np.count_nonzero(~same))
