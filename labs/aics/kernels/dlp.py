"""Kernels of the deep learning processor, emulated: INT8 products, FP16 for the rest.

A convolution or fully connected layer needs to know two grids, of its input and of its weight. They stand in
the node's attributes ``input_quant`` and ``weight_quant``, which the other devices ignore.
"""

from __future__ import annotations

from aics.graph import GraphError
from aics.kernels import Prepared
from aics.pycnml import QuantParam, layers, operators
from aics.pycnml.machine import Machine, Row
from aics.pycnml.machine import books as machine_books


def _grids(node) -> tuple[QuantParam, QuantParam]:
    """The node's two grids. Raises GraphError where one is missing."""
    grids = tuple(node.attributes.get(name) for name in ("input_quant", "weight_quant"))
    if not all(isinstance(grid, QuantParam) for grid in grids):
        raise GraphError(
            f"{node.name} on {node.device} computes with 8 bits: it needs input_quant and weight_quant, "
            f"two QuantParam, got {grids[0]!r} and {grids[1]!r}."
        )
    return grids


class Conv:
    """Convolve in whole numbers."""

    def __init__(self, node):
        self._places = {name: node.attributes[name] for name in ("stride", "pad")}
        self._input_quant, weight_quant = _grids(node)
        self._stored = Prepared(
            lambda weight, bias: operators.prepare_conv(weight.transpose(3, 0, 1, 2), bias, weight_quant)
        )

    def compute(self, x, weight, bias):
        """(N, Cin, H, W) -> (N, Cout, Ho, Wo)."""
        return operators.conv(x, self._stored(weight, bias), **self._places, input_quant=self._input_quant)


class FullyConnected:
    """Multiply with a weight, in whole numbers."""

    def __init__(self, node):
        self._input_quant, weight_quant = _grids(node)
        self._stored = Prepared(lambda weight, bias: operators.prepare_mlp(weight.T, bias[0], weight_quant))

    def compute(self, x, weight, bias):
        """(N, in) -> (N, out)."""
        return operators.mlp(x, self._stored(weight, bias), input_quant=self._input_quant)


class Relu:
    """Put 0 for every number below 0."""

    def __init__(self, node):
        pass

    def compute(self, x):
        """Any shape."""
        return operators.relu(x)


class MaxPool:
    """Take the largest number of each window."""

    def __init__(self, node):
        self._window = {name: node.attributes[name] for name in ("kernel_size", "stride")}

    def compute(self, x):
        """(N, C, H, W) -> (N, C, Ho, Wo)."""
        return operators.max_pool(x, **self._window)


class Flatten:
    """Lay features out in N, H, W, C order."""

    def __init__(self, node):
        pass

    def compute(self, x):
        """(N, C, H, W) -> (N, H * W * C)."""
        return operators.flatten(x)


class Softmax:
    """Turn each row of scores into probabilities."""

    def __init__(self, node):
        pass

    def compute(self, x):
        """(N, classes) -> (N, classes)."""
        return operators.softmax(x, axis=1)


def kernels() -> dict[str, type]:
    """The kernel classes by operator."""
    return {kernel.__name__: kernel for kernel in (Conv, Relu, MaxPool, Flatten, FullyConnected, Softmax)}


def books(graph, batch: int = 1, machine: Machine | None = None) -> list[Row]:
    """What each node of a graph would cost on a card, in the graph's order: a model, not a measurement.

    Parameters
    ----------
    graph : Graph
        All its operators count, wherever they are placed.
    batch : int
        How many pictures run at once.
    machine : Machine, optional
        The card of `aics.pycnml.machine`, if not given.
    """
    nodes = [node for node in graph.nodes.values() if node.op.name in _LAYERS]
    return machine_books([_LAYERS[node.op.name](node, batch) for node in nodes], machine or Machine())


def _flat_or_not(tensor, batch: int) -> tuple[int, ...]:
    """The tensor's shape with this batch, as four sizes."""
    sizes = (batch, *tensor.shape[1:])
    return sizes + (1,) * (4 - len(sizes))


def _layer(kind, *names: str, **fixed):
    """A function that makes one of the card's layers of a node: the attributes it takes over, and what is fixed."""

    def make(node, batch):
        taken = {name: node.attributes[name] for name in names}
        return kind(name=node.name, input_shape=_flat_or_not(node.inputs[0], batch), **taken, **fixed)

    return make


def _conv(node, batch):
    _, size, _, outputs = node.inputs[1].shape
    sizes = {"out_channel": outputs, "kernel_size": size, "dilation": 1, "quant": node.attributes["input_quant"]}
    return _layer(layers.Conv, "stride", "pad", **sizes)(node, batch)


def _mlp(node, batch):
    outputs, quant = node.inputs[1].shape[1], node.attributes["input_quant"]
    return _layer(layers.Mlp, output_num=outputs, quant=quant)(node, batch)


def _flatten(node, batch):
    return _layer(layers.Flatten, shape=_flat_or_not(node.outputs[0], batch))(node, batch)


_LAYERS = {
    "Conv": _conv,
    "FullyConnected": _mlp,
    "Relu": _layer(layers.ReLu),
    "MaxPool": _layer(layers.Pooling, "kernel_size", "stride"),
    "Flatten": _flatten,
    "Softmax": _layer(layers.Softmax, axis=1),
}
