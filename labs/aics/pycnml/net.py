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

from collections.abc import Sequence
from math import prod
from numbers import Integral

import numpy as np

from aics.pycnml.errors import CnmlError
from aics.pycnml.layers import Conv, Flatten, Layer, Mlp, Pooling, ReLu, Softmax
from aics.pycnml.machine import Machine, Row, books
from aics.pycnml.operators import half
from aics.pycnml.quant import QuantParam


class CnmlNet:
    """A network for the device.

    Layers are numbered from 0 in the order in which they are created, every kind of layer counts. All data are flat
    rows of numbers: features lie in N, C, H, W order, a convolution's weight in Cout, Cin, H, W order, a fully
    connected one in Cout, Cin order.

    Parameters
    ----------
    core_num : int
        Cores that share the work. It changes the books, not the numbers.
    """

    def __init__(self, core_num: int = 1):
        self._core_num = _whole("CnmlNet", core_num=core_num)["core_num"]
        self._layers: list[Layer] = []
        self._input_shape: tuple[int, ...] = ()
        self._input: np.ndarray | None = None
        self._output: np.ndarray | None = None

    # Building

    def setInputShape(self, n: int, c: int, h: int, w: int) -> None:
        """Say what the first layer gets; comes before any layer."""
        if self._layers:
            raise CnmlError("setInputShape: there are layers already. Say the shape before the first of them.")
        self._input_shape = tuple(_whole("setInputShape", n=n, c=c, h=h, w=w).values())

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
        pad = _whole(name, 0, pad=pad)["pad"]
        self._add(Conv, name, *sizes.values(), pad, _quant(name, quant_param))

    def createMlpLayer(self, name: str, output_num: int, quant_param: QuantParam) -> None:
        """Add a fully connected layer; `quant_param` is its input's."""
        self._add(Mlp, name, *_whole(name, output_num=output_num).values(), _quant(name, quant_param))

    def createReLuLayer(self, name: str) -> None:
        """Add a ReLU."""
        self._add(ReLu, name)

    def createPoolingLayer(self, name: str, kernel_size: int, stride: int) -> None:
        """Add a max pooling without padding; sizes are rounded down."""
        self._add(Pooling, name, *_whole(name, kernel_size=kernel_size, stride=stride).values())

    def createFlattenLayer(self, name: str, output_shape: Sequence[int]) -> None:
        """Add a change to N, H, W, C order and then to `output_shape`, such as [1, 25088, 1, 1]."""
        self._add(Flatten, name, tuple(int(size) for size in output_shape))

    def createSoftmaxLayer(self, name: str, axis: int) -> None:
        """Add a softmax along `axis`; scores of classes lie along 1."""
        self._add(Softmax, name, axis)

    def _add(self, kind: type[Layer], name: str, *sizes) -> None:
        if not self._input_shape:
            raise CnmlError(f"empty input shape: call setInputShape(n, c, h, w) before the first layer ({name})")
        before = self._layers[-1].output_shape() if self._layers else self._input_shape
        layer = kind(name, before, *sizes)
        try:
            layer.output_shape()
        except CnmlError as error:
            raise CnmlError(f"{name}, on an input {before}: {error}") from None
        self._layers.append(layer)

    # Parameters

    def loadParams(self, layer_id: int, filter_data, bias_data, quant_param: QuantParam) -> None:
        """Hand a convolution or fully connected layer its weight and bias, both flat.

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
        if not layer.quantized:
            raise CnmlError(
                f"not conv or mlp layer: number {layer_id} is {layer.name}. Numbers count every layer, ReLUs too."
            )
        shape, quant = layer.weight_shape(), _quant(layer.name, quant_param)
        weight = _flat(f"{layer.name}, weight", filter_data, prod(shape), " x ".join(map(str, shape)))
        bias = _flat(f"{layer.name}, bias", bias_data, shape[0], "one for each output")
        layer.load(weight.reshape(shape), bias, quant)

    # Running

    def setInputData(self, data) -> None:
        """Hand over the input, flat, in N, C, H, W order."""
        if not self._input_shape:
            raise CnmlError("empty input shape: call setInputShape(n, c, h, w) before setInputData")
        said = " x ".join(map(str, self._input_shape))
        self._input = half(_flat("setInputData", data, prod(self._input_shape), said)).reshape(self._input_shape)

    def forward(self) -> None:
        """Run all layers; getOutputData gives what comes out."""
        if self._input is None:
            raise CnmlError("forward: there is no input. Call setInputData first.")
        missing = [layer.name for layer in self._layers if layer.quantized and layer.weights is None]
        if missing:
            raise CnmlError(f"forward: params missing for {', '.join(missing)}. Call loadParams for each of them.")
        x = self._input
        for layer in self._layers:
            x = layer.run(x)
        self._output = x

    def getOutputData(self) -> tuple[float, ...]:
        """The last layer's output, flat, in N, C, H, W order."""
        if self._output is None:
            raise CnmlError("getOutputData: there is no output. Call forward first.")
        return tuple(self._output.ravel().tolist())

    # Looking

    def size(self) -> int:
        """How many layers there are."""
        return len(self._layers)

    def getLayerName(self, layer_id: int) -> str:
        """The name of a layer."""
        return self._layer(layer_id).name

    def needToBeQuantized(self, layer_id: int) -> bool:
        """Whether a layer is a convolution or fully connected, which compute in INT8."""
        return self._layer(layer_id).quantized

    def books(self, machine: Machine | None = None) -> list[Row]:
        """What each layer would cost on `machine`, with this network's number of cores. The card has no such call."""
        return books(self._layers, machine or Machine(), self._core_num)

    def _layer(self, layer_id: int) -> Layer:
        number = _whole("the layer's number", 0, layer_id=layer_id)["layer_id"]
        if number >= len(self._layers):
            raise CnmlError(f"there is no layer {number}: there are {len(self._layers)}, numbered from 0")
        return self._layers[number]


# What is handed over


def _whole(owner: str, least: int = 1, **sizes) -> dict[str, int]:
    """Sizes as plain integers; an error names the first that is none, or too small."""
    for name, value in sizes.items():
        if not isinstance(value, Integral):
            raise TypeError(f"{owner}: {name} must be a whole number, got {type(value).__name__} {value!r}")
        if value < least:
            raise CnmlError(f"{owner}: {name} is {value}, it must be at least {least}")
    return {name: int(value) for name, value in sizes.items()}


def _quant(name: str, quant_param: QuantParam) -> QuantParam:
    if not isinstance(quant_param, QuantParam):
        raise TypeError(f"{name}: quant_param must be a QuantParam, got {type(quant_param).__name__}")
    return quant_param


def _flat(owner: str, data, size: int, said: str) -> np.ndarray:
    """A flat row of `size` floats, as float32. As on the card, other arrays than float64 are refused."""
    kind = data.dtype if isinstance(data, np.ndarray) else np.float64
    if kind != np.float64:
        raise TypeError(f"{owner}: the card takes Python floats, not {kind} numbers. Use .astype(np.float64).")
    values = np.asarray(data, np.float32)
    if values.ndim != 1:
        raise CnmlError(f"{owner}: a flat row of numbers is needed, got shape {values.shape}. Use .flatten().")
    if len(values) != size:
        raise CnmlError(f"{owner}: {size} numbers are needed ({said}), got {len(values)}")
    return values
