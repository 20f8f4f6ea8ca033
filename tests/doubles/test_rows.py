"""A row of numbers is cut into arrays."""

from __future__ import annotations

import numpy as np
import pytest

from aics.doubles.rows import cut

SHAPES = [["a/weight", [2, 3]], ["a/bias", [1, 3]]]


def test_a_row_is_cut_into_arrays_one_after_another():
    arrays = cut(SHAPES, np.arange(9.0))
    assert {name: array.tolist() for name, array in arrays.items()} == {
        "a/weight": [[0, 1, 2], [3, 4, 5]],
        "a/bias": [[6, 7, 8]],
    }


def test_arrays_are_copies():
    row = np.arange(9.0)
    cut(SHAPES, row)["a/weight"][:] = 0
    assert row.tolist() == list(range(9))


@pytest.mark.parametrize("count", [8, 10])
def test_a_row_of_another_length_is_refused(count):
    with pytest.raises(ValueError, match="cannot reshape"):
        cut(SHAPES, np.zeros(count))


def test_no_arrays_take_no_numbers():
    assert cut([], np.zeros(0)) == {}
