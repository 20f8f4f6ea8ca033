"""Fast layers for long runs: forward, and the gradient of the input; nothing here learns.

`fast_layers` takes a network's finished layers and gives layers of the same names that compute the same, in a
third of the time. Two ways of convolving are at hand; the one that was faster at the layer's size is taken
(measured by ``benchmarks/style_transfer.py``):

- Winograd's F(4x4, 3x3) (Lavin & Gray 2016) needs a quarter of the multiplications. Its transforms cost the same for
  few channels as for many, so it is taken where there are many.
- ONNX Runtime's direct convolution, where there are few.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

import numpy as np

from aics.kernels.onnxruntime import make_session

_BT = np.array(
    [
        [4, 0, -5, 0, 1, 0],
        [0, -4, -4, 1, 1, 0],
        [0, 4, -4, -1, 1, 0],
        [0, -2, -1, 2, 1, 0],
        [0, 2, -1, -2, 1, 0],
        [0, 4, 0, -5, 0, 1],
    ]
)
_G = np.array([[6, 0, 0], [-4, -4, -4], [-4, 4, -4], [1, 2, 4], [1, -2, 4], [0, 0, 24]]) / 24
_AT = np.array([[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]])
#: Both sides at once: a tile is a row of 36 numbers, and its transform one matrix product.
_TILE, _RESULT = (np.kron(side, side).astype(np.float32) for side in (_BT, _AT))
#: Winograd is taken where input and output have this many channels together, and each this many.
MANY_TOGETHER, MANY = 192, 64
#: Numbers of transformed tiles that are worked on at once; more do not stay in the cache.
STRIP = 2**21


def fast_layers(layers: Mapping[str, object]) -> dict[str, object]:
    """Give fast layers in place of a network's.

    layers : name -> finished layer of lab 2's classes; 3 x 3 convolutions (padding 1, stride 1), ReLU and 2 x 2 max
    pooling are replaced, others stay as they are

    The new ones have ``forward(input)`` and ``backward(top_diff)``, convolutions also ``backward_input``: all give
    the gradient of the input only. Weights are copied: load them before.
    """
    return {name: _fast(layer) for name, layer in layers.items()}


def _fast(layer: object) -> object:
    sizes = {name: getattr(layer, name, None) for name in ("kernel_size", "padding", "stride")}
    if hasattr(layer, "weight") and sizes == {"kernel_size": 3, "padding": 1, "stride": 1}:
        return FastConvolution(layer.weight, layer.bias)
    if sizes == {"kernel_size": 2, "padding": None, "stride": 2}:
        return FastPooling()
    return FastReLU() if type(layer).__name__ == "ReLULayer" else layer


class FastConvolution:
    """A 3 x 3 convolution, padding 1, stride 1, whose weight stays as it is.

    weight : (Cin, 3, 3, Cout), bias : (Cout,), float32
    """

    kernel_size, padding, stride = 3, 1, 1

    def __init__(self, weight: np.ndarray, bias: np.ndarray) -> None:
        self.channel_in, self.channel_out = weight.shape[0], weight.shape[3]
        kernels = np.asarray(weight, np.float32).transpose(3, 0, 1, 2)
        convolve = _Winograd if _many(*kernels.shape[:2]) else _Direct
        self._forward = convolve(kernels, np.asarray(bias, np.float32))
        turned = kernels[:, :, ::-1, ::-1].swapaxes(0, 1)
        self._backward = convolve(turned, np.zeros(len(turned), np.float32))

    def forward(self, input: np.ndarray) -> np.ndarray:
        """(N, Cin, H, W)  ->  (N, Cout, H, W)"""
        return self._forward(input)

    def backward(self, top_diff: np.ndarray) -> np.ndarray:
        """top_diff : (N, Cout, H, W)  ->  bottom_diff : (N, Cin, H, W)"""
        return self._backward(top_diff)

    backward_input = backward


class FastReLU:
    """max(x, 0); the gradient is 1 where x >= 0, as in the course."""

    def forward(self, input: np.ndarray) -> np.ndarray:
        """Any shape, any array type that floats have."""
        self._passes = input >= 0
        return np.maximum(input, 0.0)

    def backward(self, top_diff: np.ndarray) -> np.ndarray:
        """Let the gradient pass where the input was not negative."""
        return top_diff * self._passes


class FastPooling:
    """The largest of each 2 x 2 window; a last odd row or column is dropped.

    Of several equal numbers one gets the gradient, the upper left one first.
    """

    kernel_size = stride = 2

    def forward(self, input: np.ndarray) -> np.ndarray:
        """(N, C, H, W)  ->  (N, C, H // 2, W // 2)"""
        self._shape = input.shape
        height, width = (2 * (side // 2) for side in input.shape[2:])
        upper, lower = input[:, :, :height:2, :width], input[:, :, 1:height:2, :width]
        self._upper = upper >= lower
        rows = np.maximum(upper, lower)
        self._left = rows[..., ::2] >= rows[..., 1::2]
        return np.maximum(rows[..., ::2], rows[..., 1::2])

    def backward(self, top_diff: np.ndarray) -> np.ndarray:
        """top_diff : (N, C, H // 2, W // 2)  ->  bottom_diff : (N, C, H, W)"""
        rows = np.empty(self._upper.shape, top_diff.dtype)
        np.multiply(top_diff, self._left, out=rows[..., ::2])
        np.subtract(top_diff, rows[..., ::2], out=rows[..., 1::2])
        height, width = 2 * rows.shape[2], rows.shape[3]
        bottom_diff = (np.empty if self._shape[2:] == (height, width) else np.zeros)(self._shape, top_diff.dtype)
        upper = bottom_diff[:, :, :height:2, :width]
        np.multiply(rows, self._upper, out=upper)
        np.subtract(rows, upper, out=bottom_diff[:, :, 1:height:2, :width])
        return bottom_diff


# Two ways of convolving


def _many(outputs: int, inputs: int) -> bool:
    """Whether there are channels enough for Winograd's transforms to pay."""
    return min(outputs, inputs) >= MANY and outputs + inputs >= MANY_TOGETHER


class _Direct:
    """ONNX Runtime; kernels : (Cout, Cin, 3, 3)."""

    def __init__(self, kernels: np.ndarray, bias: np.ndarray) -> None:
        self._weights = {"weight": np.ascontiguousarray(kernels), "bias": bias}
        step = ("Conv", ["x", "weight", "bias"], "y", {"pads": [1] * 4})
        self._session = make_session({"x": 4, "weight": 4, "bias": 1}, [step], threads=_cores())

    def __call__(self, x: np.ndarray) -> np.ndarray:
        return self._session.run(None, {"x": np.ascontiguousarray(x, np.float32), **self._weights})[0]


class _Winograd:
    """F(4x4, 3x3): tiles of 6 x 6 numbers make 4 x 4 results; kernels : (Cout, Cin, 3, 3)."""

    def __init__(self, kernels: np.ndarray, bias: np.ndarray) -> None:
        outputs, inputs = kernels.shape[:2]
        transform = np.kron(_G, _G) @ kernels.reshape(-1, 9).T.astype(np.float64)
        self._kernels = np.ascontiguousarray(transform.reshape(36, outputs, inputs), np.float32)
        self._bias = bias[:, None, None, None, None]

    def __call__(self, x: np.ndarray) -> np.ndarray:
        outputs, (height, width) = len(self._bias), x.shape[2:]
        down, across = -(-height // 4), -(-width // 4)
        result = np.empty((len(x), outputs, down, 4, across, 4), np.float32)
        rows = max(1, STRIP // (36 * x.shape[1] * across))
        for image, place in zip(x, result, strict=True):
            padded = np.zeros((x.shape[1], 4 * down + 2, 4 * across + 2), np.float32)
            padded[:, 1 : height + 1, 1 : width + 1] = image
            for top in range(0, down, rows):
                part = padded[:, 4 * top : 4 * min(top + rows, down) + 2]
                place[:, top : top + rows] = self._strip(part, across)
        return result.reshape(len(x), outputs, 4 * down, 4 * across)[:, :, :height, :width]

    def _strip(self, padded: np.ndarray, across: int) -> np.ndarray:
        """Some rows of tiles: (Cin, 4 rows + 2, 4 across + 2)  ->  (Cout, rows, 4, across, 4), a view."""
        inputs, rows = len(padded), (padded.shape[1] - 2) // 4
        tiles = np.empty((6, 6, inputs, rows, across), np.float32)
        for i in range(6):
            for j in range(6):
                tiles[i, j] = padded[:, i : i + 4 * rows - 3 : 4, j : j + 4 * across - 3 : 4]
        products = self._kernels @ (_TILE @ tiles.reshape(36, -1)).reshape(36, inputs, rows * across)
        result = (_RESULT @ products.reshape(36, -1)).reshape(4, 4, -1, rows, across).transpose(2, 3, 0, 4, 1)
        return result + self._bias


def _cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
