"""Lab 2, layers: how each question calls the student's code.

An ask gets names from the notebook by position and one case's arrays by keyword, calls the code and
returns what came back, name by name. It knows no right answer.
"""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from aics.check.ask import Outputs
from aics.check.returned import in_a_row, left

#: Finished cells that become files of the course's `stu_upload/` folder.
EXPORTS = {
    "layers_1.py": ("FullyConnectedLayer", "ReLULayer", "SoftmaxLossLayer"),
    "layers_2.py": ("ConvolutionalLayer", "MaxPoolingLayer", "FlattenLayer"),
}


# Fully connected, ReLU, softmax


def _fully_connected(FullyConnectedLayer: type[Any], weight: np.ndarray, bias: np.ndarray) -> Any:
    """A layer with the given weight (in, out) and bias (1, out)."""
    layer = FullyConnectedLayer(*weight.shape)
    layer.init_param()
    layer.load_param(weight, bias)
    return layer


def _after_forward(layer: Any, x: np.ndarray) -> None:
    """Let the layer see x, whatever its forward does: backward needs self.input, and a forward may keep more.

    A forward that raises, or that keeps nothing, is another question's mistake.
    """
    layer.input = x
    with contextlib.suppress(Exception):
        layer.forward(x)


def _gradients(layer: Any, x: np.ndarray, top_diff: np.ndarray) -> Outputs:
    """What backward returns and sets, after a forward; None for what it does not set."""
    _after_forward(layer, x)
    bottom_diff = layer.backward(top_diff)
    names = ("d_weight", "d_bias")
    return {"bottom_diff": bottom_diff} | {name: getattr(layer, name, None) for name in names}


def fully_connected_forward(
    FullyConnectedLayer: type[Any], *, x: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> Outputs:
    """Output (N, out) of the second of two calls: the first, on the reversed batch, must leave no trace."""
    layer = _fully_connected(FullyConnectedLayer, weight, bias)
    layer.forward(x[::-1].copy())
    return {"output": layer.forward(x)}


def fully_connected_backward(
    FullyConnectedLayer: type[Any], *, x: np.ndarray, weight: np.ndarray, bias: np.ndarray, top_diff: np.ndarray
) -> Outputs:
    """Gradients after a second forward and backward: each call computes them anew."""
    layer = _fully_connected(FullyConnectedLayer, weight, bias)
    _after_forward(layer, x[::-1].copy())
    layer.backward(top_diff.copy())
    return _gradients(layer, x, top_diff)


def relu(ReLULayer: type[Any], *, x: np.ndarray, top_diff: np.ndarray) -> Outputs:
    """Output and gradient, both of x's shape."""
    layer = ReLULayer()
    output = layer.forward(x)
    return {"output": output, "bottom_diff": layer.backward(top_diff)}


def softmax_loss(SoftmaxLossLayer: type[Any], *, x: np.ndarray, label: np.ndarray) -> Outputs:
    """Probabilities (N, C), mean loss of the labels (N,), gradient (N, C), and the scores; all read after backward."""
    layer = SoftmaxLossLayer()
    prob = layer.forward(x)
    loss = layer.get_loss(label)
    return {"prob": prob, "loss": loss, "bottom_diff": layer.backward(), **left(x=x)}


# Convolution


def conv_output_size(
    conv_output_size: Callable[..., Any],
    *,
    sizes: Sequence[int],
    kernel_sizes: Sequence[int],
    strides: Sequence[int],
    paddings: Sequence[int],
) -> Outputs:
    """One output size for each entry of the four lists; float answers stay float, None stays None."""
    rows = zip(sizes, kernel_sizes, strides, paddings, strict=True)
    answers = [conv_output_size(*row) for row in rows]
    return {"output": in_a_row(answers)}


def _typed(layer_class: type[Any], *sizes: int, kind: int) -> Any:
    """A layer of these sizes and the course's type, 0 for loops and 1 for speed, where its class has types.

    The type is never left to the constructor's default.
    """
    try:
        inspect.signature(layer_class).bind(*sizes, kind)
    except TypeError:
        return layer_class(*sizes)
    return layer_class(*sizes, kind)


def _convolution(
    ConvolutionalLayer: type[Any],
    weight: np.ndarray,
    bias: np.ndarray,
    stride: int,
    padding: int,
    kind: int,
) -> Any:
    """A layer with the given weight [Cin, K, K, Cout] and bias [Cout]; `kind` is the course's type."""
    channel_in, kernel_size, _, channel_out = weight.shape
    layer = _typed(ConvolutionalLayer, kernel_size, channel_in, channel_out, padding, stride, kind=kind)
    layer.init_param()
    layer.load_param(weight, bias)
    return layer


def conv_forward(
    ConvolutionalLayer: type[Any], *, x: np.ndarray, weight: np.ndarray, bias: np.ndarray, stride: int, padding: int
) -> Outputs:
    """Output [N, Cout, Ho, Wo] of the four loops."""
    layer = _convolution(ConvolutionalLayer, weight, bias, stride, padding, kind=0)
    return {"output": layer.forward(x)}


def conv_backward(
    ConvolutionalLayer: type[Any],
    *,
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray,
    stride: int,
    padding: int,
    top_diff: np.ndarray,
) -> Outputs:
    """Gradients of input, weight and bias by the four loops, the second time: each call begins at zero."""
    layer = _convolution(ConvolutionalLayer, weight, bias, stride, padding, kind=0)
    _gradients(layer, x[::-1].copy(), top_diff.copy())
    return _gradients(layer, x, top_diff)


def conv_forward_speedup(
    ConvolutionalLayer: type[Any], *, x: np.ndarray, weight: np.ndarray, bias: np.ndarray, stride: int, padding: int
) -> Outputs:
    """Output [N, Cout, Ho, Wo] of the fast method."""
    layer = _convolution(ConvolutionalLayer, weight, bias, stride, padding, kind=1)
    return {"output": layer.forward(x)}


def conv_backward_speedup(
    ConvolutionalLayer: type[Any],
    *,
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray,
    stride: int,
    padding: int,
    top_diff: np.ndarray,
) -> Outputs:
    """Gradients of input, weight and bias by the fast methods, forward_speedup included."""
    layer = _convolution(ConvolutionalLayer, weight, bias, stride, padding, kind=1)
    return _gradients(layer, x, top_diff)


def conv_winograd(conv_winograd: Callable[..., Any], *, x: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> Outputs:
    """Output [N, Cout, H, W] of a 3x3 convolution with stride 1 and padding 1."""
    return {"output": conv_winograd(x, weight, bias)}


# Pooling and flatten


def pool_forward(MaxPoolingLayer: type[Any], *, x: np.ndarray, kernel_size: int, stride: int) -> Outputs:
    """Output [N, C, Ho, Wo] of the four loops."""
    return {"output": _typed(MaxPoolingLayer, kernel_size, stride, kind=0).forward(x)}


def pool_backward(
    MaxPoolingLayer: type[Any], *, x: np.ndarray, kernel_size: int, stride: int, top_diff: np.ndarray
) -> Outputs:
    """Gradient [N, C, H, W] by the book: the window's first maximum gets it."""
    layer = _typed(MaxPoolingLayer, kernel_size, stride, kind=0)
    _after_forward(layer, x)
    backward = getattr(layer, "backward_raw_book", None) or layer.backward
    return {"bottom_diff": backward(top_diff)}


def pool_speedup(
    MaxPoolingLayer: type[Any], *, x: np.ndarray, kernel_size: int, stride: int, top_diff: np.ndarray
) -> Outputs:
    """Output and gradient by the fast methods."""
    layer = _typed(MaxPoolingLayer, kernel_size, stride, kind=1)
    output = layer.forward(x)
    return {"output": output, "bottom_diff": layer.backward(top_diff)}


def flatten(FlattenLayer: type[Any], *, x: np.ndarray, output_shape: Sequence[int], top_diff: np.ndarray) -> Outputs:
    """Output [N] + output_shape and gradient of x's shape.

    The original course's first class has a forward and no more.
    """
    layer = FlattenLayer(list(x.shape[1:]), list(output_shape))
    output: Outputs = {"output": layer.forward(x)}
    return output | ({"bottom_diff": layer.backward(top_diff)} if hasattr(layer, "backward") else {})


# Yardsticks: work of about the reference's cost, with meaningless contents. A student's own check divides
# by their time, since the reference is not shipped.


def _forward_yardstick(*, x: np.ndarray, weight: np.ndarray, bias: np.ndarray, stride: int, padding: int) -> Any:
    """K*K copies of x and one matrix product."""
    np.pad(x, ((0, 0), (0, 0), (padding, stride), (padding, stride)))
    copies = np.stack([x[..., ::-1]] * weight.shape[1] ** 2)
    table = weight.reshape(-1, len(bias))
    product = copies.reshape(-1, len(table)) @ table + bias
    return np.ascontiguousarray(product.T)


def _backward_yardstick(
    *, x: np.ndarray, weight: np.ndarray, bias: np.ndarray, stride: int, padding: int, top_diff: np.ndarray
) -> Any:
    """The forward yardstick, then two more products and K*K sums over x."""
    _forward_yardstick(x=x, weight=weight, bias=bias, stride=stride, padding=padding)
    border = np.pad(x, ((0, 0), (0, 0), (padding, stride), (padding, stride)))
    top = top_diff.transpose(0, 2, 3, 1).reshape(-1, len(bias))
    pieces = (top @ weight.reshape(-1, len(bias)).T).reshape(weight.shape[1] ** 2, *x.shape)
    copies = np.stack([x[..., ::-1]] * len(pieces))
    total = np.zeros_like(x)
    for piece in pieces:
        total += piece[..., ::-1]
    return total, np.zeros_like(border), copies.reshape(-1, len(top)) @ top


def _pool_yardstick(*, x: np.ndarray, kernel_size: int, stride: int, top_diff: np.ndarray) -> Any:
    """Four passes over the output's size for each of the K*K places of a window."""
    values = x[:, :, : top_diff.shape[2], : top_diff.shape[3]]
    place, total = np.zeros(top_diff.shape, np.uint8), np.zeros(top_diff.shape, x.dtype)
    for k in range(kernel_size**2):
        np.copyto(place, k, where=values > top_diff)
        largest = np.maximum(values, top_diff)
        total += top_diff * (place == k)
        total[:, :, ::2] += largest[:, :, ::2] * (place[:, :, ::2] == k)
    return total


def _winograd_yardstick(*, x: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> Any:
    """36 values for each 16 pixels and for each 9 weights, and 36 small matrix products."""
    batch, channels, height, width = x.shape
    tiles = batch * -(-height // 4) * -(-width // 4)
    mix = np.ones((36, 36), x.dtype)
    pixels = mix @ np.resize(x, (36, channels * tiles))
    weights = mix[:, :9] @ weight.transpose(1, 2, 3, 0).reshape(9, -1)
    product = weights.reshape(36, -1, channels) @ pixels.reshape(36, channels, tiles)
    return np.ascontiguousarray((mix[:16] @ product.reshape(36, -1)).T) + bias[0]


YARDSTICKS = {
    "conv_forward_speedup": _forward_yardstick,
    "conv_backward_speedup": _backward_yardstick,
    "pool_speedup": _pool_yardstick,
    "conv_winograd": _winograd_yardstick,
}
