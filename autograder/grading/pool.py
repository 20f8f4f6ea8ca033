"""Worker processes, each with a bench of its own. None outlives the process that started it."""

from __future__ import annotations

import multiprocessing
import multiprocessing.util
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from multiprocessing.process import BaseProcess
from typing import TypeVar

from threadpoolctl import threadpool_limits

from aics.language import tr
from autograder.grading.bench import Bench
from autograder.grading.waiting import Waiting
from autograder.sandbox import MissingError
from autograder.sandbox.spec import ONE_THREAD

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
    function: Callable[[Bench, Task], Result], tasks: Iterable[Task], isolation: str, workers: int
) -> Generator[tuple[Task, Result | Exception]]:
    """Run ``function(bench, task)`` in worker processes; yields each task with its result as it ends.

    An exception is a result too, so that one task's failure ends no other. Close the iterator to stop before the end:
    what runs then is given up.
    """
    waiting = deque(tasks)
    if waiting:
        workers = min(workers, len(waiting))
        with closing(as_they_come(function, Waiting(waiting), isolation, workers)) as results:
            yield from (done for done in results if done)


def as_they_come(
    function: Callable[[Bench, Task], Result], tasks: Waiting[Task], isolation: str, workers: int
) -> Generator[tuple[Task, Result | Exception] | None]:
    """Do the same with tasks that are made when a worker is about to be free; yields None where that made none.

    More tasks may be put in front while results are taken. A process is started when there is something for it.
    """
    with bench_processes(workers, isolation) as pool:
        running: dict[Future[Result], Task] = {}
        try:
            while tasks or running:
                room = bool(tasks) and len(running) <= workers  # one beyond, for the worker that is done first
                if room and (task := tasks.take()) is not None:
                    running[_submitted(pool, function, task)] = task
                elif room:
                    yield None
                for future in wait(running, timeout=0 if room else None, return_when=FIRST_COMPLETED).done:
                    outcome: Result | Exception = _outcome(future)
                    yield running.pop(future), outcome
        except BaseException:
            end_workers()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, function: Callable[[Bench, Task], Result], task: Task) -> Future[Result]:
    """The task on its way to a worker; where one was killed, none takes it any more."""
    try:
        return pool.submit(on_this_bench, function, task)
    except BrokenProcessPool as broken:
        refused: Future[Result] = Future()
        refused.set_exception(broken)
        return refused


def _outcome(future: Future[Result]) -> Result | Exception:
    """A task's result, or its exception; raises what must end the whole run."""
    failure = future.exception()
    if failure is None:
        return future.result()
    if isinstance(failure, Exception):
        return failure
    raise failure


def bench_processes(workers: int, isolation: str) -> ProcessPoolExecutor:
    """Processes with a bench each. Raises MissingError where they cannot speak to one another."""
    try:
        return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _start_worker, (isolation,))
    except OSError as error:
        missing = tr("worker processes share locks in /dev/shm, which cannot be written here: {error}", error=error)
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
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))  # of what is loaded later
    threadpool_limits(1)  # workers share the cores, each on one; several threads of each would wait for one another
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


def on_this_bench(function: Callable[[Bench, Task], Result], task: Task) -> Result:
    """Call the function with the bench of this worker process."""
    if _bench is None:
        raise RuntimeError("no bench: this is no worker process")
    return function(_bench, task)
