"""The weights that a transfer can use: the best on this computer, the layers that they have, and the usual choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aics import data

EMBEDDED = ("vgg16-int8", "mini")


@dataclass(frozen=True, kw_only=True)
class Usual:
    """Choices with which these weights show something within a minute or so on two cores.

    Attributes
    ----------
    longer : int
        Pixels of the longer side.
    beta : float
        The weight of the style beside a content that has the weight 1: their features differ in size.
    content, style : tuple of str
        The layers that are asked, as far as the weights go.
    """

    longer: int
    beta: float
    content: tuple[str, ...] = ("relu4_2",)
    style: tuple[str, ...] = ("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1")

    @property
    def layers(self) -> dict[str, tuple[str, ...]]:
        """Return the layers as `begin_transfer` and `transfer` take them by keyword."""
        return {"content_layers": self.content, "style_layers": self.style}


_TO_RELU4_1 = {"content": ("relu4_1",), "style": ("relu1_1", "relu2_1", "relu3_1", "relu4_1")}
USUAL = {
    "official": Usual(longer=144, beta=500.0),
    "vgg16-conv": Usual(longer=144, beta=50.0),
    "vgg16-int8": Usual(longer=192, beta=50.0, **_TO_RELU4_1),
    "mini": Usual(longer=192, beta=500.0),
}


def weights_here() -> list[str]:
    """Return the names of the weights on this computer, the best first; the embedded ones always are."""
    return [name for name in reversed(data.WEIGHTS) if name in EMBEDDED or data.has(name)]


def drop_untrained(net: Any, weights: str) -> None:
    """Take those layers out of a built and loaded network that these weights were not made for.

    The file of `vgg16-int8` has an identity for conv3_4, which would only take time.

    net : with `layers` by name and `param_layer_name`, such as lab 5's
    """
    if weights != "vgg16-int8":
        return
    from aics.data.eight_bits import LAYERS

    net.layers = {name: layer for name, layer in net.layers.items() if name in LAYERS}
    net.param_layer_name = tuple(net.layers)
