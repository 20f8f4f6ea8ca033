"""Patience with a sandbox: seconds of work that it may use up.

What it waits for a core is not counted, nor what the grader was stopped for.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from .books import Spent, own_waiting
from .stops import STOPS

#: The wall's time ends an allowance too, at so many times its seconds: wide enough for a crowded machine.
WIDE = 20.0
#: The least that is left as long as anything is: whoever waits for an allowance to end looks no oftener.
LEAST = 0.01
#: Seconds after which the books are looked at again, since a thread that ends takes along how long it waited.
LOOK = 1.0


class Allowance:
    """So many seconds, from now on.

    >>> Allowance(10, Spent).left() > 0
    True
    """

    def __init__(self, seconds: float, spent: Callable[[], Spent]) -> None:
        """`spent()` says what the sandbox has spent so far."""
        STOPS.back()
        self._seconds, self._spent, self._before = seconds, spent, spent()
        self._began, self._look, self._late = time.monotonic(), min(seconds, LOOK), own_waiting()
        self._stopped = STOPS.seconds

    def used(self) -> float:
        """Seconds that are used up: those of the wall in which neither the sandbox nor this thread waited for a core.

        A sandbox sleeps until this thread has been given a core to ask it on, or until the grader goes on again; that
        is no time of the sandbox's.
        """
        spent, late = self._spent() - self._before, own_waiting() - self._late + STOPS.seconds - self._stopped
        return max(min(spent.cpu, spent.wall), spent.used - late)

    def left(self) -> float:
        """Seconds after which it is worth asking again; 0 once all are used up."""
        STOPS.back()
        left = self._left()
        STOPS.until(left)
        return left

    def _left(self) -> float:
        wall = time.monotonic() - self._began - (STOPS.seconds - self._stopped)
        if wall < self._look:
            return self._look - wall
        left = self._seconds - self.used()
        if left <= 0 or wall >= WIDE * self._seconds:
            return 0.0
        left = min(max(left, LEAST), LOOK)
        self._look = wall + left
        return left
