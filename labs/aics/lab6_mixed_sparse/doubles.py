"""What asks about half precision need: answers told in full, and a network that adds up and forgets nothing.

The judge compares finite numbers. An array in half precision is therefore told as three outputs: how many bits each
of its numbers has, the numbers, and where they are not finite.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

#: What too large numbers and sums of infinities say on the way is part of what is asked.
QUIET = {"over": "ignore", "invalid": "ignore"}


def bits_of(array: object) -> object:
    """How many bits each number of an array has; what is no array goes through."""
    return next(iter(told("it", array).values()))


def told(name: str, array: object) -> dict[str, object]:
    """Bits of each number, the numbers (0 where not finite), and where they are infinite (1, -1) or nan (2)."""
    if not isinstance(array, np.ndarray | np.generic):
        return {f"bits of {name}": array}
    array = np.asarray(array)
    if array.dtype.kind not in "fiu":
        return {f"bits of {name}": array}
    bits, odd, numbers = 8 * array.dtype.itemsize, np.zeros(array.shape, np.int64), array.astype(np.float64)
    finite = np.isfinite(numbers)
    if not finite.all():
        odd = np.where(finite, 0, np.where(np.isnan(numbers), 2, np.where(numbers > 0, 1, -1)))
        numbers = np.where(finite, numbers, 0)
    return {f"bits of {name}": bits, f"infinite in {name}": odd, name: numbers}


def told_all(arrays: object, names: Sequence[str], what: str = "the dict of tensors") -> dict[str, object]:
    """The same for some arrays of a dict; `what` says what it is if it is none."""
    if not isinstance(arrays, Mapping):
        return {what: arrays}
    return {key: value for name in names for key, value in told(name, arrays.get(name)).items()}


def tensors_of(arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Arrays of a case by the names that parameters have: fc1_weight is "fc1/weight"."""
    return {name.replace("_", "/", 1): array for name, array in arrays.items()}


def as_counts(mask: object) -> object:
    """A mask of True and False as 1 and 0: so it travels to the judge; anything else as it is."""
    return mask.astype(np.int64) if isinstance(mask, np.ndarray) and mask.dtype == bool else mask


class BackwardOnlyNet:
    """A network whose gradients are sums over the batch of what its layers kept, stored in half precision.

    kept : name -> (N, I) array; top_diff (N, J) gives name -> (I, J)
    """

    def __init__(self, kept: Mapping[str, np.ndarray]) -> None:
        """Keep what the layers saw; nothing was passed back yet."""
        self._kept, self.received = kept, []

    def backward(self, top_diff):
        """Note what came, and give a gradient for each name."""
        self.received.append(top_diff)
        exact = np.asarray(top_diff).astype(np.float64)
        with np.errstate(over="ignore", invalid="ignore"):
            return {name: np.einsum("ni,nj->ij", x, exact).astype(np.float16) for name, x in self._kept.items()}


def with_scaled_gradients(net, share: float):
    """Let a network hand out a share of each gradient only: the others come from other machines."""
    down = net.backward
    net.backward = lambda top_diff: down(top_diff * top_diff.dtype.type(share))
    return net


@lru_cache(maxsize=4)
def scattered(rows: int, columns: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Where `count` numbers of a matrix may lie, one row in sixteen empty: columns (count,), row ends (rows + 1,)."""
    rng = np.random.default_rng(0)
    free = np.ones((rows, columns), bool)
    free[rng.choice(rows, rows // 16, replace=False)] = False
    places = np.sort(rng.choice(np.flatnonzero(free), count, replace=False))
    ends = np.searchsorted(places, columns * np.arange(rows + 1))
    return places % columns, ends
