"""How much memory a transfer will need, said before it starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aics.doubles.networks import kind_of

#: Bytes of a float32, and of the place of a maximum that pooling keeps for its way back.
NUMBER, PLACE = 4, 8
MB = 1e6


@dataclass(frozen=True, kw_only=True)
class Footprint:
    """An estimate, and what there is; both in bytes. `free` is None where it is not known."""

    height: int
    width: int
    needed: float
    free: float | None

    @property
    def fits(self) -> bool:
        """Whether it leaves a quarter of what is free to others."""
        return self.free is None or self.needed < 0.75 * self.free

    def __str__(self) -> str:
        said = f"{self.height} x {self.width} pixels will need about {_amount(self.needed)} of memory"
        if self.free is None:
            return f"{said}."
        there = f"{said}; {_amount(self.free)} are free."
        return there if self.fits else f"{there} That is too much: take a smaller height."


def footprint(layers: Mapping[str, object], height: int, width: int) -> Footprint:
    """Estimate the memory of forward and backward through convolution layers, for one picture of this size.

    Weights and turned weights; each layer's output, which the next one keeps for its way back; the columns of the
    largest convolution, with what goes in and comes out; the goal's features and the optimizer's means.
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
            kept += PLACE * channels * rows * columns
        kept += NUMBER * channels * rows * columns
    # Of ten layers the goal keeps about two; a picture, its gradient, two means and a few copies of them.
    needed = weights + 1.2 * kept + largest + 12 * NUMBER * 3 * height * width
    return Footprint(height=height, width=width, needed=needed, free=_free())


def _free() -> float | None:
    """Bytes that could be used without pushing others out."""
    try:
        import psutil
    except ImportError:
        return None
    return float(psutil.virtual_memory().available)


def _amount(count: float) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 0.95e9 else f"{max(count / MB, 1):.0f} MB"
