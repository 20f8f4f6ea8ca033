"""Rounding to half precision is NumPy's own cast: for any bits, on every half, between them and beside."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aics.half.rounding import LARGE, round_to_half, to_half

#: A few numbers are cast as they are; so many copies of one are looked at first.
COPIES = pytest.mark.parametrize("copies", [1, LARGE])


def by_numpy(values):
    with np.errstate(over="ignore"):
        return np.asarray(values, np.float32).astype(np.float16)


def grid():
    """Every half, what lies in the middle between two, and the numbers next to these."""
    halves = np.arange(2**16, dtype=np.uint16).view(np.float16)
    halves = halves[~np.isnan(halves)].astype(np.float32)
    finite = np.unique(halves[np.isfinite(halves)])
    between = ((finite[1:].astype(np.float64) + finite[:-1]) / 2).astype(np.float32)
    return halves, between, *(np.nextafter(between, np.float32(toward)) for toward in (np.inf, -np.inf))


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=50, deadline=None)
def test_any_bits(seed):
    values = np.random.default_rng(seed).integers(0, 2**32, 20000, dtype=np.uint32).view(np.float32)
    values = values[~np.isnan(values)]
    np.testing.assert_array_equal(round_to_half(values), by_numpy(values).astype(np.float32))
    np.testing.assert_array_equal(to_half(values).view(np.uint16), by_numpy(values).view(np.uint16))


def test_every_half_between_them_and_beside():
    for values in grid():
        np.testing.assert_array_equal(round_to_half(values), by_numpy(values).astype(np.float32))
        np.testing.assert_array_equal(to_half(values).view(np.uint16), by_numpy(values).view(np.uint16))


@COPIES
def test_the_ends(copies):
    values = np.float32([65504, 65519.99, 65520, 1e38, -65520, np.inf, -np.inf, 2.0**-24, 2.0**-25, 1e-45])
    expected = [65504, 65504, np.inf, np.inf, -np.inf, np.inf, -np.inf, 2.0**-24, 0, 0]
    np.testing.assert_array_equal(round_to_half(values), np.float32(expected))
    np.testing.assert_array_equal(to_half(np.repeat(values, copies)), np.repeat(np.float16(expected), copies))
    for rounded in (round_to_half, to_half):
        assert np.isnan(rounded(np.float32([np.nan]))).all()


@COPIES
def test_a_zero_keeps_its_sign_in_half(copies):
    tiny = np.float32([[-0.0, 0.0, -1e-30, 1e-30]] * copies)
    np.testing.assert_array_equal(np.signbit(to_half(tiny)), [[True, False, True, False]] * copies)


@COPIES
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_nothing_is_said_of_what_underflows_or_overflows(copies, dtype):
    with np.errstate(all="raise"):
        found = to_half(np.array([[1e-6] * copies, [1e30] * copies], dtype))
    assert found.dtype == np.float16
    assert found.shape == (2, copies)


def test_double_precision_is_rounded_once():
    """By way of float32 this would be a tie, and go to the even half, one step further down."""
    number = np.array([1 + 2.0**-11 + 2.0**-40])
    assert to_half(number)[0] == number.astype(np.float16)[0] == 1 + 2.0**-10


def test_an_array_that_is_rounded_stays_as_it_is():
    numbers = np.float32([[1e-7, 2049.0]])
    before = numbers.copy()
    to_half(numbers), round_to_half(numbers)
    np.testing.assert_array_equal(numbers, before)
