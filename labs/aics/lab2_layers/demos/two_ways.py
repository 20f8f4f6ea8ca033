"""One stop of the film: the four loops at one window, and img2col's matrix of columns so far."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from aics.lab2_layers.demos.kernels import KERNELS
from aics.lab2_layers.demos.pixels import cut_to

#: Of the image in the film, and of its kernels.
ROWS, COLUMNS, SIDE = 6, 8, 3
NAMES = ("left to right", "top to bottom")
#: Rows, columns and count of the windows.
DOWN, ACROSS = ROWS - SIDE + 1, COLUMNS - SIDE + 1
WINDOWS = DOWN * ACROSS
#: A stop for each window and kernel, and one frame more in which both are ready.
STOPS = WINDOWS * len(NAMES)
FRAMES = STOPS + 1


def film_image(photo: np.ndarray) -> np.ndarray:
    """Return a photo at the film's few pixels: (ROWS, COLUMNS) uint8."""
    return cut_to(photo, ROWS, COLUMNS)


def film_kernels() -> np.ndarray:
    """Return the film's kernels: (1, SIDE, SIDE, 2), as the layer has them."""
    return np.stack([KERNELS[name] for name in NAMES], axis=-1)[None]


@dataclass(frozen=True)
class TwoWays:
    """Both ways at one frame.

    image : (ROWS, COLUMNS) uint8
    maps : (2, DOWN, ACROSS): what the layer makes of it
    frame : 0 to FRAMES - 1
    """

    image: np.ndarray
    maps: np.ndarray
    frame: int

    @property
    def ready(self) -> bool:
        """Whether the loops are through."""
        return self.frame >= STOPS

    @property
    def stop(self) -> int:
        """The loops' stop, and their last one when they are through."""
        return min(self.frame, STOPS - 1)

    @property
    def kernel(self) -> int:
        """The output channel o at which the loops are."""
        return self.stop // WINDOWS

    @property
    def place(self) -> tuple[int, int]:
        """Row h and column w of the output at which the loops are."""
        return divmod(self.stop % WINDOWS, ACROSS)

    @property
    def done(self) -> np.ndarray:
        """(2, DOWN, ACROSS): which entries of the output the loops have computed."""
        return np.arange(STOPS).reshape(self.maps.shape) <= self.stop

    @property
    def filled(self) -> int:
        """How many columns have been laid out."""
        return min(self.frame + 1, WINDOWS)

    @property
    def multiplied(self) -> bool:
        """Whether the columns are all there and the matrix product is done."""
        return self.frame >= WINDOWS

    @cached_property
    def columns(self) -> np.ndarray:
        """(SIDE * SIDE, WINDOWS): each window as a column."""
        windows = np.lib.stride_tricks.sliding_window_view(self.image.astype(float), (SIDE, SIDE))
        return windows.reshape(WINDOWS, -1).T

    @property
    def filters(self) -> np.ndarray:
        """(2, SIDE * SIDE): each kernel as a row."""
        return np.stack([np.ravel(KERNELS[name]) for name in NAMES]).astype(float)

    @property
    def product(self) -> np.ndarray:
        """(2, WINDOWS): rows times columns."""
        product: np.ndarray = self.filters @ self.columns
        return product
