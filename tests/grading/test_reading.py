"""What rounds say together: no starving, no lucky round, no sleep of one's own, and no doubt passed over."""

from __future__ import annotations

import pytest

from aics.check.rules import BAND, SpeedLimits
from autograder.grading.reading import Reading, Round, Time, read

LIMITS = SpeedLimits(full=4, zero=16)
ECHOES = [Time(cpu=0.001)] * 6


def rounds(own, other, count=16):
    """Rounds of constant times; a time is seconds on a core, or those and seconds asleep."""
    times = [Time(*time) if isinstance(time, tuple) else Time(time) for time in (own, other)]
    return [Round(*times)] * count


@pytest.mark.parametrize(("own", "other", "ratio"), [(0.011, 0.011, 1), (0.021, 0.011, 2), (0.006, 0.011, 0.5)])
def test_the_way_of_the_arrays_counts_on_neither_side(own, other, ratio):
    assert read(rounds(own, other), ECHOES) == Reading(ratio=pytest.approx(ratio), control=1)


def test_one_lucky_round_makes_no_slow_code_fast_and_a_disturbed_one_no_fast_code_slow():
    slow, fast = rounds(0.081, 0.011), rounds(0.011, 0.011)
    lucky, disturbed = rounds(0.003, 0.011, count=1), rounds(0.9, 0.011, count=1)

    assert read([*slow, *lucky], ECHOES).ratio == pytest.approx(8)
    assert read([*fast, *disturbed * 8], ECHOES).ratio == pytest.approx(1)


@pytest.mark.parametrize(
    ("own", "other", "ratio"),
    [
        ((0.011, 0.03), (0.011, 0.0), 4),  # three times as much was done elsewhere
        ((0.011, 0.03), (0.011, 0.03), 1),  # the reference sleeps as long
        ((0.011, 0.03), (0.011, 0.02), 2),
        ((0.022, 0.02), (0.011, 0.01), 2.1),  # twice the work, and asleep as often
    ],
)
def test_only_sleep_beyond_the_references_counts_as_work(own, other, ratio):
    assert read(rounds(own, other), ECHOES).ratio == pytest.approx(ratio)


def test_sleep_that_a_few_rounds_do_not_show_counts_all_the_same():
    seen, unseen = rounds((0.011, 0.1), 0.011, count=10), rounds((0.011, 0.0), 0.011, count=6)

    assert read([*seen, *unseen], ECHOES).ratio == pytest.approx(11)


def test_the_control_is_the_reference_against_itself():
    even, odd = rounds(0.011, 0.011, count=1), rounds(0.011, 0.021, count=1)

    assert read([*even, *odd] * 8, ECHOES).control == pytest.approx(2)
    assert read([*odd, *even] * 8, ECHOES).control == pytest.approx(2)


def test_no_difference_of_two_measurements_comes_near_zero():
    reading = read(rounds(0.001, 0.0009), ECHOES)

    assert 0 < reading.ratio < 100
    assert reading.control == 1


@pytest.mark.parametrize(
    ("ratio", "control", "stands"),
    [
        (8, 1, True),
        (8, BAND, True),
        (8, BAND + 0.01, False),
        (1.5, 2, True),  # all points, even if it is 3
        (2.5, 2, False),  # it may be 5
        (40, 2, True),  # none, even if it is 20
        (24, 2, False),
    ],
)
def test_a_reading_stands_where_the_control_is_in_its_band_or_changes_no_point(ratio, control, stands):
    assert Reading(ratio=ratio, control=control).stands(LIMITS) == stands
