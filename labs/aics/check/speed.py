"""Time a student's code in their own process, beside a stand-in for the reference.

The rule is the grader's: a ratio of two low quantiles, in turn, on fresh inputs, with one BLAS thread and a control,
which here is the stand-in against itself. The clock is the process's CPU time, so that a busy computer takes nothing
away, or the wall's where a system counts CPU time in steps too long for this. The other side is a plain computation of
about the reference's cost, because the reference itself is not shipped: the reading is an estimate.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import numpy as np

from aics.check.rules import BAND, LOW, SpeedLimits

#: Rounds of a reading, and seconds after which a slow code is not called again in it.
ROUNDS = 12
BUDGET = 0.6
#: Readings before the computer counts as too busy; one is enough for code so many times beyond all points.
READINGS = 3
HOPELESS = 2.0
#: Longest step of a clock, in seconds, that times a call of a millisecond; and how many steps are looked at.
STEP, STEPS = 1e-4, 5

#: One input of the timed size, and what takes one.
Case = Mapping[str, object]
Side = Callable[[Case], object]


def ratio(own: Side, stand_in: Side, case: Case, limits: SpeedLimits) -> float | None:
    """Time of `own` over time of `stand_in`, or None where this computer is too busy to say.

    A reading counts where its control is in the band. Of two that count, the better one does: it is measured again
    before anything is lost.
    """
    from threadpoolctl import threadpool_limits  # not needed where checks do not time: the sandbox

    found: list[float] = []
    with threadpool_limits(1):  # on a busy machine several BLAS threads wait for one another, 50 times as long
        clock = fine_clock()
        for _ in range(READINGS):
            ratio, control = _reading(own, stand_in, case, clock)
            if control <= BAND or limits.share(ratio / control) == limits.share(ratio * control):
                found.append(ratio)
            if len(found) == 2 or (found and not limits.full < found[0] < HOPELESS * limits.zero):
                break
    return min(found, default=None)


def fine_clock() -> Callable[[], float]:
    """The clock of this process's CPU time; the wall's where the former moves in long steps.

    The shortest of a few steps tells: on a busy machine a single one is long on any clock.
    """
    steps = (_step(time.process_time) for _ in range(STEPS))
    return time.process_time if any(step < STEP for step in steps) else time.perf_counter


def _step(clock: Callable[[], float]) -> float:
    """Seconds by which a clock moves on when it does."""
    begin = clock()
    while (now := clock()) == begin:
        pass
    return now - begin


def _reading(own: Side, stand_in: Side, case: Case, clock: Callable[[], float]) -> tuple[float, float]:
    """The ratio, and the stand-in's odd rounds over its even ones or the inverse."""
    rng = np.random.default_rng()
    stand_in(case)
    mine: list[float] = []
    others: list[float] = []
    while len(others) < ROUNDS:
        fresh = _shuffled(case, rng)
        if sum(mine) < BUDGET:
            mine.append(_time(own, fresh, clock))
        others.append(_time(stand_in, fresh, clock))
    one, same = _low(others[::2]), _low(others[1::2])
    return _low(mine) / _low(others), max(one / same, same / one)


def _shuffled(case: Case, rng: np.random.Generator) -> Case:
    """The same numbers in other places: what was kept from an earlier call is of no use."""
    return {name: rng.permuted(v) if isinstance(v, np.ndarray) else v for name, v in case.items()}


def _time(side: Side, case: Case, clock: Callable[[], float]) -> float:
    begin = clock()
    side(case)
    return clock() - begin


def _low(seconds: list[float]) -> float:
    return float(np.quantile(seconds, LOW))
