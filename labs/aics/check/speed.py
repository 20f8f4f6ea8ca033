"""Time a student's code in their own process, beside a stand-in for the reference.

The rule is the grader's (a ratio of two times, in turn, best of several, one BLAS thread, measured
again before anything is lost), but here the clock is the wall's and the other side a plain computation
of about the reference's cost, because the reference itself is not shipped. So the reading is an estimate.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

ROUNDS = 7
#: Seconds that one reading may take; a slower code is timed fewer times, but at least once.
BUDGET = 0.9


def ratio(own: Callable[[], object], stand_in: Callable[[], object], full: float) -> float:
    """Time of `own` over time of `stand_in`: the better of two readings if the first is above `full`."""
    from threadpoolctl import threadpool_limits  # not needed where checks do not time: the sandbox

    with threadpool_limits(1):  # on a busy machine several BLAS threads wait for one another, 50 times as long
        first = _reading(own, stand_in)
        return first if first <= full else min(first, _reading(own, stand_in))


def _reading(own: Callable[[], object], stand_in: Callable[[], object]) -> float:
    start = perf_counter()
    stand_in()
    best_own = best_other = float("inf")
    for turn in range(ROUNDS):
        # A slow code uses the budget up; the stand-in is quick, and one disturbed time of it would mislead.
        if turn == 0 or perf_counter() - start < BUDGET:
            best_own = min(best_own, _time(own))
        best_other = min(best_other, _time(stand_in))
    return best_own / best_other


def _time(side: Callable[[], object]) -> float:
    begin = perf_counter()
    side()
    return perf_counter() - begin
