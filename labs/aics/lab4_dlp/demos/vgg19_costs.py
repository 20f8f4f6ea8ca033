"""VGG19's layers on a machine of one's choice: lab 4's model, layer by layer, as dots below a roof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from aics.data.vgg19 import LAYERS
from aics.pycnml.cost_model import LayerCost, Machine, layer_costs
from aics.pycnml.layers import Conv, Flatten, Layer, Mlp, Pooling, ReLu, Shape, Softmax
from aics.pycnml.quant import QuantParam

#: The official network's sizes: of its input, of the five blocks' channels, of the fully connected layers' outputs.
IMAGE_SIZE, CHANNELS, HIDDEN = 224, (64, 128, 256, 512, 512), {"fc6": 4096, "fc7": 4096, "fc8": 1000}
#: Kinds of layers, in the order in which they are listed.
KINDS = ("conv", "fc", "relu", "pool", "other")
#: The model asks what a layer moves and multiplies, not for values: any grid will do.
_ANY_GRID = QuantParam(0, 1.0)


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A layer of VGG19 on a machine.

    Attributes
    ----------
    name : str
    kind : str
        One of `KINDS`.
    operations : int
        Multiply-adds, or comparisons and the like of a layer that does not multiply.
    cost : LayerCost
        The model's word on it.
    """

    name: str
    kind: str
    operations: int
    cost: LayerCost

    @property
    def intensity(self) -> float:
        """Return the operations for each byte moved."""
        return self.operations / self.cost.bytes_moved

    @property
    def rate(self) -> float:
        """Return the operations a second."""
        return self.operations / self.cost.seconds


def dots(machine: Machine) -> list[Dot]:
    """Return VGG19's 44 layers on a machine, in order, for one image at a time."""
    found = []
    for layer, cost in zip(_layers(), layer_costs(_layers(), machine), strict=True):
        multiply_adds, _, others = layer.cost()
        found.append(Dot(name=layer.name, kind=kind_of(layer.name), operations=multiply_adds + others, cost=cost))
    return found


def kind_of(name: str) -> str:
    """Return a layer's kind."""
    beginning = name.rstrip("_0123456789")
    return beginning if beginning in KINDS else "other"


@cache
def _layers() -> tuple[Layer, ...]:
    """The network, layer after layer."""
    found: list[Layer] = []
    shape: Shape = (1, 3, IMAGE_SIZE, IMAGE_SIZE)
    for name in LAYERS:
        found.append(_layer(name, shape))
        shape = found[-1].output_shape()
    return tuple(found)


def _layer(name: str, shape: Shape) -> Layer:
    """One layer for an input of this shape."""
    kinds: dict[str, Callable[[], Layer]] = {
        "conv": lambda: Conv(name, shape, CHANNELS[int(name[4]) - 1], 3, 1, 1, 1, _ANY_GRID),
        "relu": lambda: ReLu(name, shape),
        "pool": lambda: Pooling(name, shape, 2, 2),
        "flatten": lambda: Flatten(name, shape, (1, shape[1] * shape[2] * shape[3], 1, 1)),
        "fc": lambda: Mlp(name, shape, HIDDEN[name], _ANY_GRID),
        "softmax": lambda: Softmax(name, shape, 1),
    }
    return kinds[name.rstrip("_0123456789")]()
