"""Values as colours, without Matplotlib: signed ones from purple to green, as the labs' pictures have them."""

from __future__ import annotations

import numpy as np

#: Brewer's PRGn from the most negative value to the most positive one; zero is nearly white.
_PURPLE_TO_GREEN = np.array(
    [
        (64, 0, 75),
        (118, 42, 131),
        (153, 112, 171),
        (194, 165, 207),
        (231, 212, 232),
        (247, 247, 247),
        (217, 240, 211),
        (166, 219, 160),
        (90, 174, 97),
        (27, 120, 55),
        (0, 68, 27),
    ]
)


def signed_colours(values: np.ndarray, reach: float | None = None) -> np.ndarray:
    """Return purple for negative values, nearly white for zero, green for positive ones; what is no number is gray.

    values : any shape
    reach : the absolute value that has the darkest colour; the largest one if not given
    ->  (..., 3) uint8
    """
    finite = np.isfinite(values)
    known = np.where(finite, values, 0.0)
    reach = reach or float(np.max(np.abs(known), initial=0)) or 1.0
    places = np.clip(known / reach, -1, 1)
    stops = np.linspace(-1, 1, len(_PURPLE_TO_GREEN))
    colours = np.stack([np.interp(places, stops, channel) for channel in _PURPLE_TO_GREEN.T], axis=-1)
    return np.where(finite[..., None], colours, 127).round().astype(np.uint8)


def hex_colour(rgb: np.ndarray) -> str:
    """Return three levels of 0 to 255 as "#rrggbb"."""
    red, green, blue = (int(level) for level in rgb)
    return f"#{red:02x}{green:02x}{blue:02x}"
