"""Weights that are stored in 8 bits: a table of what each layer takes, and how far it is from float32."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aics.lab4_dlp.pictures.backends import TextTable
from aics.language import tr


@dataclass(frozen=True, kw_only=True)
class StoredRow:
    """One layer.

    Attributes
    ----------
    layer : str
    weights : int
        How many there are.
    same : float
        The proportion of the stored integers that the student's code makes again.
    own_grids, one_grid : float
        Error of the weights with a grid for each output channel, and with one for the layer: norm over norm.
    features : float
        The same of what the layer's ReLU returns, with all layers up to it in 8 bits.
    """

    layer: str
    weights: int
    same: float
    own_grids: float
    one_grid: float
    features: float


def stored_layers(rows: Sequence[StoredRow]) -> TextTable:
    """Return a table of the layers, with the bytes that they take in float32 and in 8 bits below it."""
    heads = (
        *(tr("layer"), tr("weights"), tr("your integers are the file's")),
        *(tr("error: a grid per channel"), tr("error: one grid"), tr("error of the features")),
    )
    lines = [
        [
            *(row.layer, f"{row.weights:,}", f"{row.same:.2%}"),
            *(f"{error:.2%}" for error in (row.own_grids, row.one_grid, row.features)),
        ]
        for row in rows
    ]
    total = sum(row.weights for row in rows) / 1e6
    note = tr("{floats:.1f} MB in float32, {bytes:.1f} MB in 8 bits.", floats=4 * total, bytes=total)
    return TextTable(heads, lines, note)
