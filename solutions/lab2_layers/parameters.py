"""What of lab 2's questions may differ from student to student: not the layers, from which later labs start."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.course.parameters import Parameters


def img2col_why(rng: np.random.Generator) -> Mapping[str, int]:
    """The side of the window that the written answer is about."""
    return {"side": rng.choice([3, 5, 7])}


def window_words(side: int) -> Mapping[str, str]:
    """How many times as large the matrix is; numbers below thirteen as words."""
    return {"times": "nine" if side == 3 else str(side * side)}


IMG2COL_WHY = Parameters(default={"side": 3}, variant=img2col_why, words=window_words)
