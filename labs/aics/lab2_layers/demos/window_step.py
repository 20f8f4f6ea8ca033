"""One stop of the window: the numbers that it covers, their products with the kernel, and the sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from aics.lab2_layers.demos.kernels import KERNELS
from aics.lab2_layers.demos.pixels import few_pixels
from aics.language import noted

#: The kernel whose numbers are those of the table on the page.
OWN = noted("own numbers")


@dataclass(frozen=True)
class Step:
    """A window over a gray image, at one of its positions.

    image : (H, W) uint8
    kernel : (K, K) float
    row, column : of the output; what lies outside counts as the last position
    """

    image: np.ndarray
    kernel: np.ndarray
    stride: int
    padding: int
    wanted_row: int
    wanted_column: int

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Step:
        """Return the step that is chosen on the page."""
        named = KERNELS.get(values["kernel"])
        kernel = np.array(values["numbers"] if named is None else named, dtype=float)
        image = few_pixels(values["photo"], values["pixels"])
        return cls(image, kernel, values["stride"], values["padding"], values["row"], values["column"])

    @property
    def side(self) -> int:
        """Rows of the kernel, which are as many as its columns."""
        return len(self.kernel)

    @cached_property
    def padded(self) -> np.ndarray:
        """The image with zeros around it, as float64."""
        return np.pad(self.image.astype(float), self.padding)

    @property
    def output(self) -> tuple[int, int]:
        """Rows and columns of the output: how many positions the window has."""
        down, across = ((length - self.side) // self.stride + 1 for length in self.padded.shape)
        return down, across

    @property
    def row(self) -> int:
        """The output's row."""
        return min(max(self.wanted_row, 0), self.output[0] - 1)

    @property
    def column(self) -> int:
        """The output's column."""
        return min(max(self.wanted_column, 0), self.output[1] - 1)

    @property
    def corner(self) -> tuple[int, int]:
        """The window's first row and column in the padded image."""
        return self.row * self.stride, self.column * self.stride

    def _under(self, whole: np.ndarray) -> np.ndarray:
        """The part of an array of the padded image's size that lies under the window."""
        top, left = self.corner
        return whole[top : top + self.side, left : left + self.side]

    @property
    def window(self) -> np.ndarray:
        """(K, K): the pixels under the window, zeros where it lies on the padding."""
        return self._under(self.padded)

    @property
    def on_image(self) -> np.ndarray:
        """(K, K): whether a pixel under the window is one of the image, not of the padding."""
        return self._under(np.pad(np.ones(self.image.shape, dtype=bool), self.padding))

    @property
    def products(self) -> np.ndarray:
        """(K, K): window times kernel, entry by entry."""
        product: np.ndarray = self.window * self.kernel
        return product

    @property
    def total(self) -> float:
        """What the products add up to: one entry of the output."""
        return float(self.products.sum())

    @property
    def signed(self) -> bool:
        """Whether the kernel gives nothing on flat areas, so that the output's sign says something."""
        return abs(float(self.kernel.sum())) < 1e-6 * max(float(np.abs(self.kernel).sum()), 1.0)
