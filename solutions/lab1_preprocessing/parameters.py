"""What of lab 1's questions may differ from student to student."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import oracles

from aics.language import noted
from autograder.course.parameters import Parameters

# Which row and which column go where an odd number must go

ROWS, COLUMNS = (noted("bottom"), noted("top")), (noted("right"), noted("left"))
#: What is left where the same margin goes at both ends: a row too few?, a column too few? -> words.
SAME_MARGIN = {
    (False, False): noted("a row or column too many"),
    (False, True): noted("a row too many or a column too few"),
    (True, False): noted("a row too few or a column too many"),
    (True, True): noted("a row or column too few"),
}
#: What is left where a slice ends at minus the margin: a row too few?, a column too few? -> words.
OFF = {
    (False, False): noted("one pixel too large"),
    (False, True): noted("one pixel off"),
    (True, False): noted("one pixel off"),
    (True, True): noted("one pixel too small"),
}


def center_crop(rng: np.random.Generator) -> Mapping[str, str]:
    """Either end for the extra row, either for the extra column."""
    return {"row": rng.choice(ROWS), "column": rng.choice(COLUMNS)}


def crop_words(row: str, column: str) -> Mapping[str, str]:
    """Code for the first row and column that stay, as right answers and known mistakes write it."""
    up, before = row == "top", column == "left"
    rows, columns = _less("H - height", up), _less("W - width", before)
    other_rows, other_columns = _less("H - height", not up), _less("W - width", not before)
    return {
        **{"rows": rows, "columns": columns, "top": f"{rows} // 2", "left": f"{columns} // 2"},
        "padded_top": f"{_less('image.shape[0] - height', up)} // 2",
        "padded_left": f"{_less('image.shape[1] - width', before)} // 2",
        **{"other_top": f"{other_rows} // 2", "other_left": f"{other_columns} // 2"},
        **{"other_row": "bottom" if up else "top", "other_column": "right" if before else "left"},
        **{"one_above": str(int(up)), "one_before": str(int(before))},
        **{"row_last": str(not up), "column_last": str(not before)},
        **{"cat": f"left {113 + before}", "at": str(113 + before)},
        **{"same_margin": SAME_MARGIN[up, before], "off": OFF[up, before]},
    }


def _less(difference: str, up: bool) -> str:
    """A difference that is halved, rounded up or down."""
    return f"({difference} + 1)" if up else f"({difference})"


CENTER_CROP = Parameters(default={"row": "bottom", "column": "right"}, variant=center_crop, words=crop_words)

# How small a random piece may be


def random_resized_crop(rng: np.random.Generator) -> Mapping[str, float]:
    """The least area of a piece, as a fraction of the image's."""
    return {"least": rng.choice([0.1, 0.15, 0.2])}


def piece_words(least: float) -> Mapping[str, str]:
    """What lies between the least area and the whole image."""
    return {"rest": f"{1 - least:g}"}


RANDOM_RESIZED_CROP = Parameters(default={"least": 0.1}, variant=random_resized_crop, words=piece_words)

# Which colours are how bright


def color_jitter(rng: np.random.Generator) -> Mapping[str, str]:
    """One of the standards for what is grey."""
    return {"standard": rng.choice(list(oracles.LUMA))}


def luma_words(standard: str) -> Mapping[str, str]:
    """The weights of red, green and blue, together and each."""
    weights = [f"{weight:g}" for weight in oracles.LUMA[standard]]
    return {"luma": ", ".join(weights), **dict(zip(("red", "green", "blue"), weights, strict=True))}


COLOR_JITTER = Parameters(default={"standard": "BT.601"}, variant=color_jitter, words=luma_words)
