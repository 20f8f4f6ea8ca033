"""pycnnl, the card's library in the original course's second edition, emulated on the CPU for that edition's files::

    net = CnnlNet()
    net.setInputShape(1, 3, 224, 224)
    net.createConvLayer("conv1_1", [1, 3, 224, 224], 64, 3, 1, 1, 1)
    net.loadParams(0, weight.flatten(), bias)

Names, orders of arguments and layouts are that library's: each layer is told the shape of its input, nothing is
quantised, and what is wrong shows when the network runs, not before. Features lie in N, H, W, C order though their
shapes are told as N, C, H, W; a convolution's weight lies in Cout, H, W, Cin order, a fully connected one in Cin, Cout
order. There is no flatten layer, since N, H, W, C is the order in which the first fully connected layer reads.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from aics.language import tr
from aics.pycnml.errors import CnmlError

Numbers = NDArray[np.float32]
Shape = tuple[int, ...]


class IntVector(list[int]):
    """Whole numbers in a row: so many zeros, or those of a sequence."""

    def __init__(self, given: int | Iterable[int] = 0) -> None:
        super().__init__([0] * given if isinstance(given, int) else given)

    push_back = list.append


class Layer(NamedTuple):
    """One layer: its name, the call that created it, and what that call was told, by name of the argument."""

    name: str
    call: str
    told: dict[str, Any]


class CnnlNet:
    """A network for the card; layers are numbered from 0 in the order in which they are created.

    Attributes
    ----------
    input_shape : tuple of int
        What setInputShape was told; () before.
    layers : list of Layer
        In the order in which they were created.
    """

    def __init__(self, *_: object) -> None:  # the first edition's card is told its cores
        self.input_shape: Shape = ()
        self.layers: list[Layer] = []
        self._params: dict[int, tuple[Numbers, Numbers]] = {}
        self._input = self._output = np.empty(0, np.float32)

    def setInputShape(self, *sizes: int) -> None:
        """Say the shape of the input: N, C, H, W."""
        self.input_shape = _shape("setInputShape", sizes)

    def createConvLayer(
        self,
        name: str,
        input_shape: Sequence[int],
        out_channel: int,
        kernel_size: int,
        stride: int,
        dilation: int,
        pad: int,
    ) -> None:
        """Add a convolution; input_shape is N, C, H, W."""
        sizes = {"kernel_size": kernel_size, "stride": stride, "dilation": dilation, "pad": pad}
        told = {"out_channel": out_channel, **sizes}
        whole = {key: operator.index(size) for key, size in told.items()}
        self._add("createConvLayer", name, input_shape=_shape(name, input_shape, 4), **whole)

    def createReLuLayer(self, name: str) -> None:
        """Add a ReLU."""
        self._add("createReLuLayer", name)

    def createPoolingLayer(self, name: str, input_shape: Sequence[int], kernel_size: int, stride: int) -> None:
        """Add a max pooling without padding; input_shape is N, C, H, W."""
        whole = {"kernel_size": operator.index(kernel_size), "stride": operator.index(stride)}
        self._add("createPoolingLayer", name, input_shape=_shape(name, input_shape, 4), **whole)

    def createMlpLayer(
        self, name: str, input_shape: Sequence[int], weight_shape: Sequence[int], output_shape: Sequence[int]
    ) -> None:
        """Add a fully connected layer: shapes (N, 1, 1, Cin), (N, 1, Cin, Cout) and (N, 1, 1, Cout).

        N of the weight may be 1; it holds the same numbers for each N.
        """
        shapes = {"input_shape": input_shape, "weight_shape": weight_shape, "output_shape": output_shape}
        self._add("createMlpLayer", name, **{key: _shape(name, shape, 4) for key, shape in shapes.items()})

    def createSoftmaxLayer(self, name: str, input_shape: Sequence[int], axis: int) -> None:
        """Add a softmax along the last axis of its (N, 1, classes); the card does not look at `axis`."""
        self._add("createSoftmaxLayer", name, input_shape=_shape(name, input_shape, 3), axis=operator.index(axis))

    def _add(self, call: str, name: str, **told: object) -> None:
        self.layers.append(Layer(str(name), call, told))

    def loadParams(self, layer_id: int, filter_data: Sequence[float], bias_data: Sequence[float]) -> None:
        """Give a convolution or fully connected layer its weight and bias, both flat."""
        if not self.needToBeQuantized(layer_id):
            said = {"number": layer_id, "layer": self.getLayerName(layer_id)}
            raise CnmlError(tr("not conv or mlp layer: number {number} is {layer}", **said))
        self._params[layer_id] = (_flat("filter_data", filter_data), _flat("bias_data", bias_data))

    def setInputData(self, data: Sequence[float]) -> None:
        """Give the network its input, flat, in N, H, W, C order."""
        self._input = _flat("data", data)

    def forward(self) -> None:
        """Run all layers; getOutputData returns the result."""
        x = self._input
        for number, layer in enumerate(self.layers):
            if self.needToBeQuantized(number) and number not in self._params:
                raise CnmlError(tr("param of layer {layer} is not loaded: call loadParams", layer=layer.name))
            try:
                x = _run(layer, x, *self._params.get(number, ()))
            except ValueError as error:
                said = {"layer": layer.name, "told": layer.told, "error": error}
                raise CnmlError(tr("{layer}, told {told}: {error}", **said)) from None
        self._output = x.ravel()

    def getOutputData(self) -> tuple[float, ...]:
        """Return the last layer's output, flat."""
        return tuple(self._output.tolist())

    def size(self) -> int:
        """Return how many layers there are."""
        return len(self.layers)

    def getLayerName(self, layer_id: int) -> str:
        """Return the name of a layer."""
        return self.layers[layer_id].name

    def needToBeQuantized(self, layer_id: int) -> bool:
        """Return whether a layer has parameters, as convolutions and fully connected layers do."""
        return self.layers[layer_id].call in ("createConvLayer", "createMlpLayer")


# Arguments


def _shape(owner: str, sizes: Sequence[int], length: int | None = None) -> Shape:
    """Sizes as plain integers; TypeError where they are no sequence of whole numbers, so many of them."""
    shape = tuple(operator.index(size) for size in sizes)
    if length not in (None, len(shape)):
        said = {"owner": owner, "length": length, "shape": list(shape)}
        raise TypeError(tr("{owner}: a shape of {length} whole numbers is needed, got {shape}", **said))
    return shape


def _flat(name: str, data: Sequence[float]) -> Numbers:
    """A row of Python floats, which NumPy's float64 are too, or Python integers, as float32."""
    if any(not isinstance(value, float | int) for value in data[:1]):
        said = {"name": name}
        raise TypeError(tr("{name}: a flat row of Python floats is needed: .flatten().astype(np.float64)", **said))
    return np.asarray(data, np.float32)


# Running


def _run(layer: Layer, x: Numbers, *params: Numbers) -> Numbers:
    told = layer.told
    if layer.call == "createConvLayer":
        return _conv(_pictures(x, told["input_shape"]), *params, **told)
    if layer.call == "createPoolingLayer":
        windows = _windows(_pictures(x, told["input_shape"]), told["kernel_size"], told["stride"])
        return np.asarray(windows.max(axis=(4, 5)))
    if layer.call == "createMlpLayer":
        weight, bias = params
        one_for_all = weight.reshape(1, *told["weight_shape"][1:])
        return (x.reshape(told["input_shape"]) @ one_for_all).reshape(told["output_shape"]) + bias
    if layer.call == "createSoftmaxLayer":
        rows = x.reshape(told["input_shape"])
        raised = np.exp(rows - rows.max(axis=-1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=-1, keepdims=True))
    return np.maximum(x, 0)


def _conv(
    x: Numbers, weight: Numbers, bias: Numbers, *, kernel_size: int, stride: int, dilation: int, pad: int, **_: object
) -> Numbers:
    """N, H, W, C in and out."""
    padded = np.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    windows = _windows(padded, kernel_size, stride, dilation)
    filters = weight.reshape(-1, kernel_size, kernel_size, x.shape[3])
    return np.asarray(np.tensordot(windows, filters, axes=((4, 5, 3), (1, 2, 3))) + bias)


def _windows(x: Numbers, kernel: int, stride: int, dilation: int = 1) -> Numbers:
    """N, Ho, Wo, C, K, K."""
    reach = dilation * (kernel - 1) + 1
    windows = sliding_window_view(x, (reach, reach), axis=(1, 2))
    return windows[:, ::stride, ::stride, :, ::dilation, ::dilation]


def _pictures(x: Numbers, shape: Shape) -> Numbers:
    """A row as N, H, W, C, told as N, C, H, W."""
    n, channels, height, width = shape
    return x.reshape(n, height, width, channels)
