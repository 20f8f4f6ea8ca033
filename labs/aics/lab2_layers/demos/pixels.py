"""A photo at few pixels, so that each of them can be seen."""

from __future__ import annotations

import numpy as np

#: Height / width that is kept; what is longer is cut at both ends.
_FLATTEST, _STEEPEST = 2 / 3, 4 / 3


def few_pixels(photo: np.ndarray, longest: int, *, colour: bool = False) -> np.ndarray:
    """Return a photo at few pixels along its longer side; a long one is cut at both ends.

    photo : (H, W, 3) uint8, of any size
    ->  (h, w) uint8 in gray, or (h, w, 3)
    """
    height, width = photo.shape[:2]
    ratio = min(max(height / width, _FLATTEST), _STEEPEST)
    rows, columns = (longest * ratio, longest) if ratio <= 1 else (longest, longest / ratio)
    return cut_to(photo, round(rows), round(columns), colour=colour)


def cut_to(photo: np.ndarray, rows: int, columns: int, *, colour: bool = False) -> np.ndarray:
    """Return the middle of a photo at so many pixels, each the mean of those that it stands for.

    photo : (H, W, 3) uint8, of any size
    ->  (rows, columns) uint8 in gray, or (rows, columns, 3)
    """
    from PIL import Image

    height, width = photo.shape[:2]
    across, down = min(width, height * columns / rows), min(height, width * rows / columns)
    left, top = (width - across) / 2, (height - down) / 2
    image = Image.fromarray(np.ascontiguousarray(photo)).convert("RGB" if colour else "L")
    return np.array(image.resize((columns, rows), Image.Resampling.BOX, (left, top, left + across, top + down)))
