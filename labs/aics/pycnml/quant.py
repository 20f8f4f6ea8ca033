"""Quantisation: 8-bit whole numbers and one scale that stand for a range of numbers.

A number x becomes ``q = round(x * scale / 2**position)``, held within -128 to 127, and stands for
``q * 2**position / scale`` from then on. Halves go to the even neighbour. As on the card the scale is a
32-bit float, and so is the product that is rounded.
"""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from aics.language import tr
from aics.pycnml.power import need_power

INT8_MIN, INT8_MAX = -128, 127
#: Positions lie within plus and minus this.
POSITION_LIMIT = 32


@dataclass(frozen=True)
class QuantParam:
    """An 8-bit grid: -128 to 127 steps of 2**position / scale.

    Attributes
    ----------
    position : int
        From -32 to 32.
    scale : float
        Above 0; `QuantTool` gives 1 to 2.
    """

    position: int
    scale: float

    def __post_init__(self) -> None:
        try:
            position, scale = operator.index(self.position), float(self.scale)
        except TypeError:
            raise TypeError(
                tr(
                    "QuantParam(position, scale) takes a whole number and a float, got {position!r} and {scale!r}. "
                    "Numbers out of an array: int(...), float(...).",
                    position=self.position,
                    scale=self.scale,
                )
            ) from None
        if abs(position) > POSITION_LIMIT:
            raise ValueError(tr("QuantParam: position is {position}, it must lie within -32 to 32.", position=position))
        if not (scale > 0 and math.isfinite(scale)):
            raise ValueError(tr("QuantParam: scale is {scale}, it must be a number above 0.", scale=scale))
        object.__setattr__(self, "position", position)
        object.__setattr__(self, "scale", scale)

    @property
    def factor(self) -> np.float32:
        """Return what a number is multiplied by before it is rounded: scale / 2**position, as a 32-bit float."""
        return np.float32(np.ldexp(np.float32(self.scale), -self.position))

    @property
    def step(self) -> float:
        """Return the distance of two neighbours on the grid: 2**position / scale."""
        return 1.0 / float(self.factor)


class QuantTool:
    """Finds the smallest grid that holds all numbers seen under a name.

    >>> QuantTool().getQuantParam([-255.0, 3.0], "conv1_1")
    QuantParam(position=2, scale=1.9921568627450981)
    """

    def __init__(self) -> None:
        self._largest: dict[str, float] = {}

    def getQuantParam(self, data: ArrayLike, layer_name: str) -> QuantParam:
        """Fit the grid to the largest absolute value seen so far under this name, with those of `data`.

        Raises ValueError where one of them is not finite.
        """
        values: np.ndarray = np.asarray(data, np.float64)
        largest = float(np.abs(values).max()) if values.size else 0.0
        if not math.isfinite(largest):
            message = tr("getQuantParam({layer!r}): the data holds a value that is not finite.", layer=layer_name)
            raise ValueError(message)
        self._largest[layer_name] = max(largest, self._largest.get(layer_name, 0.0))
        return fit_quant_param(self._largest[layer_name])


def fit_quant_param(largest: float) -> QuantParam:
    """Return the grid whose 127 stands for `largest`, with a scale from 1 to 2 as long as the position allows it."""
    need_power()
    if largest == 0:
        return QuantParam(0, 1.0)
    mantissa, exponent = math.frexp(largest / INT8_MAX)  # = mantissa * 2**exponent, mantissa in [0.5, 1)
    position = exponent - 1 if mantissa == 0.5 else exponent
    position = min(max(position, -POSITION_LIMIT), POSITION_LIMIT)
    return QuantParam(position, math.ldexp(INT8_MAX / largest, position))


def quantize(values: np.ndarray, quant: QuantParam) -> np.ndarray:
    """Round float32 values to the grid: whole numbers from -128 to 127, as float32. Not a number becomes 0."""
    need_power()
    with np.errstate(over="ignore"):
        scaled: np.ndarray = values * quant.factor
    np.rint(scaled, out=scaled)
    np.clip(scaled, INT8_MIN, INT8_MAX, out=scaled)
    scaled[np.isnan(scaled)] = 0
    return scaled
