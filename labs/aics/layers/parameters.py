"""What layers with a weight and a bias have in common, and how a layer says that an array does not fit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aics.language import tr
from aics.layers.programs import Array


class Parameters:
    """A weight and a bias that are drawn, loaded and changed.

    Attributes
    ----------
    weight, bias : float arrays
        There after `init_param` or `load_param`.
    d_weight, d_bias : float32 arrays
        Their gradients; there after ``backward``.
    """

    weight: Array
    bias: Array
    d_weight: Array
    d_bias: Array

    def __init__(self, weight_shape: Sequence[int], bias_shape: Sequence[int]) -> None:
        self._shapes = tuple(weight_shape), tuple(bias_shape)

    def init_param(self, std: float = 0.01) -> None:
        """Draw the weight from a normal distribution and set the bias to zero."""
        weight, bias = self._shapes
        self.weight = np.random.normal(0, std, weight).astype(np.float32)
        self.bias = np.zeros(bias, np.float32)

    def load_param(self, weight: Array, bias: Array) -> None:
        """Take weight and bias from elsewhere."""
        for what, array, shape in zip(("weight", "bias"), (weight, bias), self._shapes, strict=True):
            expect_shape(f"{type(self).__name__}.load_param: {what}", array, shape)
        self.weight, self.bias = weight, bias

    def save_param(self) -> tuple[Array, Array]:
        """Give weight and bias."""
        return self.weight, self.bias

    def get_gradient(self) -> tuple[Array, Array]:
        """Give d_weight and d_bias of the last backward pass."""
        return self.d_weight, self.d_bias

    def update_param(self, lr: float) -> None:
        """Take one step of length `lr` down the gradient."""
        self.weight = self.weight - lr * self.d_weight
        self.bias = self.bias - lr * self.d_bias


def expect_shape(what: str, array: Array, shape: Sequence[int | None]) -> None:
    """Raise AssertionError, as lab 2's layers do, where an array has another shape; None stands for any size.

    >>> expect_shape("ReLULayer.forward: input", np.zeros((2, 3)), (None, 4))
    Traceback (most recent call last):
    AssertionError: ReLULayer.forward: input has the shape [2, 3], and [any, 4] is expected.
    """
    fits = len(array.shape) == len(shape) and all(
        wanted in (None, got) for got, wanted in zip(array.shape, shape, strict=True)
    )
    expected = ", ".join(tr("any") if size is None else str(size) for size in shape)
    assert fits, tr(
        "{what} has the shape {got}, and [{expected}] is expected.", what=what, got=list(array.shape), expected=expected
    )
