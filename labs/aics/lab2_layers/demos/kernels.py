"""Kernels by name: the lab's edge filters, and those that photo editors have."""

from __future__ import annotations

import numpy as np

from aics.lab2_layers.pictures.synthetic import EDGE_FILTERS
from aics.language import noted

_SMOOTH = np.array([1, 4, 6, 4, 1])
#: English name -> (K, K). Those that sum to zero give nothing on flat areas; the others give a photo again.
KERNELS = {
    **EDGE_FILTERS,
    noted("blur"): np.full((3, 3), 1 / 9),
    noted("sharpen"): np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    noted("emboss"): np.array([[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]),
    noted("shift"): np.array([[1, 0, 0], [0, 0, 0], [0, 0, 0]]),
    noted("blur, 5 x 5"): np.outer(_SMOOTH, _SMOOTH) / 256,
    noted("outline, 5 x 5"): np.array(
        [[0, 0, -1, 0, 0], [0, -1, -2, -1, 0], [-1, -2, 16, -2, -1], [0, -1, -2, -1, 0], [0, 0, -1, 0, 0]]
    ),
}
