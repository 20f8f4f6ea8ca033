"""An estimate of the memory that a transfer will need, before it starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aics.doubles.networks import kind_of
from aics.language import words

#: Bytes of a float32, and of the index of a maximum, which pooling keeps for its backward.
NUMBER, INDEX = 4, 8
MB = 1e6

_MESSAGES = {
    "unknown": "{height} x {width} pixels will need about {needed} of memory.",
    "fits": "{height} x {width} pixels will need about {needed} of memory; {free} are free.",
    "too_much": "{height} x {width} pixels will need about {needed} of memory; {free} are free. "
    "That is too much: take a smaller height.",
}
_say = words(_MESSAGES)


@dataclass(frozen=True, kw_only=True)
class MemoryEstimate:
    """The bytes that a transfer of height x width pixels needs, and those that are free, None where that is unknown."""

    height: int
    width: int
    needed: float
    free: float | None

    @property
    def fits(self) -> bool:
        """Return whether a quarter of the free memory is left to others."""
        return self.free is None or self.needed < 0.75 * self.free

    def __str__(self) -> str:
        size, needed = {"height": self.height, "width": self.width}, _amount(self.needed)
        if self.free is None:
            return _say("unknown", **size, needed=needed)
        return _say("fits" if self.fits else "too_much", **size, needed=needed, free=_amount(self.free))


def estimate_memory(layers: Mapping[str, Any], height: int, width: int) -> MemoryEstimate:
    """Estimate the memory of forward and backward through convolution layers, for one picture of this size.

    Counted are the weights and the turned weights; each layer's output, which the next layer keeps for its backward;
    the columns of the largest convolution, with its input and output; the goal's features and the optimizer's means.

    layers : name -> a layer of lab 2: a convolution has channel_out and kernel_size, a pooling has stride
    """
    kept, weights, largest, channels, rows, columns = 0, 0, 0, 3, height, width
    for name, layer in layers.items():
        plane, kind = rows * columns, kind_of(name)
        if kind == "conv":
            before, channels = channels, layer.channel_out
            weights += 2 * NUMBER * layer.kernel_size**2 * before * channels
            unfolded = layer.kernel_size**2 * max(before, channels)
            largest = max(largest, NUMBER * plane * (unfolded + 2 * before + 2 * channels))
        elif kind == "pool":
            rows, columns = rows // layer.stride, columns // layer.stride
            kept += INDEX * channels * rows * columns
        kept += NUMBER * channels * rows * columns
    # Of ten layers the goal keeps about two; a picture, its gradient, two means and a few copies of them.
    needed = weights + 1.2 * kept + largest + 12 * NUMBER * 3 * height * width
    return MemoryEstimate(height=height, width=width, needed=needed, free=_free_bytes())


def _free_bytes() -> float | None:
    """The bytes that can be used without swapping; None where they are not known."""
    try:
        import psutil
    except ImportError:
        return None
    return float(psutil.virtual_memory().available)


def _amount(count: float) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 0.95e9 else f"{max(count / MB, 1):.0f} MB"
