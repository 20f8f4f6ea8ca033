"""CnmlNet: a network on the device, built layer by layer, with the names and orders of the course's pycnml::

    net = CnmlNet(16)
    net.setInputShape(1, 3, 64, 64)
    net.createConvLayer("conv1_1", 16, 3, 1, 1, 1, QuantParam(1, 1.68))
    net.loadParams(0, weight.flatten(), bias, QuantParam(-7, 1.52))
    net.setInputData(picture.flatten())
    net.forward()
    prob = net.getOutputData()

Where the card prints a line and exits, CnmlError is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike

from aics.half.rounding import round_to_half
from aics.language import tr
from aics.pycnml import cost_model
from aics.pycnml.cost_model import LayerCost, Machine
from aics.pycnml.errors import CnmlError
from aics.pycnml.layers import Conv, Flatten, Layer, Mlp, Pooling, QuantizedLayer, ReLu, Shape, Softmax
from aics.pycnml.quant import QuantParam


class CnmlNet:
    """A network for the device.

    Layers are numbered from 0 in the order in which they are created, every kind of layer counts. All data are flat
    rows of numbers: features lie in N, C, H, W order, a convolution's weight in Cout, Cin, H, W order, a fully
    connected one in Cout, Cin order.

    Parameters
    ----------
    core_num : int
        Cores that share the work. It changes the costs, not the numbers.
    """

    def __init__(self, core_num: int = 1) -> None:
        (self._core_num,) = _whole("CnmlNet", core_num=core_num)
        self._layers: list[Layer] = []
        self._input_shape: Shape | None = None
        self._input: np.ndarray | None = None
        self._output: np.ndarray | None = None

    # Building

    def setInputShape(self, n: int, c: int, h: int, w: int) -> None:
        """Say which shape the first layer gets; comes before any layer."""
        if self._layers:
            raise CnmlError(tr("setInputShape: there are layers already. Say the shape before the first of them."))
        n, c, h, w = _whole("setInputShape", n=n, c=c, h=h, w=w)
        self._input_shape = n, c, h, w

    def createConvLayer(
        self,
        name: str,
        out_channel: int,
        kernel_size: int,
        stride: int,
        dilation: int,
        pad: int,
        quant_param: QuantParam,
    ) -> None:
        """Add a convolution; `dilation` comes before `pad`, `quant_param` is its input's."""
        sizes = _whole(name, out_channel=out_channel, kernel_size=kernel_size, stride=stride, dilation=dilation)
        (pad,) = _whole(name, 0, pad=pad)
        self._add(Conv, name, *sizes, pad, _quant(name, quant_param))

    def createMlpLayer(self, name: str, output_num: int, quant_param: QuantParam) -> None:
        """Add a fully connected layer; `quant_param` is its input's."""
        self._add(Mlp, name, *_whole(name, output_num=output_num), _quant(name, quant_param))

    def createReLuLayer(self, name: str) -> None:
        """Add a ReLU."""
        self._add(ReLu, name)

    def createPoolingLayer(self, name: str, kernel_size: int, stride: int) -> None:
        """Add a max pooling without padding; sizes are rounded down."""
        self._add(Pooling, name, *_whole(name, kernel_size=kernel_size, stride=stride))

    def createFlattenLayer(self, name: str, output_shape: Sequence[int]) -> None:
        """Add a change to N, H, W, C order and then to `output_shape`, such as [1, 25088, 1, 1]."""
        self._add(Flatten, name, tuple(int(size) for size in output_shape))

    def createSoftmaxLayer(self, name: str, axis: int) -> None:
        """Add a softmax along `axis`; scores of classes lie along 1."""
        self._add(Softmax, name, axis)

    def _add(self, kind: Callable[..., Layer], name: str, *parameters: object) -> None:
        if self._input_shape is None:
            raise CnmlError(
                tr("empty input shape: call setInputShape(n, c, h, w) before the first layer ({layer})", layer=name)
            )
        before = self._layers[-1].output_shape() if self._layers else self._input_shape
        layer = kind(name, before, *parameters)
        try:
            layer.output_shape()
        except CnmlError as error:
            said = {"layer": name, "shape": before, "error": error}
            raise CnmlError(tr("{layer}, on an input {shape}: {error}", **said)) from None
        self._layers.append(layer)

    # Parameters

    def loadParams(self, layer_id: int, filter_data: ArrayLike, bias_data: ArrayLike, quant_param: QuantParam) -> None:
        """Give a convolution or fully connected layer its weight and bias, both flat.

        Parameters
        ----------
        layer_id : int
            The layer's number; ReLU, pooling and flatten layers count too.
        filter_data, bias_data : sequences of float
            The weight in Cout, Cin, H, W or Cout, Cin order; the bias, Cout.
        quant_param : QuantParam
            The weight's.
        """
        layer = self._layer(layer_id)
        if not isinstance(layer, QuantizedLayer):
            said = {"number": layer_id, "layer": layer.name}
            raise CnmlError(
                tr("not conv or mlp layer: number {number} is {layer}. Numbers count every layer, ReLUs too.", **said)
            )
        shape, quant = layer.weight_shape(), _quant(layer.name, quant_param)
        weight = _flat(tr("{layer}, weight", layer=layer.name), filter_data, prod(shape), " x ".join(map(str, shape)))
        bias = _flat(tr("{layer}, bias", layer=layer.name), bias_data, shape[0], tr("one for each output"))
        layer.load(weight.reshape(shape), bias, quant)

    # Running

    def setInputData(self, data: ArrayLike) -> None:
        """Give the network its input, flat, in N, C, H, W order."""
        if self._input_shape is None:
            raise CnmlError(tr("empty input shape: call setInputShape(n, c, h, w) before setInputData"))
        values = _flat("setInputData", data, prod(self._input_shape), " x ".join(map(str, self._input_shape)))
        self._input = round_to_half(values).reshape(self._input_shape)

    def forward(self) -> None:
        """Run all layers; getOutputData returns the result."""
        if self._input is None:
            raise CnmlError(tr("forward: there is no input. Call setInputData first."))
        missing = [layer.name for layer in self._layers if isinstance(layer, QuantizedLayer) and layer.weights is None]
        if missing:
            names = ", ".join(missing)
            raise CnmlError(tr("forward: params missing for {layers}. Call loadParams for each of them.", layers=names))
        x = self._input
        for layer in self._layers:
            x = layer.run(x)
        self._output = x

    def getOutputData(self) -> tuple[float, ...]:
        """Return the last layer's output, flat, in N, C, H, W order."""
        if self._output is None:
            raise CnmlError(tr("getOutputData: there is no output. Call forward first."))
        return tuple(self._output.ravel().tolist())

    # Looking

    def size(self) -> int:
        """Return how many layers there are."""
        return len(self._layers)

    def getLayerName(self, layer_id: int) -> str:
        """Return the name of a layer."""
        return self._layer(layer_id).name

    def needToBeQuantized(self, layer_id: int) -> bool:
        """Return whether a layer computes in INT8, as convolutions and fully connected layers do."""
        return isinstance(self._layer(layer_id), QuantizedLayer)

    def layer_costs(self, machine: Machine | None = None) -> list[LayerCost]:
        """Estimate what each layer would cost on `machine`, with this network's cores. The card has no such call."""
        return cost_model.layer_costs(self._layers, machine or Machine(), self._core_num)

    def _layer(self, layer_id: int) -> Layer:
        (number,) = _whole(tr("the layer's number"), 0, layer_id=layer_id)
        if number >= len(self._layers):
            said = {"number": number, "count": len(self._layers)}
            raise CnmlError(tr("there is no layer {number}: there are {count}, numbered from 0", **said))
        return self._layers[number]


# Arguments


def _whole(owner: str, least: int = 1, **sizes: object) -> list[int]:
    """The sizes as plain integers; an error names the first that is none, or too small."""
    found = []
    for name, value in sizes.items():
        if not isinstance(value, Integral):
            said = {"owner": owner, "name": name, "kind": type(value).__name__, "value": value}
            raise TypeError(tr("{owner}: {name} must be a whole number, got {kind} {value!r}", **said))
        if value < least:
            said = {"owner": owner, "name": name, "value": value, "least": least}
            raise CnmlError(tr("{owner}: {name} is {value}, it must be at least {least}", **said))
        found.append(int(value))
    return found


def _quant(name: str, quant_param: QuantParam) -> QuantParam:
    if not isinstance(quant_param, QuantParam):
        said = {"layer": name, "kind": type(quant_param).__name__}
        raise TypeError(tr("{layer}: quant_param must be a QuantParam, got {kind}", **said))
    return quant_param


def _flat(owner: str, data: ArrayLike, size: int, layout: str) -> np.ndarray:
    """A flat row of `size` floats, as float32. As on the card, other arrays than float64 are refused.

    layout : what the numbers are, in words
    """
    kind = data.dtype if isinstance(data, np.ndarray) else np.float64
    if kind != np.float64:
        said = {"owner": owner, "kind": kind}
        raise TypeError(
            tr("{owner}: the card takes Python floats, not {kind} numbers. Use .astype(np.float64).", **said)
        )
    values: np.ndarray = np.asarray(data, np.float32)
    if values.ndim != 1:
        said = {"owner": owner, "shape": values.shape}
        raise CnmlError(tr("{owner}: a flat row of numbers is needed, got shape {shape}. Use .flatten().", **said))
    if len(values) != size:
        said = {"owner": owner, "size": size, "layout": layout, "got": len(values)}
        raise CnmlError(tr("{owner}: {size} numbers are needed ({layout}), got {got}", **said))
    return values
