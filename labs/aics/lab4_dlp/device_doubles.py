"""Doubles of the device's network, for questions about what students tell it and what they make of its answers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FunctionType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

import aics.pycnml
from aics.check.ask import Outputs
from aics.data.vgg19 import weight_shapes
from aics.doubles.networks import kind_of
from aics.pycnml import pycnnl
from aics.pycnml.errors import CnmlError
from aics.pycnml.layers import Layer, Mlp, ReLu
from aics.pycnml.net import CnmlNet
from aics.pycnml.quant import QuantParam

#: Where only a name counts: the shape of a layer.
_SHAPE = (1, 1, 1, 1)


class LoadedParams(NamedTuple):
    """The arguments of one loadParams call, whatever they are."""

    layer_id: int
    weight: object
    bias: object
    quant_param: object = None


def given(params: Sequence[LoadedParams], names: Sequence[str]) -> Outputs:
    """Which layers were given parameters, and what, by their names; of two calls for a layer the last one counts."""
    last = {call.layer_id: call for call in params}
    found: Outputs = {"loadParams: layer_id": np.array(sorted(last))}
    for number, name in enumerate(names):
        if number in last:
            found[f"{name}: weight"], found[f"{name}: bias"] = map(_as_given, last[number][1:3])
    return found


def _as_given(numbers: object) -> object:
    """Numbers as they were given; Python floats in a row as a float64 array, which holds the same."""
    if isinstance(numbers, list | tuple) and all(isinstance(value, float) for value in numbers):
        return np.array(numbers, np.float64)
    return numbers


class RecordingNet(CnmlNet):
    """A CnmlNet that keeps the layers and parameters that it is told, and computes nothing.

    A call that the device refuses is refused here too, but for one thing: nobody asks whether a layer fits the one
    before, or parameters their layer.

    Attributes
    ----------
    params : list of LoadedParams
        One for each loadParams call, in order.
    """

    def __init__(self, core_num: int = 1) -> None:
        super().__init__(core_num)
        self.params: list[LoadedParams] = []

    @classmethod
    def of(cls, layers: Sequence[str], names: Sequence[str] = ()) -> RecordingNet:
        """A network that has layers of these kinds already, by these names or others."""
        net = cls()
        for layer, name in zip(layers, names or layers, strict=True):
            with_weights = kind_of(layer) in ("conv", "fc")
            net._layers.append(Mlp(name, _SHAPE, 1, QuantParam(0, 1.0)) if with_weights else ReLu(name, _SHAPE))
        return net

    @property
    def input_shape(self) -> tuple[int, ...]:
        """What setInputShape was told: (n, c, h, w); () before."""
        return self._input_shape or ()

    @property
    def layers(self) -> list[Layer]:
        """The layers in the order in which they were created."""
        return self._layers

    def loadParams(self, layer_id: int, filter_data: object, bias_data: object, quant_param: object) -> None:
        """Keep what a layer is given."""
        self.params.append(LoadedParams(layer_id, filter_data, bias_data, quant_param))

    def _add(self, kind: Callable[..., Layer], name: str, *sizes: object) -> None:
        if not self._input_shape:
            raise CnmlError(f"empty input shape: call setInputShape(n, c, h, w) before the first layer ({name})")
        self._layers.append(kind(name, self._input_shape, *sizes))


class RecordingCnnlNet(pycnnl.CnnlNet):
    """The same for the card of the second edition."""

    def __init__(self, *_: object) -> None:
        super().__init__()
        self.params: list[LoadedParams] = []

    @classmethod
    def of(cls, layers: Sequence[str], names: Sequence[str] = ()) -> RecordingCnnlNet:
        """A network that has layers of these kinds already, by these names or others."""
        net = cls()
        for layer, name in zip(layers, names or layers, strict=True):
            net._add("createConvLayer" if kind_of(layer) in ("conv", "fc") else "createReLuLayer", name)
        return net

    def loadParams(self, layer_id: int, filter_data: object, bias_data: object) -> None:
        """Keep what a layer is given."""
        self.params.append(LoadedParams(layer_id, filter_data, bias_data))


class FinishedNet:
    """A network on the device that has these numbers to give, once it has run."""

    def __init__(self, numbers: NDArray[np.float64]) -> None:
        self._numbers: tuple[float, ...] = tuple(numbers.tolist())
        self._ran = False

    def forward(self) -> None:
        """Run."""
        self._ran = True

    def getOutputData(self) -> tuple[float, ...]:
        """The numbers; CnmlError before forward."""
        if not self._ran:
            raise CnmlError("getOutputData: there is no output. Call forward first.")
        return self._numbers


@contextmanager
def recording(owner: type | None = None) -> Iterator[None]:
    """Let every network for a card that is made inside be one that records.

    owner : a class; names by which the code of its methods knows such a network are looked at too
    """
    doubles = {CnmlNet: RecordingNet, pycnnl.CnnlNet: RecordingCnnlNet}
    modules = [vars(module) for module in (aics.pycnml, pycnnl, sys.modules.get("pycnml")) if module]
    methods = [method for method in vars(owner).values() if isinstance(method, FunctionType)] if owner else []
    kept = []
    for names in (*modules, *(method.__globals__ for method in methods)):
        kept += [(names, name, own) for name, own in names.items() if isinstance(own, type) and own in doubles]
    for names, name, own in kept:
        names[name] = doubles[own]
    try:
        yield
    finally:
        for names, name, own in reversed(kept):
            names[name] = own


def file_shapes(
    channels: Sequence[int], hidden: Sequence[int], classes: int, image_size: int, kernel_size: int
) -> list[tuple[str, tuple[int, ...]]]:
    """Name and shape [H, W, Cin, Cout] of each weight in the file of a VGG19 of these sizes."""
    published = weight_shapes(channels, hidden, classes, image_size).items()
    return [(n, (kernel_size, kernel_size, *shape[2:]) if kind_of(n) == "conv" else shape) for n, shape in published]
