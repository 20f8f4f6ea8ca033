"""A row of numbers is cut into arrays, and arrays are joined into a row."""

from __future__ import annotations

import numpy as np
import pytest

from aics.doubles.rows import cut, joined

SHAPES = [["a/weight", [2, 3]], ["a/bias", [1, 3]]]


def test_a_row_is_cut_into_arrays_and_joined_again():
    arrays = cut(SHAPES, np.arange(9.0))
    assert arrays["a/bias"].tolist() == [[6, 7, 8]]
    np.testing.assert_array_equal(joined(SHAPES, arrays), np.arange(9.0))


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


def test_what_does_not_fit_goes_through_as_it_is():
    arrays = cut(SHAPES, np.arange(9.0))
    assert joined(SHAPES, {"a/weight": arrays["a/weight"]}) is None
    assert joined(SHAPES, None) is None
    assert joined(SHAPES, arrays | {"a/bias": np.zeros(3)}).shape == (3,)
