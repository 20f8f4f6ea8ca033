"""Which pixels of a photo a number of a feature map depends on: the receptive field, layer by layer.

The sums are those of A. Araujo, W. Norris, J. Sim, Computing Receptive Fields of Convolutional Neural Networks,
Distill, 2019. Height and width follow the same rules, so that one axis is enough here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aics.data.vgg19 import FEATURES


@dataclass(frozen=True)
class Window:
    """What a layer's window is: how many numbers it sees, how far it moves, how many zeros lie before the first."""

    kernel: int
    stride: int
    padding: int


CONVOLUTION, POOLING = Window(3, 1, 1), Window(2, 2, 0)
#: VGG19's layers that look at more than one number, up to pool5: 16 convolutions and 5 poolings.
WINDOWS: Mapping[str, Window] = {
    name: CONVOLUTION if name.startswith("conv") else POOLING for name in FEATURES if not name.startswith("relu")
}


@dataclass(frozen=True)
class Field:
    """The receptive fields of one layer, along one axis, in pixels of the photo.

    Attributes
    ----------
    name : str
        The layer's.
    window : Window
    size : int
        Of each field.
    jump : int
        From one number's field to the next one's.
    first : int
        Where the first number's field begins; below 0 by the zeros that were padded.
    before : Field or None
        That of the layer before.
    """

    name: str
    window: Window
    size: int
    jump: int
    first: int
    before: Field | None = None

    def span(self, index: int) -> tuple[int, int]:
        """Return where the field of number `index` begins, and where it has ended: may lie outside the photo."""
        begin = self.first + index * self.jump
        return begin, begin + self.size

    def centre(self, index: int) -> float:
        """Return the middle of that field."""
        return self.first + index * self.jump + (self.size - 1) / 2

    def nearest(self, pixel: float, count: int) -> int:
        """Return which of `count` numbers has its field's middle nearest to a pixel."""
        return min(max(round((pixel - self.centre(0)) / self.jump), 0), count - 1)

    def count(self, pixels: int) -> int:
        """Return how many numbers the layer has for so many pixels."""
        if self.before is not None:
            pixels = self.before.count(pixels)
        return (pixels + 2 * self.window.padding - self.window.kernel) // self.window.stride + 1


def fields(windows: Mapping[str, Window] = WINDOWS) -> list[Field]:
    """Return the fields of these layers, one behind the other."""
    found: list[Field] = []
    for name, window in windows.items():
        before = found[-1] if found else None
        size, jump, first = (before.size, before.jump, before.first) if before else (1, 1, 0)
        grown = size + (window.kernel - 1) * jump
        found.append(Field(name, window, grown, jump * window.stride, first - window.padding * jump, before))
    return found
