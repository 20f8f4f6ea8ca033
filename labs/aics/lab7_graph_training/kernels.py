"""How this lab's operators are computed: NumPy, and ONNX Runtime for convolution and pooling.

`KERNELS` holds a function for each operator: it takes a node and returns what computes it, arrays in, array out. Float
results have the dtype of the inputs, but for convolution and pooling, which give float32. The room that computes these
two is imported when they run: where students' code is graded it is out of sight, and NumPy does its work.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.graph import Node
from aics.lab7_graph_training.windows import max_pool, max_pool_gradient

Array = NDArray[Any]
#: Arrays in, an array out.
Compute = Callable[..., Any]


def _plain(function: Compute) -> Callable[[Node], Compute]:
    """A kernel that needs nothing of its node but its inputs."""
    return lambda _node: function


def _with(function: Compute, *names: str) -> Callable[[Node], Compute]:
    """A kernel that needs these attributes of its node too."""
    return lambda node: partial(function, **{name: node.attributes[name] for name in names})


def _matmul(a: Array, b: Array, *, transpose_a: bool, transpose_b: bool) -> Array:
    product: Array = (a.T if transpose_a else a) @ (b.T if transpose_b else b)
    return product


def _spread(values: Array, like: Array) -> Array:
    """(C,) as it goes beside (N, C) or (N, C, H, W)."""
    return values.reshape(-1, *[1] * (like.ndim - 2))


def _others(x: Array) -> tuple[int, ...]:
    """All axes but that of the channels."""
    return (0, *range(2, x.ndim))


def _sigmoid(x: Array) -> Array:
    small = np.exp(-np.abs(x))
    return np.asarray(np.where(x >= 0, 1, small) / (1 + small), x.dtype)


def _softmax(x: Array) -> Array:
    exps = np.exp(x - x.max(1, keepdims=True))
    return np.asarray(exps / exps.sum(1, keepdims=True))


def _cross_entropy(logits: Array, labels: Array) -> Array:
    shifted = logits - logits.max(1, keepdims=True)
    return np.asarray(np.log(np.exp(shifted).sum(1)) * labels.sum(1) - (labels * shifted).sum(1))


def _filled(value: Array, like: Array) -> Array:
    return np.full(like.shape, value, like.dtype)


def _conv(x: Array, weight: Array, *, stride: int, pad: int) -> Array:
    try:
        from aics.layers.convolutions import convolve
    except ImportError:
        from aics.lab7_graph_training.windows import convolve  # type: ignore[assignment]

    return convolve(x, weight, stride, pad)


def _conv_back_input(x: Array, weight: Array, dy: Array, *, stride: int, pad: int) -> Array:
    try:
        from aics.layers.convolutions import input_gradient
    except ImportError:
        from aics.lab7_graph_training.windows import input_gradient  # type: ignore[assignment]

    return input_gradient(dy, weight, x.shape[2:], stride, pad)


def _conv_back_filter(x: Array, weight: Array, dy: Array, *, stride: int, pad: int) -> Array:
    try:
        from aics.layers.convolutions import weight_gradient
    except ImportError:
        from aics.lab7_graph_training.windows import weight_gradient  # type: ignore[assignment]

    return weight_gradient(x, dy, weight.shape[1], stride, pad)


def _pool(x: Array, *, kernel_size: int, stride: int) -> Array:
    try:
        from aics.layers.layers_2 import MaxPoolingLayer
    except ImportError:
        return max_pool(x, kernel_size, stride)
    return MaxPoolingLayer(kernel_size, stride).forward(x)


def _pool_back(x: Array, dy: Array, *, kernel_size: int, stride: int) -> Array:
    try:
        from aics.layers.layers_2 import MaxPoolingLayer
    except ImportError:
        return max_pool_gradient(x, dy, kernel_size, stride)
    layer = MaxPoolingLayer(kernel_size, stride)
    layer.input = x
    return layer.backward(dy)


def _scaled(x: Array, *, by: float) -> Array:
    return np.asarray(x * np.asarray(by, x.dtype))


def _shifted(x: Array, *, by: float) -> Array:
    return np.asarray(x + np.asarray(by, x.dtype))


def _random(node: Node) -> Compute:
    """Draws that begin with the seed in each session, and go on from run to run."""
    rng = np.random.default_rng(node.attributes["seed"])
    return lambda like: rng.random(like.shape, np.float32).astype(like.dtype, copy=False)


def _assigning(change: Callable[[Array, Array], Array]) -> Callable[[Node], Compute]:
    def kernel(node: Node) -> Compute:
        target = node.attributes["variable"].node

        def compute(value: Array) -> Array:
            target.load(change(target.value, value))
            return np.asarray(target.value)

        return compute

    return kernel


_WINDOW, _POOL = ("stride", "pad"), ("kernel_size", "stride")
KERNELS: dict[str, Callable[[Node], Compute]] = {
    "Const": lambda node: partial(np.asarray, node.attributes["value"]),
    "MatMul": _with(_matmul, "transpose_a", "transpose_b"),
    "BiasAdd": _plain(lambda x, bias: x + _spread(bias, x)),
    "Add": _plain(np.add),
    "Sub": _plain(np.subtract),
    "Mul": _plain(np.multiply),
    "Div": _plain(np.divide),
    "Neg": _plain(np.negative),
    "Square": _plain(np.square),
    "Sqrt": _plain(np.sqrt),
    "Exp": _plain(np.exp),
    "Log": _plain(np.log),
    "Reciprocal": _plain(np.reciprocal),
    "Floor": _plain(np.floor),
    "Scale": _with(_scaled, "by"),
    "Shift": _with(_shifted, "by"),
    "Sigmoid": _plain(_sigmoid),
    "Tanh": _plain(np.tanh),
    "Relu": _plain(lambda x: np.maximum(x, 0)),
    "Step": _plain(lambda x: (x > 0).astype(x.dtype)),
    "Sum": _plain(lambda x: np.asarray(x.sum())),
    "Mean": _plain(lambda x: np.asarray(x.mean())),
    "Count": _plain(lambda x: np.asarray(x.size, x.dtype)),
    "ChannelSum": _plain(lambda x: x.sum(_others(x))),
    "ChannelMean": _plain(lambda x: x.mean(_others(x))),
    "Softmax": _plain(_softmax),
    "SoftmaxCrossEntropy": _plain(_cross_entropy),
    "Fill": _plain(_filled),
    "PerChannel": _plain(lambda values, like: np.broadcast_to(_spread(values, like), like.shape)),
    "PerRow": _plain(lambda values, like: np.broadcast_to(values[:, None], like.shape)),
    "Reshape": _with(lambda x, *, shape: x.reshape(shape), "shape"),
    "ReshapeLike": _plain(lambda x, like: x.reshape(like.shape)),
    "Transpose": _with(lambda x, *, axes: x.transpose(axes), "axes"),
    "Conv2D": _with(_conv, *_WINDOW),
    "Conv2DBackpropInput": _with(_conv_back_input, *_WINDOW),
    "Conv2DBackpropFilter": _with(_conv_back_filter, *_WINDOW),
    "MaxPool": _with(_pool, *_POOL),
    "MaxPoolGrad": _with(_pool_back, *_POOL),
    "ArgMax": _plain(lambda x: x.argmax(1)),
    "Equal": _plain(np.equal),
    "Greater": _plain(np.greater),
    "Cast": _with(lambda x, *, dtype: x.astype(dtype), "dtype"),
    "Select": _plain(lambda condition, a, b: a if condition else b),
    "RandomUniform": _random,
    "Assign": _assigning(lambda _old, new: np.array(new)),
    "AssignAdd": _assigning(np.add),
    "AssignSub": _assigning(np.subtract),
    "WithGradient": _plain(lambda y, _a, _b, _c: y),
    "NoOp": _plain(lambda: np.zeros((), np.float32)),
}
