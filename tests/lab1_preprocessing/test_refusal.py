"""A refused crop must say which sizes do not fit: the picture's and the crop's, in any words."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.course import Lab

LAB = Lab("lab1_preprocessing")
CASE = {"image": np.zeros((5, 9, 3), np.uint8), "height": 12, "width": 4}
WORDS = [
    ("cannot crop 12 x 4 from 5 x 9", True),
    ("(5, 9, 3) is smaller than (12, 4)", True),
    ("the height 12 is more than 5", True),
    ("the picture is too small", False),
    ("12 x 4 is too large", False),
    ("the picture has 15 x 9, and 112 x 4 is asked for", False),
    ("", False),
]


@pytest.mark.parametrize(("words", "named"), WORDS)
def test_the_message_of_a_refusal_is_read(words: str, named: bool) -> None:
    def center_crop(*_):
        raise ValueError(words)

    values = LAB.answer("center_crop", {"center_crop": center_crop}, CASE).values
    assert {name: bool(value) for name, value in values.items()} == {
        "raises ValueError": True,
        "both sizes in its message": named,
    }
