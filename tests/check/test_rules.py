"""Tolerances follow the whole array's scale; the speed curve falls by the same points at each doubling."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aics.check.rules import SpeedLimits, Tolerance

ALLOWED = [
    # rtol, atol, expected, allowed
    (1e-3, 0.0, [0.0, -200.0, 5.0], 0.2),
    (0.0, 1e-6, [1e9], 1e-6),
    (1e-3, 1e-6, [], 1e-6),
    (1e-3, 1e-6, 10.0, 0.010001),
    (1e-3, 0.0, [0, -4], 0.004),
]


@pytest.mark.parametrize(("rtol", "atol", "expected", "allowed"), ALLOWED)
def test_the_allowed_error_follows_the_largest_magnitude(rtol, atol, expected, allowed):
    tolerance = Tolerance(rtol=rtol, atol=atol, reason="a test")
    assert tolerance.allowed(np.array(expected)) == pytest.approx(allowed)


@pytest.mark.parametrize(
    ("got", "far"),
    [(2.0, False), (8.0, False), (4.0, False), (1.9, True), (8.1, True), (0.0, True), (-4.0, True)],
)
def test_a_factor_allows_as_much_more_as_less(got, far):
    tolerance = Tolerance(factor=2, reason="a test")
    for sign in (1, -1):  # in magnitude: a negative number may be twice as negative
        assert tolerance.exceeded(np.array([1e6, sign * got]), np.array([1e6, sign * 4.0])).tolist() == [False, far]


@pytest.mark.parametrize("both", [{"factor": 2, "rtol": 1e-3}, {"factor": 2, "atol": 1.0}, {"factor": 0.5}])
def test_a_factor_is_above_1_and_stands_alone(both):
    with pytest.raises(ValueError, match="stands alone"):
        Tolerance(**both, reason="a test")


LIMITS = SpeedLimits(full=2, zero=32)
SHARES = [(0, 1), (2, 1), (4, 0.75), (8, 0.5), (16, 0.25), (32, 0), (1e6, 0), (float("inf"), 0), (float("nan"), 0)]


@pytest.mark.parametrize(("ratio", "share"), SHARES)
def test_each_doubling_costs_the_same(ratio, share):
    assert LIMITS.share(ratio) == pytest.approx(share)


ratios = st.floats(min_value=1e-6, max_value=1e6)


@given(ratios, ratios)
def test_slower_code_never_earns_more(one, other):
    slower, faster = max(one, other), min(one, other)
    assert 0 <= LIMITS.share(slower) <= LIMITS.share(faster) <= 1
