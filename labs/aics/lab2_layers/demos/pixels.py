"""A photo at few pixels, so that each of them can be seen."""

from __future__ import annotations

import numpy as np

#: Height / width that is kept; what is longer is cut at both ends.
_FLATTEST, _STEEPEST = 2 / 3, 4 / 3


def few_pixels(photo: np.ndarray, longest: int, *, colour: bool = False) -> np.ndarray:
    """Return the middle of a photo at few pixels, each the mean of those that it stands for.

    photo : (H, W, 3) uint8, of any size
    longest : pixels along the longer side
    ->  (h, w) uint8 in gray, or (h, w, 3)
    """
    from PIL import Image

    height, width = photo.shape[:2]
    ratio = min(max(height / width, _FLATTEST), _STEEPEST)
    across, down = min(width, height / ratio), min(height, width * ratio)
    left, top = (width - across) / 2, (height - down) / 2
    image = Image.fromarray(np.ascontiguousarray(photo)).convert("RGB" if colour else "L")
    return np.array(image.resize(_size(ratio, longest), Image.Resampling.BOX, (left, top, left + across, top + down)))


def _size(ratio: float, longest: int) -> tuple[int, int]:
    """Width and height in pixels."""
    return (longest, max(round(longest * ratio), 1)) if ratio <= 1 else (max(round(longest / ratio), 1), longest)
