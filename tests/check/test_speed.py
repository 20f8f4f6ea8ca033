"""The student's clock: low quantiles of a few rounds, with a control, read again before anything is lost."""

from __future__ import annotations

import time
from itertools import accumulate, chain, count, repeat

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from aics.check import speed
from aics.check.rules import SpeedLimits

LIMITS = SpeedLimits(full=2, zero=10)
CASE = {"x": np.arange(6.0).reshape(2, 3), "stride": 2}


class Clock:
    """Time that passes only in the two sides: the n-th call of a side takes the n-th of its seconds, over and over."""

    def __init__(self):
        self.now, self.calls = 0.0, {"own": 0, "other": 0}

    def side(self, name, *seconds):
        def call(_case):
            self.now += seconds[self.calls[name] % len(seconds)]
            self.calls[name] += 1

        return call


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(speed, "fine_clock", lambda: lambda: clock.now)
    return clock


def ratio(clock, own, other, limits=LIMITS):
    return speed.ratio(clock.side("own", *own), clock.side("other", *other), CASE, limits)


RATIOS = [
    # seconds of own code, of the stand-in, ratio
    ([0.02], [0.01], 2),
    ([0.08, 0.02, 0.02], [0.01], 2),
    ([0.001, *[0.05] * 11], [0.01], 5),  # one lucky round
    ([0.01, 0.01, 0.09], [0.01, 0.01, 0.01, 0.9], 1),
    ([60], [0.5], 120),
]


@pytest.mark.parametrize(("own", "other", "expected"), RATIOS)
def test_a_ratio_is_of_low_quantiles(clock, own, other, expected):
    assert ratio(clock, own, other) == pytest.approx(expected)


def test_one_reading_is_enough_for_full_points(clock):
    ratio(clock, [0.01], [0.01])
    assert clock.calls == {"own": speed.ROUNDS, "other": speed.ROUNDS + 1}


def test_what_would_lose_points_is_read_again(clock):
    assert ratio(clock, [*[0.05] * speed.ROUNDS, *[0.01] * speed.ROUNDS], [0.01]) == pytest.approx(1)


def test_hopeless_code_is_called_once_and_the_stand_in_still_often(clock):
    assert ratio(clock, [60], [0.01]) == pytest.approx(6000)
    assert clock.calls == {"own": 1, "other": speed.ROUNDS + 1}


def test_where_the_stand_in_differs_from_itself_the_computer_is_busy_and_nobody_is_judged(clock):
    assert ratio(clock, [0.05], [0.01, 0.02]) is None
    assert clock.calls["other"] == speed.READINGS * (speed.ROUNDS + 1)


def test_a_computer_that_comes_to_rest_is_believed(clock):
    unrest = [0.01, 0.02] * 6
    assert ratio(clock, [0.01], [0.01, *unrest, 0.01, *[0.01] * 12]) == pytest.approx(1)


def test_a_doubt_that_changes_no_point_is_none(clock):
    assert ratio(clock, [0.001], [0.01, 0.02]) == pytest.approx(0.1)
    assert ratio(clock, [10], [0.01, 0.02]) == pytest.approx(1000)


def test_each_round_has_its_own_numbers_and_both_sides_the_same():
    own, other = [], []
    case = {"x": np.arange(1000.0), "stride": 2}
    speed.ratio(lambda c: own.append(c), lambda c: other.append(c), case, SpeedLimits(full=1e9, zero=1e12))

    assert all(np.array_equal(a["x"], b["x"]) for a, b in zip(own, other[1:], strict=False))
    assert len({c["x"].tobytes() for c in own}) == len(own) == speed.ROUNDS
    assert all(np.array_equal(np.sort(c["x"]), case["x"]) and c["stride"] == 2 for c in own)


def test_the_clock_is_the_processs_own_and_stands_still_in_sleep():
    clock = speed.fine_clock()
    begin = clock()
    time.sleep(0.2)
    assert clock() - begin < 0.1


def test_a_system_that_counts_cpu_time_in_long_steps_is_timed_by_the_wall(monkeypatch):
    ticks = count()
    monkeypatch.setattr(speed.time, "process_time", lambda: next(ticks) // 5 / 64)
    assert speed.fine_clock() is time.perf_counter


def test_one_long_step_on_a_busy_machine_does_not_change_the_clock(monkeypatch):
    ticks = accumulate(chain([0.0, 0.02], repeat(1e-6)))
    monkeypatch.setattr(speed.time, "process_time", lambda: next(ticks))
    assert speed.fine_clock() is speed.time.process_time


def blas_threads():
    return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]


def test_one_blas_thread_while_it_measures_and_as_before_afterwards():
    before, seen = blas_threads(), []
    speed.ratio(lambda _: seen.append(blas_threads()) or np.eye(2) @ np.eye(2), lambda _: np.eye(2), CASE, LIMITS)
    assert all(threads == [1] * len(before) for threads in seen)
    assert blas_threads() == before
