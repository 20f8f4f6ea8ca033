"""Weights on grids of few bits, by lab 4's rule: the largest magnitude is the grid's end, ``2 ** (bits - 1) - 1``.

One grid is for a whole layer, as on the card, or for each output channel, as in the weights that lab 5 paints with.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aics.lab4_dlp.demos.mini import Array

#: Puts values of any shape onto one grid of some bits; returns the integers, and the step between two neighbours.
Rounding = Callable[[Array, int], tuple[Array, float]]
#: What a grid takes beside the integers: a position in one byte, and a scale as a 32-bit float.
GRID_BYTES = 5


@dataclass(frozen=True)
class OnGrid:
    """A layer's weight on its grid, or on one for each output channel.

    Attributes
    ----------
    values : float32 array
        What the integers stand for, in the weight's shape, output channels first.
    steps : (1,) or (Cout,) array
        Between two neighbours of each grid.
    """

    values: Array
    steps: Array

    @property
    def zeros(self) -> float:
        """Return the proportion of weights that have become 0."""
        return float(np.mean(self.values == 0))


def on_grid(weight: Array, bits: int, per_channel: bool, rounding: Rounding) -> OnGrid:
    """Put a weight onto its grids.

    weight : output channels first
    """
    groups = weight if per_channel else weight[None]
    rounded = [rounding(group, bits) for group in groups]
    values = np.stack([integers * np.float32(step) for integers, step in rounded]).reshape(weight.shape)
    return OnGrid(values.astype(np.float32), np.array([step for _, step in rounded]))


def nearest(values: Array, bits: int) -> tuple[Array, float]:
    """Put values onto the grid that reaches as far as the largest of them: the labs' own `Rounding`."""
    step = float(np.abs(values).max()) / (2 ** (bits - 1) - 1) or 1.0
    return np.round(values / np.float32(step)), step


def stored_bytes(weights: int, grids: int, bits: int) -> float:
    """Return the bytes of so many weights in so many bits, and of their grids."""
    return weights * bits / 8 + grids * GRID_BYTES
