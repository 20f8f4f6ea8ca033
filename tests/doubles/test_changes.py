"""Numbers that were changed are counted, in arrays and in dicts of arrays."""

from __future__ import annotations

import numpy as np
import pytest

from aics.doubles.changes import changed_numbers

BEFORE = np.array([[1.0, np.nan, np.inf]])


@pytest.mark.parametrize(
    ("after", "count"),
    [
        (BEFORE.copy(), 0),
        (np.array([[1.0, 2.0, -np.inf]]), 2),
        (BEFORE.astype(np.float32), 3),
        (BEFORE[0], 3),
        (None, 3),
    ],
)
def test_numbers_of_an_array(after, count):
    assert changed_numbers(BEFORE, after) == count
    assert changed_numbers({"a": BEFORE}, {"a": after}) == count


def test_arrays_that_are_gone_or_new_count_whole():
    assert changed_numbers({"a": BEFORE}, {"b": np.zeros(4)}) == 7
    assert changed_numbers({"a": BEFORE}, None) == 3
