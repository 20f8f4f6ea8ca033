"""Layers' arrays in one row of numbers, and back; functions whose answers were written down; places of a sparse matrix.

A case brings `shapes`, [name, [rows, columns]] of every array, and one row of numbers to fill them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache

import numpy as np

from aics.doubles.recorded import standing_in

Shapes = Sequence[tuple[str, Sequence[int]]]


def cut(shapes: Shapes, numbers: np.ndarray) -> dict[str, np.ndarray]:
    """Cut a row of numbers into arrays of these shapes; name -> array of its own."""
    ends = np.cumsum([int(np.prod(shape)) for _, shape in shapes])
    parts = np.split(numbers, ends[:-1]) if len(ends) else []
    return {name: part.reshape(shape).copy() for (name, shape), part in zip(shapes, parts, strict=True)}


def in_a_row(shapes: Shapes, arrays: object) -> object:
    """The way back; whatever does not fit, such as None for a name that is missing, is given back as it is."""
    if not isinstance(arrays, Mapping):
        return arrays
    for name, shape in shapes:
        found = arrays.get(name)
        if np.shape(found) != tuple(shape):
            return found if found is None else np.asarray(found)
    return np.concatenate([np.ravel(arrays[name]) for name, _ in shapes])


def as_counts(mask: object) -> object:
    """A mask of True and False as 1 and 0: so it travels to the judge; anything else as it is."""
    return mask.astype(np.int64) if isinstance(mask, np.ndarray) and mask.dtype == bool else mask


def changed(before: object, after: object) -> int:
    """How many numbers of an array, or of a dict of arrays, are no longer what they were."""
    if isinstance(before, Mapping):
        return sum(changed(before[name], after.get(name)) for name in before)
    same = np.shape(before) == np.shape(after)
    return int(np.sum(np.asarray(before) != np.asarray(after))) if same else int(np.size(before))


def answering_calls(
    function: Callable, calls: Sequence[tuple[Sequence[object], object]]
) -> AbstractContextManager[None]:
    """Let the notebook's function give the recorded answer to each recorded call meanwhile.

    calls : (arguments in the order of the signature, answer); to any other call the function itself answers
    """

    def recorded(*given: object) -> object:
        return next((_own(answer) for arguments, answer in calls if _alike(arguments, list(given))), None)

    return standing_in(function, recorded)


def _alike(recorded: object, given: object) -> bool:
    """Whether two arguments hold the same, but for rounding."""
    if isinstance(recorded, Mapping):
        known = isinstance(given, Mapping) and recorded.keys() <= given.keys()
        return known and all(_alike(recorded[name], given[name]) for name in recorded)
    if isinstance(recorded, list):
        return len(recorded) == len(given) and all(map(_alike, recorded, given))
    return np.shape(recorded) == np.shape(given) and bool(np.allclose(recorded, given, rtol=1e-5, atol=0))


def _own(answer: object) -> object:
    """A copy that may be written into."""
    return {k: _own(v) for k, v in answer.items()} if isinstance(answer, Mapping) else np.array(answer)[()]


@lru_cache(maxsize=4)
def scattered(rows: int, columns: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Where `count` numbers of a matrix may lie, one row in sixteen empty: columns (count,), row ends (rows + 1,)."""
    rng = np.random.default_rng(0)
    free = np.ones((rows, columns), bool)
    free[rng.choice(rows, rows // 16, replace=False)] = False
    places = np.sort(rng.choice(np.flatnonzero(free), count, replace=False))
    ends = np.searchsorted(places, columns * np.arange(rows + 1))
    return places % columns, ends
