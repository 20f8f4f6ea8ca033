"""What an ask brought back, in the hands of a measure: every array is looked at before it is counted with.

It comes from a student's process: any name may be missing, any array may have any shape and kind of numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.check.ask import Unfit
from aics.check.messages import say

#: What stands behind the name of an argument that an ask returns as the student's code left it.
AFTER = " after the call"
#: Words that are read of one output, at most: a measure may look each up among the others.
MOST_WORDS = 1000


class Unusable(Exception):
    """A measure cannot use what was returned; `unfit` says which output, and why."""

    def __init__(self, unfit: Unfit) -> None:
        """Keep what the judge needs for its verdict."""
        super().__init__(unfit.output)
        self.unfit = unfit


class Returned(Mapping[str, NDArray[Any]]):
    """An ask's outputs by name, as they came back."""

    def __init__(self, values: Mapping[str, NDArray[Any]]) -> None:
        """Hold the arrays of one answer."""
        self._values = values

    def __getitem__(self, name: str) -> NDArray[Any]:
        """The output of this name; raises Unusable where there is none."""
        if name not in self._values:
            raise Unusable(Unfit(output=name, rung="type"))
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def shaped(self, name: str, *shape: int) -> NDArray[Any]:
        """The output of this name, real numbers of this shape; a size of -1 is any. Raises Unusable."""
        array = self[name]
        if array.ndim != len(shape) or any(n not in (-1, m) for n, m in zip(shape, array.shape, strict=True)):
            wanted = str(list(shape)).replace("-1", say("shape.any"))
            raise Unusable(Unfit(output=name, rung="shape", got=str(list(array.shape)), expected=wanted))
        if array.dtype.kind not in "fiub":
            expected = say("dtype.expected.real")
            raise Unusable(Unfit(output=name, rung="dtype", got=str(array.dtype), expected=expected))
        return array

    def numbers(self, name: str) -> list[int]:
        """The whole numbers of a row, such as the places that an ask noted."""
        return [int(number) for number in np.nan_to_num(self.shaped(name, -1).astype(np.float64))]

    def words(self, name: str) -> list[str]:
        """The texts that an ask returned with `spelled`."""
        text = self.shaped(name, -1).astype(np.uint8).tobytes().decode("utf-8", "replace")
        return text.split("\n")[:MOST_WORDS] if text else []

    def beside(self, *names: str) -> dict[str, object]:
        """All outputs but these and the arguments as the code left them: what is compared as returned."""
        return {name: array for name, array in self.items() if name not in names and not name.endswith(AFTER)}

    def beginning(self, prefix: str) -> dict[str, NDArray[Any]]:
        """All outputs whose names begin so, by the rest of their names."""
        return {name[len(prefix) :]: array for name, array in self.items() if name.startswith(prefix)}


def spelled(words: Iterable[object]) -> NDArray[np.uint8]:
    """Names as an array that can travel, a line each; see `Returned.words`."""
    return np.frombuffer("\n".join(map(str, words)).encode("utf-8", "replace"), np.uint8)


def stacked(arrays: Sequence[Any]) -> Any:
    """Arrays of one shape as one, along a new first axis; else the first that is none, or of another shape."""
    odd = [array for array in arrays if not isinstance(array, np.ndarray) or array.shape != np.shape(arrays[0])]
    return odd[0] if odd else np.array(arrays)


def in_a_row(numbers: Sequence[Any]) -> Any:
    """Numbers as one array, whatever holds each: Python, NumPy, an array without axes; else the first that is none."""
    odd = [number for number in numbers if not _is_number(number)]
    return odd[0] if odd else np.array(numbers)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float, np.generic)) or (isinstance(value, np.ndarray) and not value.ndim)


def as_array(value: Any) -> Any:
    """A list or tuple of numbers as an array, for what no later code minds; anything else as it is."""
    if not isinstance(value, list | tuple):
        return value
    try:
        array = np.array(value)
    except ValueError:  # rows of different lengths
        return value
    return array if array.dtype.kind in "fiub" else value


def left(**arguments: object) -> dict[str, object]:
    """Arguments as a student's code has left them, to be returned by an ask; a dict entry by entry."""
    found: dict[str, object] = {}
    for name, value in arguments.items():
        rows = value.items() if isinstance(value, Mapping) else [("", value)]
        found |= {f"{name} {key}".rstrip() + AFTER: _copied(entry) for key, entry in rows}
    return found


def _copied(value: object) -> object:
    return value.copy() if isinstance(value, np.ndarray) else value
