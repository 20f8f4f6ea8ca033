"""Eight bits and one scale: what stands for a range of numbers on the device.

A number x becomes ``q = round(x * scale / 2**position)``, held within -128 to 127, and stands for
``q * 2**position / scale`` from then on. Halves go to the even neighbour. As on the card the scale is a
32-bit float, and so is the product that is rounded.
"""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass

import numpy as np

from aics.pycnml.power import need_power

LOWEST, LARGEST = -128, 127
#: Positions lie within plus and minus this.
POSITION_LIMIT = 32

# 16-bit floats: 11 bits from 2**-14 on, steps of 2**-24 below
SMALLEST_NORMAL, LARGEST_POWER, LARGEST_HALF = np.float32(2.0**-14), np.float32(2.0**15), np.float32(65504)
_EXPONENT = np.uint32(0x7F800000)


@dataclass(frozen=True)
class QuantParam:
    """How numbers are laid on the 8-bit grid: steps of 2**position / scale.

    Attributes
    ----------
    position : int
        From -32 to 32.
    scale : float
        Above 0; `QuantTool` gives 1 to 2.
    """

    position: int
    scale: float

    def __post_init__(self):
        try:
            position, scale = operator.index(self.position), float(self.scale)
        except TypeError:
            raise TypeError(
                f"QuantParam(position, scale) takes a whole number and a float, got {self.position!r} and "
                f"{self.scale!r}. Numbers out of an array: int(...), float(...)."
            ) from None
        if abs(position) > POSITION_LIMIT:
            raise ValueError(f"QuantParam: position is {position}, it must lie within -32 to 32.")
        if not (scale > 0 and math.isfinite(scale)):
            raise ValueError(f"QuantParam: scale is {scale}, it must be a number above 0.")
        object.__setattr__(self, "position", position)
        object.__setattr__(self, "scale", scale)

    @property
    def factor(self) -> np.float32:
        """What a number is multiplied with before it is rounded: scale / 2**position, as a 32-bit float."""
        return np.ldexp(np.float32(self.scale), -self.position)

    @property
    def step(self) -> float:
        """Distance of two neighbours on the grid: 2**position / scale."""
        return 1.0 / float(self.factor)


class QuantTool:
    """Finds the grid that just holds all that was seen under a name.

    >>> QuantTool().getQuantParam([-255.0, 3.0], "conv1_1")
    QuantParam(position=2, scale=1.9921568627450981)
    """

    def __init__(self):
        self._largest: dict[str, float] = {}

    def getQuantParam(self, data, layer_name: str) -> QuantParam:
        """Note the largest absolute value of `data`, and fit the grid to the largest seen so far under this name."""
        values = np.asarray(data, np.float64)
        largest = float(np.abs(values).max()) if values.size else 0.0
        if not math.isfinite(largest):
            raise ValueError(f"getQuantParam({layer_name!r}): the data holds a value that is not finite.")
        self._largest[layer_name] = max(largest, self._largest.get(layer_name, 0.0))
        return fitted(self._largest[layer_name])


def fitted(largest: float) -> QuantParam:
    """The grid whose 127 stands for `largest`, with a scale from 1 to 2 as long as the position allows it."""
    need_power()
    if largest == 0:
        return QuantParam(0, 1.0)
    mantissa, exponent = math.frexp(largest / LARGEST)  # = mantissa * 2**exponent, mantissa in [0.5, 1)
    position = exponent - 1 if mantissa == 0.5 else exponent
    position = min(max(position, -POSITION_LIMIT), POSITION_LIMIT)
    return QuantParam(position, math.ldexp(LARGEST / largest, position))


def on_grid(values: np.ndarray, quant: QuantParam) -> np.ndarray:
    """Whole numbers -128 to 127, as float32, that stand for float32 `values`; what is no number becomes 0."""
    need_power()
    with np.errstate(over="ignore"):
        scaled = values * quant.factor
    np.rint(scaled, out=scaled)
    np.clip(scaled, LOWEST, LARGEST, out=scaled)
    scaled[np.isnan(scaled)] = 0
    return scaled


def half(values) -> np.ndarray:
    """Round to the nearest 16-bit float (halves to the even one), and give it as float32.

    The same numbers as ``astype(np.float16)`` in a third of the time: a large number is added, so large that what
    FP16 has no bits for falls off the end of the sum, and taken away again. Beyond 65504 the result is infinite.
    """
    values = np.asarray(values, np.float32)
    large = (values.view(np.uint32) & _EXPONENT).view(np.float32)  # the power of two at or below each number
    np.clip(large, SMALLEST_NORMAL, LARGEST_POWER, out=large)
    large *= np.float32(1.5 * 2**13)
    rounded = values + large
    rounded -= large
    beyond = np.abs(rounded) > LARGEST_HALF
    if beyond.any():
        rounded[beyond] = np.copysign(np.float32(np.inf), rounded[beyond])
    return rounded
