"""Ctrl-C, SIGTERM and a time limit, while one writer fills a gradebook.

What a student's grades need in the gradebook is finished before the command stops; all else is given up at once, and
the next run makes it.
"""

from __future__ import annotations

import math
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from aics.language import tr
from autograder.grading.pool import terminate_workers
from autograder.sandbox.allowance import LEAST, LOOK, WIDE
from autograder.sandbox.books import own_waiting
from autograder.sandbox.stops import STOPS

#: Seconds that whoever stops the command waits for what must not be left half way; it takes half a second.
PATIENCE = 5.0
#: Seconds after which an exception that Python swallowed is raised once more.
AGAIN = 0.05
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class TooLong(Exception):
    """A step took longer than it may; the message says how long that is."""


class Unhurried:
    """So many seconds of the wall, from now on, without those in which this thread waits for a core or is stopped."""

    def __init__(self, seconds: float) -> None:
        """Nothing is used up yet."""
        STOPS.back()
        self._seconds, self._began, self._waited = seconds, time.monotonic(), own_waiting()
        self._stopped = STOPS.seconds

    def left(self) -> float:
        """Seconds after which to look again; 0 where none are left, or `WIDE` times as many have passed in all."""
        STOPS.back()
        wall = time.monotonic() - self._began - (STOPS.seconds - self._stopped)
        left = self._seconds - (wall - (own_waiting() - self._waited))
        return min(max(left, LEAST), LOOK) if left > 0 and wall < WIDE * self._seconds else 0.0


class Interrupts:
    """Turns signals into KeyboardInterrupt, but not in the middle of a step; use it as a context manager.

    Outside the main thread no signal can be handled: there it changes nothing.
    """

    def __init__(self) -> None:
        """Handle nothing yet."""
        self.asked = False
        self._patience = 0.0
        self._late = False
        self._limit = Unhurried(0.0)
        self._before: dict[signal.Signals, Any] = {}
        self._unraisable = sys.unraisablehook

    def __enter__(self) -> Interrupts:
        if threading.current_thread() is threading.main_thread():
            handlers = {**dict.fromkeys(STOPPING, self._stop), signal.SIGALRM: self._ring}
            self._before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
            self._unraisable, sys.unraisablehook = sys.unraisablehook, self._raise_again
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if self._before:
            sys.unraisablehook = self._unraisable

    def stop_if_asked(self) -> None:
        """Raise KeyboardInterrupt where a signal asked for it: what ran when it came may have swallowed it."""
        if self.asked:
            raise KeyboardInterrupt

    @contextmanager
    def step(self, seconds: float, patience: float = 0.0) -> Iterator[None]:
        """Do a step that fails with TooLong after so many seconds, and is let finish for `patience` when stopped.

        Seconds in which this thread waits for a core or is stopped are not counted. What it runs may swallow any
        exception, as nbgrader's log does, so the last word is said here.
        """
        self._patience, self._late, self._limit = patience, False, Unhurried(seconds)
        self._alarm(self._limit.left())
        try:
            yield
        finally:
            self._alarm(0)
            self._patience = 0.0
            if self.asked:
                raise KeyboardInterrupt
            if self._late:
                raise TooLong(tr("took longer than {seconds:g} seconds", seconds=seconds))

    def _alarm(self, seconds: float) -> None:
        if self._before:
            STOPS.until(seconds or math.inf)
            signal.setitimer(signal.ITIMER_REAL, seconds)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        again, self.asked = self.asked, True
        terminate_workers()
        if self._patience:
            self._alarm(self._patience)
        elif not again:
            raise KeyboardInterrupt

    def _raise_again(self, lost: sys.UnraisableHookArgs) -> None:
        """Raise what Python swallowed, in a callback of its own, once more, in what comes after."""
        ours = self.asked and issubclass(lost.exc_type, KeyboardInterrupt)
        if ours or (self._late and issubclass(lost.exc_type, TooLong)):
            self._alarm(AGAIN)
        else:
            self._unraisable(lost)

    def _ring(self, _number: int, _frame: FrameType | None) -> None:
        if not self.asked and (left := self._limit.left()):
            self._alarm(left)
            return
        self._late = True
        raise KeyboardInterrupt if self.asked else TooLong
