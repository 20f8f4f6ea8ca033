"""How much of what was handed to a student's code was changed by it, for measures to count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.check.output import exact
from aics.check.returned import AFTER

Arrays = NDArray[Any] | Mapping[str, NDArray[Any]]

#: The count, in questions where arguments must stay as they are, of numbers that the code wrote into them.
OVERWRITTEN = "overwritten numbers of the arguments"
#: What that count must be.
UNTOUCHED = exact(OVERWRITTEN, reads="how many entries your code wrote into the arrays that it was handed")


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


def overwritten(returned: Mapping[str, NDArray[Any]], **given: Arrays) -> int:
    """How many numbers of the arguments are no longer what they were, where an ask returned them with `left`."""
    now = {name.removesuffix(AFTER): array for name, array in returned.items() if name.endswith(AFTER)}
    return sum(changed_numbers(before, _of(now, title, before)) for title, before in given.items())


def _of(now: Mapping[str, NDArray[Any]], title: str, before: Arrays) -> Arrays | None:
    """The argument of this name as it is now."""
    if not isinstance(before, Mapping):
        return now.get(title)
    return {name.removeprefix(f"{title} "): array for name, array in now.items() if name.startswith(f"{title} ")}
