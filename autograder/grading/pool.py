"""Worker processes, each with a bench of its own. None outlives the process that started it."""

from __future__ import annotations

import multiprocessing
import multiprocessing.util
import os
import signal
import threading
import time
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing.process import BaseProcess
from typing import TypeVar

from autograder.grading.bench import Bench
from autograder.sandbox import MissingError

Task = TypeVar("Task")
Result = TypeVar("Result")

#: Seconds that a worker has to close its bench; then it is killed, and its sandboxes die with it.
CLOSING = 1.0
#: The bench of this worker process.
_bench: Bench | None = None


def cores() -> int:
    """How many cores this process may use: the default number of workers."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def on_benches(
    function: Callable[[Bench, Task], Result], tasks: Sequence[Task], isolation: str, workers: int
) -> Generator[tuple[Task, Result | Exception]]:
    """Run ``function(bench, task)`` in worker processes; yields each task with its result as it ends.

    An exception is a result too, so that one task's failure ends no other. Close the iterator to stop before the end:
    what runs then is given up.
    """
    if not tasks:
        return
    with _executor(min(workers, len(tasks)), isolation) as pool:
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
        except BaseException:
            end_workers()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _executor(workers: int, isolation: str) -> ProcessPoolExecutor:
    """Processes with a bench each. Raises MissingError where they cannot speak to one another."""
    try:
        return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _start_worker, (isolation,))
    except OSError as error:
        missing = f"worker processes share locks in /dev/shm, which cannot be written here: {error}"
        raise MissingError(missing, "mount -t tmpfs tmpfs /dev/shm") from None


def end_workers() -> None:
    """End every worker process of this one, whatever it is doing; returns when they are gone."""
    workers = terminate_workers()
    ends = time.monotonic() + CLOSING
    for worker in workers:
        worker.join(max(0, ends - time.monotonic()))
        worker.kill()


def terminate_workers() -> list[BaseProcess]:
    """Tell every worker process of this one to end, and return them without waiting."""
    workers = multiprocessing.active_children()
    for worker in workers:
        worker.terminate()
    return workers


def _start_worker(isolation: str) -> None:
    """Open the worker's bench; it is closed when the process ends."""
    global _bench
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    signal.signal(signal.SIGTERM, _end)
    _bench = Bench(isolation)
    multiprocessing.util.Finalize(_bench, _bench.close, exitpriority=10)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end(*_signal: object) -> None:
    """Close the bench and leave at once: the pool would go on with the next task after any exception."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        if _bench:
            _bench.close()
    finally:
        os._exit(1)


def _end_with_parent() -> None:
    """Wait for the parent's end, however it comes, and end this process."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(CLOSING)
        os._exit(1)


def _work(function: Callable[[Bench, Task], Result], task: Task) -> Result:
    if _bench is None:
        raise RuntimeError("no bench: this is no worker process")
    return function(_bench, task)
