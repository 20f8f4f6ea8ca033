"""Kernels of the emulated deep learning processor: INT8 products, FP16 for the rest.

A convolution or fully connected layer needs two 8-bit grids, of its input and of its weight. They are the node's
attributes ``input_quant`` and ``weight_quant``, which the other devices ignore.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from aics.graph import Graph, GraphError, Node, Tensor, shapes
from aics.kernels import Prepared
from aics.language import tr
from aics.pycnml import QuantParam, cost_model, layers, operators
from aics.pycnml.cost_model import LayerCost, Machine
from aics.pycnml.layers import Layer, Shape


def _grids(node: Node) -> tuple[QuantParam, QuantParam]:
    """The node's two grids. Raises GraphError where one is missing."""
    of_input, of_weight = (node.attributes.get(name) for name in ("input_quant", "weight_quant"))
    if not (isinstance(of_input, QuantParam) and isinstance(of_weight, QuantParam)):
        said = tr(
            "{node} on {device} computes with 8 bits: it needs input_quant and weight_quant, two QuantParam, "
            "got {of_input!r} and {of_weight!r}.",
            node=node.name,
            device=node.device,
            of_input=of_input,
            of_weight=of_weight,
        )
        raise GraphError(said)
    return of_input, of_weight


class Conv:
    """Convolve in whole numbers."""

    def __init__(self, node: Node) -> None:
        self._stride, self._pad = node.attributes["stride"], node.attributes["pad"]
        self._input_quant, weight_quant = _grids(node)
        self._stored = Prepared(
            lambda weight, bias: operators.prepare_conv(weight.transpose(3, 0, 1, 2), bias, weight_quant)
        )

    def compute(self, x: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
        """(N, Cin, H, W) -> (N, Cout, Ho, Wo)."""
        stored = self._stored(weight, bias)
        return operators.conv(x, stored, stride=self._stride, pad=self._pad, input_quant=self._input_quant)


class FullyConnected:
    """Multiply by a weight, in whole numbers."""

    def __init__(self, node: Node) -> None:
        self._input_quant, weight_quant = _grids(node)
        self._stored = Prepared(lambda weight, bias: operators.prepare_mlp(weight.T, bias[0], weight_quant))

    def compute(self, x: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
        """(N, in) -> (N, out)."""
        return operators.mlp(x, self._stored(weight, bias), input_quant=self._input_quant)


class _WithoutAttributes:
    """A kernel that needs to know nothing of its node."""

    def __init__(self, node: Node) -> None:
        pass


class Relu(_WithoutAttributes):
    """Replace every number below 0 by 0."""

    def compute(self, x: np.ndarray) -> np.ndarray:
        """Any shape -> the same shape."""
        return operators.relu(x)


class MaxPool:
    """Take the largest number of each window."""

    def __init__(self, node: Node) -> None:
        self._kernel_size, self._stride = node.attributes["kernel_size"], node.attributes["stride"]

    def compute(self, x: np.ndarray) -> np.ndarray:
        """(N, C, H, W) -> (N, C, Ho, Wo)."""
        return operators.max_pool(x, kernel_size=self._kernel_size, stride=self._stride)


class Flatten(_WithoutAttributes):
    """Lay features out in N, H, W, C order."""

    def compute(self, x: np.ndarray) -> np.ndarray:
        """(N, C, H, W) -> (N, H * W * C)."""
        return operators.flatten(x)


class Softmax(_WithoutAttributes):
    """Turn each row of scores into probabilities."""

    def compute(self, x: np.ndarray) -> np.ndarray:
        """(N, classes) -> (N, classes)."""
        return operators.softmax(x, axis=1)


def kernels() -> dict[str, type]:
    """Return the kernel classes by operator."""
    return {kernel.__name__: kernel for kernel in (Conv, Relu, MaxPool, Flatten, FullyConnected, Softmax)}


def layer_costs(graph: Graph, batch: int = 1, machine: Machine | None = None) -> list[LayerCost]:
    """Estimate what each node of a graph would cost on a card, in the graph's order: a model, not a measurement.

    Parameters
    ----------
    graph : Graph
        All its operators count, wherever they are placed.
    batch : int
        How many pictures run at once.
    machine : Machine, optional
        The card of `aics.pycnml.cost_model`, if not given.
    """
    nodes = [node for node in graph.nodes.values() if node.op.name in _LAYERS]
    return cost_model.layer_costs([_LAYERS[node.op.name](node, batch) for node in nodes], machine or Machine())


def _card_shape(tensor: Tensor, batch: int) -> Shape:
    """The tensor's shape with this batch as the card has it, in four sizes."""
    channels, height, width = [*shapes.known_sizes(*tensor.shape[1:]), 1, 1][:3]
    return batch, channels, height, width


#: Makes the card's layer of a node, for a batch of this size.
MakeLayer = Callable[[Node, int], Layer]


def _layer(kind: Callable[..., Layer], *names: str, **fixed: Any) -> MakeLayer:
    """Return what makes a layer of this kind: from the node's attributes of these names, and from fixed values."""

    def make(node: Node, batch: int) -> Layer:
        attributes = {name: node.attributes[name] for name in names}
        return kind(name=node.name, input_shape=_card_shape(node.inputs[0], batch), **attributes, **fixed)

    return make


def _conv(node: Node, batch: int) -> Layer:
    _, size, _, outputs = node.inputs[1].shape
    sizes = {"out_channel": outputs, "kernel_size": size, "dilation": 1, "quant": node.attributes["input_quant"]}
    return _layer(layers.Conv, "stride", "pad", **sizes)(node, batch)


def _mlp(node: Node, batch: int) -> Layer:
    outputs, quant = node.inputs[1].shape[1], node.attributes["input_quant"]
    return _layer(layers.Mlp, output_num=outputs, quant=quant)(node, batch)


def _flatten(node: Node, batch: int) -> Layer:
    return _layer(layers.Flatten, shape=_card_shape(node.outputs[0], batch))(node, batch)


_LAYERS: dict[str, MakeLayer] = {
    "Conv": _conv,
    "FullyConnected": _mlp,
    "Relu": _layer(layers.ReLu),
    "MaxPool": _layer(layers.Pooling, "kernel_size", "stride"),
    "Flatten": _flatten,
    "Softmax": _layer(layers.Softmax, axis=1),
}
