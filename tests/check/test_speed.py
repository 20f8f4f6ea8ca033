"""The student's clock: a ratio of best times, read again before anything is lost."""

from __future__ import annotations

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from aics.check import speed


class Clock:
    """Time that passes only in the two sides: the n-th call of a side takes the n-th of its seconds."""

    def __init__(self):
        self.now, self.calls = 0.0, {"own": 0, "other": 0}

    def __call__(self):
        return self.now

    def side(self, name, *seconds):
        def call():
            self.now += seconds[min(self.calls[name], len(seconds) - 1)]
            self.calls[name] += 1

        return call


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(speed, "perf_counter", clock)
    return clock


RATIOS = [
    # seconds of own code, of the stand-in (its first call warms up), ratio
    ([0.02], [0.01], 2),
    ([0.08, 0.02, 0.05], [0.01], 2),
    ([0.02], [9, 0.08, 0.01, 0.05], 2),
    ([60], [9, 1.0, 2.0, 0.5], 120),
]


@pytest.mark.parametrize(("own", "other", "ratio"), RATIOS)
def test_a_ratio_is_of_the_best_times(clock, own, other, ratio):
    assert speed.ratio(clock.side("own", *own), clock.side("other", *other), full=1e9) == pytest.approx(ratio)


def test_one_reading_is_enough_for_full_points(clock):
    speed.ratio(clock.side("own", 0.01), clock.side("other", 0.01), full=2)
    assert clock.calls == {"own": speed.ROUNDS, "other": speed.ROUNDS + 1}


def test_what_would_lose_points_is_read_again(clock):
    own = clock.side("own", *[0.05] * speed.ROUNDS, 0.01)
    assert speed.ratio(own, clock.side("other", 0.01), full=2) == pytest.approx(1)


def test_slow_code_is_called_once_a_reading_and_the_stand_in_still_often(clock):
    speed.ratio(clock.side("own", 60), clock.side("other", 0.01), full=2)
    assert clock.calls == {"own": 2, "other": 2 * (speed.ROUNDS + 1)}


def blas_threads():
    return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]


def test_one_blas_thread_while_it_measures_and_as_before_afterwards():
    before, seen = blas_threads(), []
    speed.ratio(lambda: seen.append(blas_threads()) or np.eye(2) @ np.eye(2), lambda: np.eye(2) @ np.eye(2), full=1e9)
    assert all(threads == [1] * len(before) for threads in seen)
    assert blas_threads() == before
