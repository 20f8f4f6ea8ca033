"""A machine's cores, lent to a scheduler: each takes one hand-in at a time, on a bench of its own."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AsyncExitStack, ExitStack
from threading import Lock
from typing import Any

from distributed import Worker, get_worker

from aics.language import tr
from autograder.cluster.errors import no_address, no_answer
from autograder.cluster.rules import wanted
from autograder.grading.bench import Bench
from autograder.grading.pool import bench_processes, on_this_bench
from autograder.sandbox.levels import LEVELS

#: Seconds in which a scheduler must answer at first, and be back if it is gone.
CONNECT, RETURN = 30.0, 600.0


#: One process is started at a time.
_STARTING = Lock()


class Hands:
    """One process with a bench; another takes its place if it is killed."""

    def __init__(self, isolation: str) -> None:
        """Start nothing yet."""
        self._isolation = isolation
        self._pool: ProcessPoolExecutor | None = None
        self._lock = Lock()

    def do(self, function: Callable[[Bench, Any], Any], task: object) -> Any:
        """What the function returns for a task; BrokenProcessPool where the process was killed meanwhile."""
        with self._lock:
            try:
                return self._started().submit(on_this_bench, function, task).result()
            except BrokenProcessPool:
                self.close()
                raise

    def _started(self) -> ProcessPoolExecutor:
        with _STARTING:
            if self._pool is None:
                self._pool = bench_processes(1, self._isolation)
                self._pool.submit(on_this_bench, _ready, None).result()
            return self._pool

    def close(self) -> None:
        """End the process, once it is through with what it does."""
        pool, self._pool = self._pool, None
        if pool:
            pool.shutdown(wait=False, cancel_futures=True)


def _ready(_bench: Bench, _nothing: None) -> None:
    """Nothing, on a bench that is there."""


class GradingWorker(Worker):
    """A worker of Dask's that takes one hand-in at a time."""

    def __init__(self, address: str, place: int, hands: Hands, offer: dict[str, float], patience: float) -> None:
        """Offer `offer` to the scheduler at `address`, which has `patience` seconds to answer.

        `place` tells a machine's workers from one another.
        """
        self.hands, self.wanted = hands, address
        super().__init__(
            address,
            nthreads=1,
            name=f"{socket.gethostname()} {place} {id(hands):x}",
            resources=offer,
            death_timeout=patience,
            memory_limit=0,
            dashboard=False,
        )


def offered(isolation: str) -> dict[str, float]:
    """What a worker offers at a level that holds here: one hand-in at a time, at this level or at a weaker one."""
    weaker = list(LEVELS)[list(LEVELS).index(isolation) :]
    return {wanted(level): 1 for level in weaker}


async def work(address: str, number: int, isolation: str, said: Callable[[str], None]) -> None:
    """Lend so many cores until this is cancelled; says once all are lent, and once a scheduler is gone.

    The level is one that holds here. ClusterError where the scheduler does not answer, or does not come back.
    """
    offer, patience = offered(isolation), CONNECT
    while True:
        with ExitStack() as processes:
            hands = [Hands(isolation) for _ in range(number)]
            for each in hands:
                processes.callback(each.close)
            await _lent(address, hands, offer, patience, said)
        said(tr("{address} is gone. Waiting for it to come back.", address=address))
        patience = RETURN


async def _lent(
    address: str, hands: Sequence[Hands], offer: dict[str, float], patience: float, said: Callable[[str], None]
) -> None:
    """Lend these to a scheduler until it is gone."""
    async with AsyncExitStack() as stack:
        workers = [
            await _connected(stack, GradingWorker(address, place, each, offer, patience))
            for place, each in enumerate(hands, 1)
        ]
        said(
            tr(
                "{count} at work for {address}. Ctrl-C ends this; what is under way goes to others.",
                count=len(workers),
                address=address,
            )
        )
        await asyncio.gather(*(worker.finished() for worker in workers))


async def _connected(stack: AsyncExitStack, worker: GradingWorker) -> GradingWorker:
    try:
        return await stack.enter_async_context(worker)
    except (ValueError, OSError, TimeoutError, RuntimeError) as error:
        wrong = error.__cause__ or error  # Dask says of all of them that it failed to start
        raise (no_address if isinstance(wrong, ValueError) else no_answer)(worker.wanted) from error


def elsewhere(function: Callable[[Bench, Any], Any], task: object) -> Any:
    """Do a task on the bench of the worker that runs this: what a scheduler sends to a worker."""
    worker = get_worker()
    assert isinstance(worker, GradingWorker)
    return worker.hands.do(function, task)
