"""Photos side by side, with frames, numbers and histograms."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aics.language import tr
from aics.show.figure import bare, new_picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aics.show.picture import Picture


def opened(path: str | Path) -> np.ndarray:
    """Read a photo as RGB with Pillow, for cells that come before `read_image` is written.

    ->  (H, W, 3) uint8
    """
    from PIL import Image

    with Image.open(path) as photo:
        return np.array(photo.convert("RGB"))


def draw_photo(axis: Axes, picture: np.ndarray, title: str = "") -> None:
    """Draw one photo.

    picture : (H, W) or (H, W, 3), uint8 or float in 0..1; what lies outside is cut
    """
    values = np.asarray(picture)
    values = values if values.dtype == np.uint8 else np.clip(values, 0, 1)
    white = 255 if values.dtype == np.uint8 else 1
    axis.imshow(values, cmap="gray", interpolation="antialiased", vmin=0, vmax=white)
    bare(axis, title)


def size_words(picture: np.ndarray) -> str:
    """Return height and width in words, such as ``300 x 451``."""
    return " x ".join(map(str, np.shape(picture)[:2]))


def photos(pictures: Mapping[str, np.ndarray], columns: int = 3) -> Picture:
    """Draw pictures side by side, row after row.

    pictures : title -> (H, W) or (H, W, 3), uint8 or float in 0..1
    """
    columns = min(columns, len(pictures))
    rows = -(-len(pictures) // columns)
    shapes = [np.shape(picture)[:2] for picture in pictures.values()]
    tallest = [max(h / w for h, w in shapes[r * columns : (r + 1) * columns]) for r in range(rows)]
    cell = 9.5 / columns
    listed = [tr("{title} ({size})", title=name, size=size_words(p)) for name, p in pictures.items()]
    alt = tr("{count} pictures: {titles}", count=len(pictures), titles=tr("; ").join(listed))
    heights = [cell * min(ratio, 1.5) + 0.3 for ratio in tallest]
    picture, axes = new_picture(9.5, sum(heights), alt=alt, rows=rows, columns=columns, height_ratios=heights)
    for axis, (title, values) in zip(axes, pictures.items(), strict=False):
        draw_photo(axis, values, title)
    for axis in axes[len(pictures) :]:
        axis.set_axis_off()
    return picture
