"""Code that may hang, swallow memory or crash, run in a forked child with limits."""

from __future__ import annotations

import gc
import json
import os
import resource
import select
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import psutil

#: Bytes of address space and of one file that a child may add to what is there.
MEMORY, FILE = 2 << 30, 64 << 20
#: Seconds after which TimeUp is raised once more, where Python or the code that runs has swallowed it.
AGAIN = 0.5


class TimeUp(BaseException):
    """A piece of work has used up its seconds; no Exception, since the code that runs might catch that."""


@contextmanager
def seconds(most: float) -> Iterator[None]:
    """Raise TimeUp in what runs here once it has used so many seconds of a core."""
    signal.signal(signal.SIGPROF, _time_up)
    signal.setitimer(signal.ITIMER_PROF, most, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _time_up(_signal: int, _frame: FrameType | None) -> None:
    raise TimeUp


def in_child(work: Callable[[], object], most: float) -> Any:
    """What `work` returns in a forked child, through JSON.

    None where the child died, or was not done in `most` seconds.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _work(work, writing)
    os.close(writing)
    try:
        text = _all_of(reading, time.monotonic() + most)
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return json.loads(text) if text else None


def _work(work: Callable[[], object], writing: int) -> None:
    """The child's whole life: it leaves by `os._exit`, so that nothing of its parent's is closed or flushed twice."""
    try:
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)  # libraries write there of what they cannot do
        there = psutil.Process().memory_info().vms
        resource.setrlimit(resource.RLIMIT_AS, (there + MEMORY, there + MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (FILE, FILE))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        gc.freeze()  # to look through what was there before would copy it
        with os.fdopen(writing, "w") as pipe:
            pipe.write(json.dumps(work()))
    finally:
        os._exit(0)


def _all_of(reading: int, end: float) -> bytes:
    """All that is written before the other side closes; nothing where that is later than `end`."""
    pieces = []
    while select.select([reading], [], [], max(0.0, end - time.monotonic()))[0]:
        pieces.append(os.read(reading, 1 << 16))
        if not pieces[-1]:
            return b"".join(pieces)
    return b""
