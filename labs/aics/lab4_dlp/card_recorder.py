"""A double of CnmlNet that computes nothing and notes what it is told, for questions about what students tell it."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import aics.pycnml
from aics.pycnml.errors import CnmlError
from aics.pycnml.net import CnmlNet


class Recorder:
    """Takes every call of CnmlNet, with its names and orders of arguments, and keeps them.

    Attributes
    ----------
    input_shape : tuple of int
        What setInputShape was told.
    layers : list of (name, dict)
        For each create... call the layer's name and its other arguments, as the card names them.
    params : list of dict
        The arguments of each loadParams call.
    """

    def __init__(self, core_num: int = 1):
        self.input_shape: tuple[int, ...] = ()
        self.layers: list[tuple[str, dict[str, object]]] = []
        self.params: list[dict[str, object]] = []

    @classmethod
    def of(cls, names: Sequence[str]) -> Recorder:
        """A network that has layers of these names already."""
        recorder = cls()
        recorder.layers = [(name, {}) for name in names]
        return recorder

    def setInputShape(self, n: int, c: int, h: int, w: int) -> None:
        """Note the shape; as on the card, it comes before any layer."""
        if self.layers:
            raise CnmlError("setInputShape: there are layers already")
        self.input_shape = (n, c, h, w)

    def loadParams(self, layer_id: int, filter_data, bias_data, quant_param) -> None:
        """Note what a layer is given, whatever it is."""
        self.params.append(dict(id=layer_id, weight=filter_data, bias=bias_data, quant=quant_param))

    def size(self) -> int:
        """How many layers there are."""
        return len(self.layers)

    def getLayerName(self, layer_id: int) -> str:
        """The name of a layer."""
        return self.layers[layer_id][0]

    def needToBeQuantized(self, layer_id: int) -> bool:
        """Whether the layer's name says that it is a convolution or fully connected."""
        return self.getLayerName(layer_id).startswith(("conv", "fc"))

    def __getattr__(self, call: str):
        if not call.startswith("create") or not hasattr(CnmlNet, call):
            raise AttributeError(f"'CnmlNet' object has no attribute {call!r}")
        signature = inspect.signature(getattr(CnmlNet, call))

        def create(*args, **kwargs) -> None:
            if not self.input_shape:
                raise CnmlError("empty input shape: call setInputShape(n, c, h, w) before the first layer")
            arguments = signature.bind(self, *args, **kwargs).arguments
            self.layers.append((arguments["name"], dict(list(arguments.items())[2:])))

        return create


@contextmanager
def recording() -> Iterator[None]:
    """Let every CnmlNet that is made inside be a Recorder."""
    places = [aics.pycnml, *filter(None, [sys.modules.get("pycnml")])]
    kept = [place.CnmlNet for place in places]
    for place in places:
        place.CnmlNet = Recorder
    try:
        yield
    finally:
        for place, own in zip(places, kept, strict=True):
            place.CnmlNet = own
