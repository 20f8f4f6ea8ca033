"""What lab 6's asks hand to a student's code: parameters by name, networks, places of a sparse matrix."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.doubles.rows import Shapes

Array = NDArray[Any]


# Parameters


def by_parameter(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """Arrays of a case by the names that parameters have in the notebook: fc1_weight is "fc1/weight"."""
    return {name.replace("_", "/", 1): array for name, array in arrays.items()}


def copies(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """A copy of each array."""
    return {name: array.copy() for name, array in arrays.items()}


def weights_of(shapes: Shapes) -> list[tuple[str, Sequence[int]]]:
    """The entries of weights, which have a mask; biases have none."""
    return [(name, shape) for name, shape in shapes if name.endswith("/weight")]


def entries(answer: object, names: Sequence[str], what: str) -> dict[str, object]:
    """What a dict holds under these names, None where it lacks one; what came in its place if it is no dict."""
    if not isinstance(answer, Mapping):
        return {f"the dict of {what}": answer}
    return {name: answer.get(name) for name in names}


# Networks


class BackwardOnlyNet:
    """A network of which only the backward pass exists, and which notes what it was handed.

    Each of its layers kept an input x (N, I). For top_diff (N, J) its gradient is x^T top_diff (I, J), stored in half.
    """

    def __init__(self, inputs: Mapping[str, Array], counted: Callable[..., Array] | None = None) -> None:
        """`inputs` holds x for each parameter, by name; ``counted("backward", top_diff)`` gives other gradients."""
        self._inputs, self._counted = inputs, counted
        self.received: list[Any] = []

    def backward(self, top_diff: Any) -> dict[str, Array]:
        """Return the gradient of each parameter."""
        self.received.append(top_diff)
        if self._counted is not None:
            return dict(zip(self._inputs, self._counted("backward", top_diff), strict=True))
        exact = np.asarray(top_diff).astype(np.float64)
        with np.errstate(over="ignore", invalid="ignore"):
            return {name: np.einsum("ni,nj->ij", x, exact).astype(np.float16) for name, x in self._inputs.items()}


class OpenAtZero:
    """A ReLU with the course's gradient where its input is exactly 0, which a unit without active weights meets.

    Layers of earlier labs may take the one choice or the other.
    """

    def __init__(self, relu: Any) -> None:
        """Wrap a ReLU."""
        self._relu, self._at_zero = relu, np.zeros(0, bool)

    def forward(self, input: Array) -> Any:
        """Run the ReLU."""
        self._at_zero = input == 0
        return self._relu.forward(input)

    def backward(self, top_diff: Array) -> Array:
        """Pass the gradient down as the ReLU does, and at 0 whole."""
        return np.where(self._at_zero, top_diff, self._relu.backward(top_diff))


def with_scaled_gradients(net: Any, factor: float) -> Any:
    """Let a network multiply what its backward pass gets by a factor: it is one of many that share a large batch."""
    backward = net.backward
    net.backward = lambda top_diff: backward(top_diff * top_diff.dtype.type(factor))
    return net


# Sparse matrices


@lru_cache(maxsize=4)
def scattered(rows: int, columns: int, count: int) -> tuple[Array, Array]:
    """Random places for the `count` numbers of a matrix of which one row in sixteen is empty.

    Returns
    -------
    indices : (count,) int array
        The column of each number, row by row.
    indptr : (rows + 1,) int array
        Row r holds the numbers from indptr[r] to indptr[r + 1].
    """
    rng = np.random.default_rng(0)
    filled = np.sort(rng.choice(rows, rows - rows // 16, replace=False))
    places = np.sort(rng.choice(len(filled) * columns, count, replace=False))
    return places % columns, np.searchsorted(filled[places // columns], np.arange(rows + 1))
