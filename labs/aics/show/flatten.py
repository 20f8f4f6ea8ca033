"""A picture of flattening: the order in which a feature map becomes a vector."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aics.language import tr
from aics.show.figure import PALETTE, new_picture, number_grid

if TYPE_CHECKING:
    from aics.show.picture import Picture


def flatten_order(channels: int = 3, height: int = 2, width: int = 2) -> Picture:
    """Draw a small feature map with each cell's index in the vector, in two orders."""
    alt = tr(
        "{channels} channels of {height} x {width} cells, numbered twice. N, C, H, W order counts one whole channel "
        "before the next. N, H, W, C order counts through the channels of one cell before the next cell.",
        channels=channels,
        height=height,
        width=width,
    )
    cells = np.arange(channels * height * width)
    orders = {
        tr("N, C, H, W order:\nchannel after channel"): cells.reshape(channels, height, width),
        tr("N, H, W, C order (ours):\ncell after cell"): cells.reshape(height, width, channels).transpose(2, 0, 1),
    }
    picture, axes = new_picture(8.5, 3.4, alt=alt, rows=2, columns=channels)
    for row, (title, places) in enumerate(orders.items()):
        for c in range(channels):
            axis = axes[row * channels + c]
            fills = [[PALETTE[c] + "55"] * width] * height
            number_grid(axis, places[c], fills=fills, title=tr("channel {number}", number=c))
        axes[row * channels].set_ylabel(title, fontsize=9, rotation=0, ha="right", va="center")
    return picture
