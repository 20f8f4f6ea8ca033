"""Fast layers for long runs: forward, and the gradient of the input; nothing here learns.

`fast_layers` takes a network's finished layers and gives layers of the same names that compute the same, in a
third of the time. ReLUs and poolings become those of this room. For convolutions two ways are at hand; the one that
was faster at the layer's size is taken (measured by ``benchmarks/style_transfer.py``):

- Winograd's F(4x4, 3x3) (Lavin & Gray 2016) needs a quarter of the multiplications. Its transforms cost the same for
  few channels as for many, so it is taken where there are many.
- ONNX Runtime's own convolution, where there are few.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from aics.layers.layers_1 import ReLULayer
from aics.layers.layers_2 import MaxPoolingLayer
from aics.layers.programs import Array, run

#: Winograd's three matrices: for tiles of the input, for filters, for the results.
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
#: Both sides at once. A tile's 36 transformed numbers are 36 filters' answers, and a result is a sum of 36 patterns.
_TILE = np.kron(_BT, _BT).reshape(36, 1, 6, 6)
_RESULT = np.kron(_AT, _AT).T.reshape(36, 1, 4, 4)
#: A layer of lab 2, whoever wrote it.
Layer = Any
#: Winograd is taken where input and output have this many channels together, and each this many.
MANY_TOGETHER, MANY = 192, 64

_DIRECT = """(float[n,i,h,w] x, float[o,i,k,l] kernels, float[o] bias) => (float[n,o,h,w] y) {
    y = Conv<pads=[1,1,1,1]>(x, kernels, bias)
}"""
_FILTERS = """(float[o,i,k,l] kernels, float[a,k] g) => (float[36,o,i] filters) {{
    columns = MatMul(g, kernels)
    across = Transpose<perm=[1,0]>(g)
    both = MatMul(columns, across)
    shape = Constant<value_ints=[{outputs},{inputs},36]>()
    rows = Reshape(both, shape)
    filters = Transpose<perm=[2,0,1]>(rows)
}}"""
_WINOGRAD = """(float[n,i,h,w] x, float[36,o,i] filters, float[o] bias, float[36,1,6,6] tile, float[36,1,4,4] result)
=> (float[n,o,h,w] y) {{
    border = Constant<value_ints=[0,0,1,1,0,0,{below},{right}]>()
    padded = Pad(x, border)
    planes = Constant<value_ints=[-1,1,{tall},{wide}]>()
    single = Reshape(padded, planes)
    tiles = Conv<strides=[4,4]>(single, tile)
    places = Constant<value_ints=[-1,{inputs},36,{tiles}]>()
    apart = Reshape(tiles, places)
    before = Transpose<perm=[0,2,1,3]>(apart)
    products = MatMul(filters, before)
    after = Transpose<perm=[0,2,1,3]>(products)
    grid = Constant<value_ints=[-1,36,{down},{across}]>()
    answers = Reshape(after, grid)
    placed = ConvTranspose<strides=[4,4]>(answers, result)
    whole = Constant<value_ints=[-1,{outputs},{height4},{width4}]>()
    maps = Reshape(placed, whole)
    from = Constant<value_ints=[0,0]>()
    to = Constant<value_ints=[{height},{width}]>()
    sides = Constant<value_ints=[2,3]>()
    cut = Slice(maps, from, to, sides)
    column = Constant<value_ints=[-1,1,1]>()
    added = Reshape(bias, column)
    y = Add(cut, added)
}}"""


def fast_layers(layers: Mapping[str, Layer]) -> dict[str, Layer]:
    """Give fast layers in place of a network's.

    layers : name -> finished layer of lab 2's classes; 3 x 3 convolutions (padding 1, stride 1), ReLU and max
    pooling are replaced, others stay as they are

    The new ones have ``forward(input)`` and ``backward(top_diff)``, convolutions also ``backward_input``: all give
    the gradient of the input only. Weights are copied: load them before.
    """
    return {name: _fast(layer) for name, layer in layers.items()}


def _fast(layer: Layer) -> Layer:
    kind = type(layer).__name__
    sizes = {name: getattr(layer, name, None) for name in ("kernel_size", "padding", "stride")}
    if hasattr(layer, "weight") and sizes == {"kernel_size": 3, "padding": 1, "stride": 1}:
        return FastConvolution(layer.weight, layer.bias)
    if kind == "MaxPoolingLayer":
        return MaxPoolingLayer(layer.kernel_size, layer.stride)
    return ReLULayer() if kind == "ReLULayer" else layer


class FastConvolution:
    """A 3 x 3 convolution, padding 1, stride 1, whose weight stays as it is.

    weight : (Cin, 3, 3, Cout), bias : (Cout,), float32
    """

    kernel_size, padding, stride = 3, 1, 1

    def __init__(self, weight: Array, bias: Array) -> None:
        self.channel_in, self.channel_out = weight.shape[0], weight.shape[3]
        kernels = np.asarray(weight, np.float32).transpose(3, 0, 1, 2)
        convolve = _Winograd if _many(*kernels.shape[:2]) else _Direct
        self._forward = convolve(kernels, np.asarray(bias, np.float32))
        turned = kernels[:, :, ::-1, ::-1].swapaxes(0, 1)
        self._backward = convolve(turned, np.zeros(len(turned), np.float32))

    def forward(self, input: Array) -> Array:
        """(N, Cin, H, W)  ->  (N, Cout, H, W)"""
        return self._forward(input)

    def backward(self, top_diff: Array) -> Array:
        """top_diff : (N, Cout, H, W)  ->  bottom_diff : (N, Cin, H, W)"""
        return self._backward(top_diff)

    backward_input = backward


# Two ways of convolving


def _many(outputs: int, inputs: int) -> bool:
    """Whether there are channels enough for Winograd's transforms to pay."""
    return min(outputs, inputs) >= MANY and outputs + inputs >= MANY_TOGETHER


class _Direct:
    """ONNX Runtime's convolution; kernels : (Cout, Cin, 3, 3)."""

    def __init__(self, kernels: Array, bias: Array) -> None:
        self._weights = {"kernels": np.ascontiguousarray(kernels), "bias": bias}

    def __call__(self, x: Array) -> Array:
        (y,) = run(_DIRECT, x=x, **self._weights)
        return y


class _Winograd:
    """F(4x4, 3x3): tiles of 6 x 6 numbers make 4 x 4 results; kernels : (Cout, Cin, 3, 3)."""

    def __init__(self, kernels: Array, bias: Array) -> None:
        self._channels = {"outputs": kernels.shape[0], "inputs": kernels.shape[1]}
        (filters,) = run(_FILTERS.format(**self._channels), kernels=kernels, g=_G)
        matrices = {"tile": _TILE, "result": _RESULT}
        self._inputs = {"filters": filters, "bias": bias, **{k: m.astype(np.float32) for k, m in matrices.items()}}

    def __call__(self, x: Array) -> Array:
        height, width = x.shape[2:]
        down, across = -(-height // 4), -(-width // 4)
        sizes = {"height": height, "width": width, "height4": 4 * down, "width4": 4 * across}
        sizes |= {"tall": 4 * down + 2, "wide": 4 * across + 2, "tiles": down * across, "down": down, "across": across}
        sizes |= {"below": 4 * down + 1 - height, "right": 4 * across + 1 - width}
        (y,) = run(_WINOGRAD.format(**sizes, **self._channels), x=x, **self._inputs)
        return y
