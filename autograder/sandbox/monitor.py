"""Listens to one kernel and looks after it, in a thread: frames, text, what it uses, its end."""

from __future__ import annotations

import os
import select
import signal
import threading
import time
from collections.abc import Callable
from functools import partial

from aics.language import words

from . import processes, usage
from .execution import Execution, add_frame, add_text
from .frames import FrameError, FrameReader
from .launched import Launched
from .spec import Limits

#: How often its use of memory and processes is looked at.
LOOK_SECONDS = 0.05
#: How a kernel ended.
ENDS = {
    "frame": "the kernel sent {error}",
    "output": "the cell put out more than {limit}",
    "memory": "the cell used more than {limit} of memory",
    "files": "the cell wrote more than {limit} of files",
    "crowd": "the cell had more than {limit} processes and threads",
    "signal": "the kernel was ended by {signal}",
    "exit": "the kernel ended itself with exit code {code}",
}
say = words(ENDS)


class Monitor(threading.Thread):
    """The ears and the eyes of a `SandboxKernel`.

    Parameters
    ----------
    launched : Launched
        The sandbox.
    limits : Limits
        Output, memory and processes; going over one ends the sandbox.

    Attributes
    ----------
    current : Execution
        The cell that runs, or the last one.
    finished : bool
        Whether it is done.
    ended : tuple (status, detail) or None
        How the kernel ended; ``detail()`` says it in the language of whoever asks, which this thread does not know.
    changed : Condition
        Guards all of these; notified at each change.
    """

    def __init__(self, launched: Launched, limits: Limits) -> None:
        super().__init__(name="sandbox-monitor", daemon=True)
        self.launched, self.limits = launched, limits
        self.changed = threading.Condition()
        self.current, self.finished, self.number = Execution(), False, 0
        self.ready, self.python_version = False, ""
        self.ended: tuple[str, Callable[[], str]] | None = None
        self._reader = FrameReader(limits.output_bytes)
        self._bytes = 0
        self._over = False

    def begin(self) -> int:
        """Make ready for the next cell and return its number. Raises RuntimeError if one is running."""
        with self.changed:
            if not self.finished and not self.ended:
                raise RuntimeError("the kernel is still busy with the last cell")
            self.current, self.finished = Execution(), False
            self._bytes = 0
            self.number += 1
            return self.number

    def end(self, status: str, detail: Callable[[], str]) -> None:
        """Note how the kernel ended; the first reason stays."""
        with self.changed:
            self.ended = self.ended or (status, detail)
            self.changed.notify_all()

    def run(self) -> None:
        """Listen until the kernel ends; end it if it goes over a limit."""
        launched = self.launched
        takers = {launched.channel.fileno(): self._take_frames, launched.raw: self._take_text}
        ending = os.pidfd_open(launched.process.pid)
        poll = select.poll()
        for number in (*takers, ending):
            poll.register(number, select.POLLIN)
        next_look = time.monotonic()
        while self.ended is None:
            events = [number for number, _ in poll.poll(LOOK_SECONDS * 1000)]
            for number in events:
                if number != ending and not takers[number]():
                    poll.unregister(number)
            # What it said before its end is read first.
            if events == [ending]:
                self.end("died", partial(cause_of_death, launched.process.wait()))
            if time.monotonic() >= next_look:
                next_look = time.monotonic() + LOOK_SECONDS
                self._look()
        os.close(ending)
        if self.ended[0] != "died" or self._over:
            launched.end()

    def _take_frames(self) -> bool:
        """Take frames from the kernel; return False once there will be no more."""
        try:
            data = self.launched.channel.recv(65536)
        except OSError:
            data = b""
        self._count_bytes(len(data))
        try:
            frames = self._reader.feed(data)
        except FrameError as error:
            self.end("flood", partial(say, "frame", error=error))
            return False
        with self.changed:
            for frame in frames:
                self._take(frame)
        return bool(data)

    def _take(self, frame: dict[str, object]) -> None:
        """Act on one frame."""
        kind = frame.get("kind")
        if kind == "ready" and not self.ready:
            self.ready = self.finished = True
            self.python_version = str(frame.get("python"))[:20]
        elif self.finished or self.ended is not None:
            return
        elif kind == "done" and frame.get("id") == self.number:
            self.current.status = "ok" if frame.get("ok") is True else "error"
            self.finished = True
        else:
            add_frame(self.current, frame, self.number)
        self.changed.notify_all()

    def _take_text(self) -> bool:
        """Take text written past Python; return False once there will be no more."""
        data = os.read(self.launched.raw, 65536)
        self._count_bytes(len(data))
        with self.changed:
            if data and not self.finished and self.ended is None:
                add_text(self.current, "stderr", data.decode(errors="replace"))
        return bool(data)

    def _count_bytes(self, count: int) -> None:
        self._bytes += count
        limit = self.limits.output_bytes
        if self._bytes > limit:
            self.end("flood", partial(say, "output", limit=mebibytes(limit)))

    def _look(self) -> None:
        limits, launched = self.limits, self.launched
        # Where a namespace counts them, the kernel refuses one too many. Elsewhere other sandboxes count too.
        pids = processes.tree(launched.root, limits.processes)
        if len(pids) > limits.processes:  # no time is to be lost with their books
            self._end_crowd()
            return
        used = usage.look(pids, limits.memory_bytes, launched.folders)
        if used.threads > limits.processes:
            self._end_crowd()
        if used.memory_bytes > limits.memory_bytes:
            self.end("memory", partial(say, "memory", limit=mebibytes(limits.memory_bytes)))
        if usage.disk_bytes(launched.disk) > limits.file_bytes:
            self._end_over(partial(say, "files", limit=mebibytes(limits.file_bytes)))

    def _end_crowd(self) -> None:
        self._end_over(partial(say, "crowd", limit=self.limits.processes))

    def _end_over(self, detail: Callable[[], str]) -> None:
        self._over = True
        self.end("died", detail)


def mebibytes(count: int) -> str:
    """Return a number of bytes as people read it.

    >>> mebibytes(3 << 19)
    '1.5 MiB'
    """
    return f"{count / (1 << 20):g} MiB"


def cause_of_death(code: int) -> str:
    """Say how a process ended; bubblewrap gives 128 + N for signal N.

    >>> cause_of_death(139), cause_of_death(7)
    ('the kernel was ended by SIGSEGV', 'the kernel ended itself with exit code 7')
    """
    number = -code if code < 0 else code - 128
    if number in set(map(int, signal.Signals)):
        return say("signal", signal=signal.Signals(number).name)
    return say("exit", code=code)
