"""A course on a cluster, simulated from measured seconds: workers that come and go, and one command that writes.

The command, `autograder grade --scheduler`, first reads all hand-ins. Then it does one thing at a time: while fewer
than two hand-ins are under way for each worker that is there, it repairs, places and sends the next; else it takes the
results in the order in which they come. A hand-in goes to a worker twice: to be graded, and for its feedback page,
which comes before others are graded. A worker that dies loses what it was doing; another does it again.

Left out: the network and the scheduler's own time; that Dask chooses a worker before it is free, so that a hand-in may
wait behind a slow one; speed questions, and what is put off; what a worker does once, when it starts; a gradebook that
gets slower as it fills; a command that is interrupted.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import count
from math import inf
from random import Random
from statistics import mean

#: Hand-ins that are under way for each worker: `autograder.cluster.client.EACH`.
EACH = 2
HOUR = 3600.0
#: Numbers of workers, and the one for which more is tried.
SIZES, USUAL = (8, 16, 32, 64, 128, 256), 64
#: Clusters of all sizes: one where nothing happens, and one where all does.
STEADY, ROUGH = "all well", "a tenth slow, each dies every 8 hours"


@dataclass(frozen=True, kw_only=True)
class Costs:
    """Seconds that were measured.

    Attributes
    ----------
    workers : mapping
        Lab -> for each hand-in of it that was measured, a worker's seconds: to grade it, and for its page.
    reading : float
        The command's seconds for each hand-in before the first is sent.
    turn : float
        Its seconds for each when its turn comes: to repair and to place it.
    result : float
        Its seconds for each result that comes back, two for a hand-in: files, rows, and sending what is next.
    """

    workers: Mapping[str, Sequence[tuple[float, float]]]
    reading: float
    turn: float
    result: float

    def full(self, lab: str) -> float:
        """How many workers of full speed keep the command busy all the time with this lab."""
        each = self.turn + 2 * self.result
        return mean(map(sum, self.workers[lab])) / each if each else inf


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """Who works.

    Attributes
    ----------
    workers : int
    slow, slowness : float
        What part of the workers takes so many times as long.
    lives : float
        Hours that a worker lives, the mean of an exponential distribution; it comes back after `away` hours.
    writer : float
        The command takes so many times as long for each turn and each result as was measured.
    seed : int
        Of the hand-ins' seconds and the workers' deaths.
    """

    workers: int = USUAL
    slow: float = 0.0
    slowness: float = 3.0
    lives: float = inf
    away: float = 1 / 6
    writer: float = 1.0
    seed: int = 0


@dataclass(kw_only=True)
class Came:
    """What came of it.

    Attributes
    ----------
    reading, makespan : float
        Hours until all hand-ins are read, and until the last one is written.
    writer, busy : float
        What part of the time in between the command is busy, and a worker is.
    written : int
        Hand-ins that were written.
    again : int
        Times that a worker's death had something done again.
    """

    reading: float
    makespan: float
    writer: float = 0.0
    busy: float = 0.0
    written: int = 0
    again: int = 0


@dataclass(eq=False)
class HandIn:
    """Seconds of a hand-in's two visits to a worker, and which of them is next; how often it was written."""

    visits: tuple[float, float]
    visit: int = 0
    written: int = 0


@dataclass(eq=False)
class Worker:
    """How many times as long it takes, what it does since when, and which of its lives this is."""

    slowness: float
    doing: HandIn | None = None
    since: float = 0.0
    life: int = 0


def course(costs: Costs, students: int, seed: int) -> list[HandIn]:
    """A course's hand-ins, lab after lab; each takes as long as one, drawn at random, that was measured."""
    random = Random(seed)
    return [HandIn(random.choice(measured)) for measured in costs.workers.values() for _ in range(students)]


@dataclass
class Simulation:
    """The events of one course, in the order of their times."""

    hand_ins: Sequence[HandIn]
    costs: Costs
    cluster: Cluster
    now: float = 0.0
    _events: list[tuple[float, int, Callable[..., None], tuple[object, ...]]] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)
    _under_way: int = 0
    _there: int = 0
    _at_work: bool = False

    def __post_init__(self) -> None:
        self._random = Random(self.cluster.seed)
        self._at_home = deque(self.hand_ins)
        self._sent: deque[HandIn] = deque()
        self._back: deque[HandIn] = deque()
        self._free: deque[Worker] = deque()
        self._busy = {"writer": 0.0, "workers": 0.0}
        self._began = len(self.hand_ins) * self.costs.reading

    def run(self) -> Came:
        """Let it all happen."""
        came = self.came = Came(reading=self._began / HOUR, makespan=0.0)
        slow = round(self.cluster.slow * self.cluster.workers)
        for number in range(self.cluster.workers):
            self._after(self._began, self._comes, Worker(self.cluster.slowness if number < slow else 1.0))
        while came.written < len(self.hand_ins):
            self.now, _, event, whom = heappop(self._events)
            event(*whom)
        lasted = self.now - self._began
        came.makespan = self.now / HOUR
        came.writer = self._busy["writer"] / lasted
        came.busy = self._busy["workers"] / lasted / self.cluster.workers
        return came

    def _after(self, seconds: float, event: Callable[..., None], *whom: object) -> None:
        heappush(self._events, (self.now + seconds, next(self._numbers), event, whom))

    def _comes(self, worker: Worker) -> None:
        """A worker is there, and will die."""
        self._there += 1
        self._free.append(worker)
        if self.cluster.lives < inf:
            self._after(self._random.expovariate(1 / (self.cluster.lives * HOUR)), self._dies, worker)
        self._next()
        self._deal()

    def _dies(self, worker: Worker) -> None:
        self._there -= 1
        worker.life += 1
        if worker.doing is None:
            self._free.remove(worker)
        else:
            self.came.again += 1
            self._sent.appendleft(self._put_down(worker))
        self._after(self.cluster.away * HOUR, self._comes, worker)
        self._deal()

    def _next(self) -> None:
        """Let the command send what is next, where there is room, or take a result, where it does nothing."""
        if self._at_work:
            return
        if self._at_home and self._under_way < EACH * self._there:
            self._under_way += 1
            hand_in = self._at_home.popleft()
            self._work(0.0 if hand_in.visit else self.costs.turn, self._send, hand_in)
        elif self._back:
            self._work(self.costs.result, self._wrote, self._back.popleft())

    def _work(self, seconds: float, event: Callable[..., None], hand_in: HandIn) -> None:
        self._at_work = True
        self._busy["writer"] += seconds * self.cluster.writer
        self._after(seconds * self.cluster.writer, event, hand_in)

    def _send(self, hand_in: HandIn) -> None:
        self._at_work = False
        self._sent.append(hand_in)
        self._deal()
        self._next()

    def _deal(self) -> None:
        """Give what was sent to workers that are free."""
        while self._sent and self._free:
            worker = self._free.popleft()
            worker.doing, worker.since = self._sent.popleft(), self.now
            seconds = worker.doing.visits[worker.doing.visit] * worker.slowness
            self._after(seconds, self._does, worker, worker.life)

    def _does(self, worker: Worker, life: int) -> None:
        """A worker is through, if it still lives."""
        if worker.life == life:
            self._back.append(self._put_down(worker))
            self._free.append(worker)
            self._next()
            self._deal()

    def _put_down(self, worker: Worker) -> HandIn:
        hand_in, worker.doing = worker.doing, None
        assert hand_in is not None
        self._busy["workers"] += self.now - worker.since
        return hand_in

    def _wrote(self, hand_in: HandIn) -> None:
        self._at_work = False
        self._under_way -= 1
        hand_in.visit += 1
        if hand_in.visit < len(hand_in.visits):
            self._at_home.appendleft(hand_in)
        else:
            hand_in.written += 1
            self.came.written += 1
        self._next()


def simulated(costs: Costs, students: int, cluster: Cluster) -> Came:
    """What comes of a course of so many students, each of whom hands every lab in."""
    return Simulation(course(costs, students, cluster.seed), costs, cluster).run()


def scenarios(seed: int) -> list[tuple[str, Cluster]]:
    """The clusters that are simulated: more and more workers, and what may befall one of usual size."""
    steady = Cluster(seed=seed)
    slow, dying = replace(steady, slow=0.1), replace(steady, lives=8.0)
    return [
        *((STEADY, replace(steady, workers=workers)) for workers in SIZES),
        *((ROUGH, replace(slow, workers=workers, lives=dying.lives)) for workers in SIZES),
        ("a tenth are three times as slow", slow),
        ("each dies every 8 hours, for 10 minutes", dying),
        ("each dies every hour, for 10 minutes", replace(dying, lives=1.0)),
        *((f"the command takes {writer:g} times as long", replace(steady, writer=writer)) for writer in (0.5, 2, 4)),
    ]
