"""Seconds in which the grader itself was stopped: by Ctrl-Z, in a paused container, on a machine that was put to sleep.

No book has them: a process that is stopped neither works nor waits for a core. They show as a gap. Whoever waits says
for how long before it looks again; what it comes back later than that, without having worked or waited for a core
itself, is a stop. No sandbox can bring one about, and none may pay for one.
"""

from __future__ import annotations

import math
import threading
import time

from .books import own_waiting

#: Seconds: what is shorter may be a lock, a slow disk or another thread's turn.
SHORTEST = 1.0


class Stops(threading.local):
    """The calling thread's stops.

    Attributes
    ----------
    seconds : float
        Of all its stops so far.
    """

    def __init__(self) -> None:
        """Nothing has been said yet."""
        self.seconds = 0.0
        self._due, self._waited, self._worked = math.inf, 0.0, 0.0

    def until(self, seconds: float) -> None:
        """Say that the thread looks again within so many seconds."""
        self._due, self._waited, self._worked = time.monotonic() + seconds, own_waiting(), time.thread_time()

    def back(self) -> None:
        """Say that it looks; a stop is counted now."""
        late = time.monotonic() - self._due
        if late > SHORTEST:
            late -= own_waiting() - self._waited + time.thread_time() - self._worked
            self.seconds += late if late > SHORTEST else 0.0
        self._due = math.inf


#: One for each thread.
STOPS = Stops()
