"""Worker processes, each with a bench of its own."""

from __future__ import annotations

import multiprocessing
import multiprocessing.util
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TypeVar

from autograder.grading.bench import Bench

Task = TypeVar("Task")
Result = TypeVar("Result")

#: The bench of this worker process.
_bench: Bench | None = None


def cores() -> int:
    """How many cores this process may use: the default number of workers."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def on_benches(
    function: Callable[[Bench, Task], Result], tasks: Sequence[Task], isolation: str, workers: int
) -> Iterator[tuple[Task, Result | Exception]]:
    """Run ``function(bench, task)`` in worker processes; yields each task with its result as it ends.

    An exception is a result too, so that one task's failure ends no other.
    """
    if not tasks:
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(tasks)), context, _start_worker, (isolation,)) as pool:
        futures = {pool.submit(_work, function, task): task for task in tasks}
        try:
            for future in as_completed(futures):
                failure = future.exception()
                if failure is None:
                    yield futures[future], future.result()
                elif isinstance(failure, Exception):
                    yield futures[future], failure
                else:
                    raise failure
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _start_worker(isolation: str) -> None:
    """Open the worker's bench; it is closed when the process ends."""
    global _bench
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _bench = Bench(isolation)
    multiprocessing.util.Finalize(_bench, _bench.close, exitpriority=10)


def _work(function: Callable[[Bench, Task], Result], task: Task) -> Result:
    if _bench is None:
        raise RuntimeError("no bench: this is no worker process")
    return function(_bench, task)
