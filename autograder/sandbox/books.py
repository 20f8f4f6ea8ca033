"""The kernel's books on a sandbox's time: on a core, waiting for one, asleep.

Every second of the wall goes into one of the three. A machine with too few cores makes code wait; it never puts it to
sleep. Linux keeps both for each thread: the CPU clock of its process, and the second number of its ``schedstat``.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

from . import processes


@dataclass(frozen=True, kw_only=True)
class Spent:
    """Seconds that have passed, and what they went into.

    Attributes
    ----------
    wall : float
        Seconds of the clock on the wall.
    cpu, waiting : float
        Seconds of all threads together on a core, and ready to run with no core free. Threads that wait at the same
        time are counted each, so that these books may overlook sleep and never take waiting for it.
    known : bool
        Whether this kernel keeps books of waiting.
    """

    wall: float = 0.0
    cpu: float = 0.0
    waiting: float = 0.0
    known: bool = True

    @property
    def asleep(self) -> float:
        """Seconds in which nothing ran and nothing waited for a core; 0 where waiting is not known."""
        return max(self.wall - self.cpu - self.waiting, 0.0) if self.known else 0.0

    @property
    def used(self) -> float:
        """Seconds that count against a limit: all but waiting, and never more than the wall's."""
        return min(self.wall, max(self.cpu, self.wall - self.waiting))

    def __add__(self, other: Spent) -> Spent:
        return Spent(
            wall=self.wall + other.wall,
            cpu=self.cpu + other.cpu,
            waiting=self.waiting + other.waiting,
            known=self.known and other.known,
        )

    def __sub__(self, other: Spent) -> Spent:
        return self + Spent(wall=-other.wall, cpu=-other.cpu, waiting=-other.waiting, known=other.known)


class Books:
    """Adds up what all processes of a sandbox have spent; one that ended counts with what was last seen of it."""

    def __init__(self) -> None:
        """Nothing has been seen yet."""
        self._cpu: dict[int, int] = {}
        self._waiting: dict[tuple[int, int], int] = {}
        self._known = waiting_is_known()

    def look(self, root: int) -> Spent:
        """What `root` and everything below it has spent so far; the wall is `time.monotonic`."""
        pids = processes.tree(root)
        for pid in pids:
            self._cpu[pid] = max(processes.cpu_ns(pid), self._cpu.get(pid, 0))
        for pid, thread in processes.threads(pids):
            waited = processes.waiting_ns(f"/proc/{pid}/task/{thread}")
            self._waiting[pid, thread] = max(waited, self._waiting.get((pid, thread), 0))
        cpu, waiting = sum(self._cpu.values()), sum(self._waiting.values())
        return Spent(wall=time.monotonic(), cpu=cpu / 1e9, waiting=waiting / 1e9, known=self._known)


def waiting_is_known() -> bool:
    """Whether this kernel says how long a thread waited for a core."""
    return os.path.exists("/proc/thread-self/schedstat")


def own_waiting() -> float:
    """Seconds for which the calling thread has waited for a core so far; 0 where that is not known."""
    return processes.waiting_ns("/proc/thread-self") / 1e9
