"""Convolution and max pooling in NumPy, and their way back: for where ONNX Runtime's are out of sight.

Layouts are the course's: x (N, Cin, H, W), weight (Cin, K, K, Cout), dy as the output.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Array = NDArray[Any]


def convolve(x: Array, weight: Array, stride: int, pad: int) -> Array:
    """x, weight -> (N, Cout, Ho, Wo) float32"""
    y = np.tensordot(_seen(x, weight.shape[1], stride, pad), weight, axes=((1, 4, 5), (0, 1, 2)))
    return np.ascontiguousarray(y.transpose(0, 3, 1, 2), np.float32)


def input_gradient(dy: Array, weight: Array, sides: Sequence[int], stride: int, pad: int) -> Array:
    """dy, weight, sides: H, W of the input -> (N, Cin, H, W) float32"""
    padded = np.zeros((len(dy), len(weight), *(side + 2 * pad for side in sides)), np.float32)
    for row, column, there in _places(weight.shape[1], dy.shape[2:], stride):
        padded[(..., *there)] += np.tensordot(dy, weight[:, row, column], axes=(1, 1)).transpose(0, 3, 1, 2)
    return padded[:, :, pad : pad + sides[0], pad : pad + sides[1]]


def weight_gradient(x: Array, dy: Array, kernel_size: int, stride: int, pad: int) -> Array:
    """x, dy -> (Cin, K, K, Cout) float32"""
    seen = _seen(x, kernel_size, stride, pad)[:, :, : dy.shape[2], : dy.shape[3]]
    return np.asarray(np.tensordot(seen, dy, axes=((0, 2, 3), (0, 2, 3))), np.float32)


def max_pool(x: Array, kernel_size: int, stride: int) -> Array:
    """x (N, C, H, W) -> (N, C, Ho, Wo) float32"""
    return np.asarray(_seen(x, kernel_size, stride, 0).max(axis=(4, 5)), np.float32)


def max_pool_gradient(x: Array, dy: Array, kernel_size: int, stride: int) -> Array:
    """x (N, C, H, W), dy -> the gradient, x's shape, float32; of several equal numbers the first gets it."""
    seen = _seen(x, kernel_size, stride, 0)
    first = seen.reshape(*seen.shape[:4], -1).argmax(axis=4)
    dx = np.zeros(x.shape, np.float32)
    for row, column, there in _places(kernel_size, dy.shape[2:], stride):
        dx[(..., *there)] += np.where(first == row * kernel_size + column, dy, 0)
    return dx


def _seen(x: Array, kernel_size: int, stride: int, pad: int) -> Array:
    """What each window sees: (N, C, Ho, Wo, K, K)."""
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    return sliding_window_view(padded, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::stride, ::stride]


def _places(kernel_size: int, sides: Sequence[int], stride: int) -> Iterator[tuple[int, int, tuple[slice, slice]]]:
    """For each place in a window: its row and column, and where all windows have it in the padded input."""
    for row in range(kernel_size):
        for column in range(kernel_size):
            rows, columns = (
                slice(start, start + stride * side, stride) for start, side in zip((row, column), sides, strict=True)
            )
            yield row, column, (rows, columns)
