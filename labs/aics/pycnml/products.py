"""Exact integer matrix products, by a float32 BLAS.

A float32 holds every whole number up to 2**24. Where the absolute products of a sum add up to no more than that,
every partial sum is exact, in whatever order and with however many threads the BLAS adds. So only where
a sum could grow larger it is cut into pieces, and these are added in float64, which is exact up to 2**53:
a sum of 2**39 products.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

#: Below this sum of absolute weights, no product sum with values of -128 to 127 exceeds 2**24.
WEIGHT_LIMIT = 2**24 // 128


def exact_pieces(weight: np.ndarray) -> list[slice]:
    """Cut the columns of `weight` into ranges whose product sums are exact in float32.

    weight : (rows, K) whole numbers -128 to 127  ->  slices that cover K, as long as possible
    """
    size = weight.shape[1]
    magnitude = np.abs(weight, dtype=np.float32)
    if magnitude.sum(axis=1, dtype=np.float64).max(initial=0) <= WEIGHT_LIMIT:
        return [slice(0, size)]
    running = np.cumsum(magnitude, axis=1, dtype=np.float64)
    pieces: list[slice] = []
    start, before = 0, np.zeros((len(weight), 1))
    while start < size:
        heaviest = (running - before).max(axis=0)  # never falls along K
        end = int(np.searchsorted(heaviest, WEIGHT_LIMIT, side="right"))
        pieces.append(slice(start, end))
        start, before = end, running[:, end - 1 : end]
    return pieces


def exact_product(weight: np.ndarray, columns: np.ndarray, pieces: Sequence[slice], out: np.ndarray) -> None:
    """Write weight @ columns into `out`: the exact whole numbers, rounded once to float32 where they exceed 2**24.

    weight : (rows, K), columns : (K, n), out : (rows, n), all float32; weight and columns hold whole numbers
    """
    if len(pieces) == 1:
        np.matmul(weight, columns, out=out)
        return
    total = np.zeros(out.shape, np.float64)
    for piece in pieces:
        total += weight[:, piece] @ columns[piece]
    out[...] = total
