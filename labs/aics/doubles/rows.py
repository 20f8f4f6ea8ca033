"""Arrays that travel in a case as one row of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: [name, shape] of every array, in the order in which the row holds them.
Shapes = Sequence[tuple[str, Sequence[int]]]


def cut(shapes: Shapes, numbers: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """Cut a row of numbers into arrays of these shapes; each is a copy.

    >>> cut([("weight", (1, 2)), ("bias", (1,))], np.arange(3))
    {'weight': array([[0, 1]]), 'bias': array([2])}
    """
    ends = np.cumsum([int(np.prod(shape)) for _, shape in shapes])
    parts = np.split(numbers, ends[:-1]) if len(ends) else []
    return {name: part.reshape(shape).copy() for (name, shape), part in zip(shapes, parts, strict=True)}
