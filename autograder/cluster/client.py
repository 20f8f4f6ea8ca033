"""Tasks on a cluster: the same contract as `autograder.grading.pool.on_benches`, on other machines' benches."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Mapping
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

from distributed import CancelledError, Client, Future, KilledWorker

from autograder.cluster.errors import Others, no_address, no_answer, no_worker
from autograder.cluster.rules import wanted
from autograder.cluster.worker import elsewhere
from autograder.grading.bench import Bench
from autograder.grading.waiting import Waiting

Task = TypeVar("Task")
Result = TypeVar("Result")

#: Seconds to wait for a scheduler that does not answer any more, and for the first worker.
PATIENCE = 60.0
#: Seconds in which a scheduler must answer at first.
CONNECT = 10.0
#: Seconds between two looks at who is there.
LOOK = 1.0
#: Tasks that a worker has: the one it does, and the next.
EACH = 2


@dataclass(frozen=True, kw_only=True)
class Errand(Generic[Task, Result]):
    """What is done to tasks elsewhere.

    Attributes
    ----------
    function : callable
        (bench, parcel) -> what comes back; a function of a module that workers have too.
    pack : callable
        Task -> the parcel that travels, made when the task's turn has come.
    unpack : callable
        (task, what came back) -> the result, here.
    """

    function: Callable[[Bench, Any], Any]
    pack: Callable[[Task], Any]
    unpack: Callable[[Task, Any], Result]


def on_cluster(
    errand: Errand[Task, Result], tasks: Waiting[Task], isolation: str, address: str, most: int = 0
) -> Generator[tuple[Task, Result | Exception] | None]:
    """Do the errand for each task at a scheduler's workers; yields each task with its result as it ends.

    More tasks may be put in front while results are taken; None is yielded where none was to be sent just now. An
    exception is a result too. What a scheduler forgot when it was started again is sent once more. Close the iterator
    to stop before the end.

    Parameters
    ----------
    errand : Errand
    tasks : Waiting
    isolation : str
        Workers below this level, and workers by other rules, get none of the tasks.
    address : str
        The scheduler's, such as ``tcp://10.0.0.1:8786``.
    most : int
        How many tasks may be under way at a time; 0: as many as there are workers, and one more for each.
    """
    running: dict[Future, Task] = {}
    with Session(address, isolation) as session:
        while tasks or running:
            room = session.room()
            more = bool(tasks) and len(running) < (min(most, room) or room)
            if more and (next_one := tasks.take()) is not None:
                running[session.sent(errand.function, errand.pack(next_one))] = next_one
            elif more:
                yield None
            for future in session.done(running, at_once=more):
                task = running.pop(future)
                if future.cancelled():  # the scheduler that knew of it is gone
                    tasks.put(task)
                else:
                    outcome: Result | Exception = _outcome(errand, task, future)
                    yield task, outcome


def _outcome(errand: Errand[Task, Result], task: Task, future: Future) -> Result | Exception:
    try:
        return errand.unpack(task, future.result())
    except KilledWorker as error:  # several machines died of it; to whoever grades, each was a worker
        return BrokenProcessPool(str(error))
    except Exception as error:
        return error


@dataclass
class Session:
    """A connection to a scheduler that outlives it if it is started again soon."""

    address: str
    isolation: str
    _client: Client | None = None
    _looked: float = -LOOK
    _fit: int = 0
    _empty_since: float = field(default_factory=time.monotonic)
    _ended: SimpleQueue[Future] = field(default_factory=SimpleQueue)

    def __enter__(self) -> Session:
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what it says is said here, in one line
        self._client = self._connected(CONNECT)
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError, TimeoutError, CancelledError):
            if self._client and self._client.status == "running":
                self._client.cancel(list(self._client.futures))
            if self._client:
                self._client.close(timeout=1)

    @property
    def client(self) -> Client:
        """The client; another one where the scheduler went away and came back. ClusterError where it did not."""
        ends = time.monotonic() + PATIENCE
        while self._client is None or self._client.status != "running":
            if time.monotonic() > ends:
                raise no_answer(self.address)
            if self._client is None or self._client.status == "closed":
                with suppress(OSError, TimeoutError):
                    self._client = Client(self.address, timeout=LOOK, set_as_default=False)
            time.sleep(LOOK / 10)
        return self._client

    def room(self) -> int:
        """How many tasks may be under way. ClusterError where for long there is nobody to do them."""
        now = time.monotonic()
        if now - self._looked >= LOOK:
            self._look(now)
        if now - self._empty_since > PATIENCE:
            raise no_worker(self.address, self.isolation, PATIENCE, self._others())
        return EACH * self._fit

    def sent(self, function: Callable[[Bench, Any], Any], parcel: object) -> Future:
        """A parcel on its way to the next worker who may take it."""
        need = {wanted(self.isolation): 1}
        future = self.client.submit(elsewhere, function, parcel, resources=need, pure=False)
        future.add_done_callback(self._ended.put)
        return future

    def done(self, running: Mapping[Future, object], *, at_once: bool) -> list[Future]:
        """Those that came back or are lost; none where a moment brings none, in which to wait unless `at_once`."""
        with suppress(Empty):
            self._ended.get(timeout=0 if at_once else LOOK)
        return [future for future in running if future.done()]

    def _look(self, now: float) -> None:
        self._fit = sum(wanted(self.isolation) in offer for offer in self._offers())
        self._looked = now
        self._empty_since = now if self._fit else self._empty_since

    def _offers(self) -> list[Mapping[str, float]]:
        """What each worker that is there offers."""
        workers = self.client.scheduler_info(n_workers=-1)["workers"].values()
        return [worker["resources"] for worker in workers]

    def _others(self) -> Others:
        """Who else is there."""
        offers = self._offers()
        if not offers:
            return Others()
        names = {name for offer in offers for name in offer}
        rules = wanted(self.isolation).split()[1]
        same = [name.split()[0] for name in names if name.endswith(f" {rules}")]
        return Others(len(offers), "level", same[0]) if same else Others(len(offers), "rules")

    def _connected(self, seconds: float) -> Client:
        try:
            return Client(self.address, timeout=seconds, set_as_default=False)
        except ValueError as error:
            raise no_address(self.address) from error
        except (OSError, TimeoutError) as error:
            raise no_answer(self.address) from error
