"""A student's kernel in a sandbox: cells go in, outputs come out, and it can be stopped at any time."""

from __future__ import annotations

import select
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from aics.language import noted, tr

from . import processes
from .allowance import Allowance
from .books import Books, Spent
from .errors import FreezeError
from .execution import Execution
from .frames import pack
from .launched import START_SECONDS, Launched, failure
from .levels import named
from .monitor import Monitor
from .spec import Entry, SandboxSpec

#: Seconds, of an `Allowance`, in which processes can be frozen or ended, as many of them as there may be.
OTHERS_SECONDS = 5
#: What processes may work once they were told to stop, and in all pauses together after they had: the kernel's own bit.
STOP_SECONDS = 5
UNPAUSED_SECONDS = 0.005
NOT_STARTED = "the kernel is not started; use it in a with statement, or call start()"
DEAF, KILLED = noted("the kernel does not listen"), noted("killed by the grader")


class SandboxKernel:
    """One kernel, from start to stop; use it as a context manager.

    Start and stop it in the same thread, and keep that thread: the kernel dies with it.

    >>> with SandboxKernel(spec) as kernel:               # doctest: +SKIP
    ...     kernel.execute("print(6 * 7)", timeout=10).outputs
    [{'output_type': 'stream', 'name': 'stdout', 'text': '42\\n'}]
    """

    def __init__(self, spec: SandboxSpec) -> None:
        self.spec = spec
        self._launched: Launched | None = None
        self._monitor: Monitor | None = None
        self._sent_at = 0.0
        self._books = Books()
        self._paused_at: float | None = None
        self._unpaused = 0.0
        self._frozen: dict[int, tuple[int, int]] = {}
        self._frozen_threads: set[tuple[int, int]] = set()
        self._first: set[int] = set()

    def __enter__(self) -> SandboxKernel:
        """Start the kernel."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the kernel."""
        self.stop()

    @property
    def launched(self) -> Launched:
        """The sandbox that runs. Raises RuntimeError if none was started."""
        if self._launched is None:
            raise RuntimeError(NOT_STARTED)
        return self._launched

    @property
    def monitor(self) -> Monitor:
        """What listens to it; stays when it has ended. Raises RuntimeError if none was started."""
        if self._monitor is None:
            raise RuntimeError(NOT_STARTED)
        return self._monitor

    @property
    def ask_dir(self) -> str:
        """The folder of the grader's sockets, `spec.workdir`, as the student's code names it."""
        return self.launched.ask_dir

    @property
    def root_pid(self) -> int:
        """The process above everything in the sandbox, as numbered outside."""
        return self.launched.root

    @property
    def python_version(self) -> str:
        """The version of the Python inside."""
        return self._monitor.python_version if self._monitor else ""

    def start(self) -> None:
        """Start the kernel and wait until it takes cells. Raises IsolationError or StartError."""
        self._launched = named(self.spec.level).launch(self.spec, Entry())
        self._monitor = monitor = Monitor(self._launched, self.spec.limits)
        monitor.start()
        self._until(lambda: monitor.ready, self.allowance(START_SECONDS))
        if not monitor.ready:
            said = "".join(output.get("text", "") for output in monitor.current.outputs).strip()
            self.stop()
            raise failure(self.spec.level, said or (monitor.ended[1]() if monitor.ended else tr("no answer")))
        self._first = set(self.pids())

    def stop(self) -> None:
        """End the kernel and give back what it held; harmless when repeated."""
        launched = self._launched
        if launched is None:
            return
        self.kill()
        self.monitor.join(processes.END_SECONDS)
        launched.close()
        self._launched = None

    def kill(self) -> None:
        """End everything in the sandbox now; nothing of it is left when this returns."""
        if self._launched is not None:
            self.monitor.end("died", partial(tr, KILLED))
            self._launched.end()

    def alive(self) -> bool:
        """Return whether the kernel is there; nothing is said of whether it is busy."""
        return self._launched is not None and self.monitor.ended is None and self._launched.process.poll() is None

    def execute(self, source: str, timeout: float) -> Execution:
        """Run one cell; on ``timeout`` it is still running: call `kill`, or `wait` again."""
        self.send(source)
        return self.wait(timeout)

    def send(self, source: str) -> None:
        """Submit one cell and return at once; its outcome comes from `wait`.

        Raises RuntimeError while the last cell is still running.
        """
        channel = self.launched.channel
        data = pack({"id": self.monitor.begin(), "source": source})
        self._sent_at = time.monotonic()
        poll = select.poll()
        poll.register(channel.fileno(), select.POLLOUT)
        while data and self.monitor.ended is None:
            if not poll.poll(START_SECONDS * 1000):
                # It said that the last cell was done and is not listening.
                self.monitor.end("died", partial(tr, DEAF))
                self.kill()
                return
            try:
                data = data[channel.send(data, socket.MSG_DONTWAIT) :]
            except BlockingIOError:
                continue
            except OSError:
                return  # it ended; the monitor has seen it, or will, and `wait` says so

    def wait(self, timeout: float) -> Execution:
        """Wait for the cell that was sent; ``timeout`` if it is not done in so many seconds of an `Allowance`."""
        monitor = self.monitor
        self._until(lambda: monitor.finished, self.allowance(timeout))
        with monitor.changed:
            current, seconds = monitor.current, time.monotonic() - self._sent_at
            if monitor.finished or monitor.ended:
                current.seconds = seconds
                if not monitor.finished and monitor.ended:
                    current.status, detail = monitor.ended
                    current.detail = detail()
                return current
            late = tr("the cell was not done after {timeout:g} seconds", timeout=timeout)
            return Execution("timeout", list(current.outputs), detail=late, seconds=seconds)

    def _until(self, so: Callable[[], bool], allowance: Allowance) -> None:
        """Wait until something is so, the kernel has ended, or the allowance is used up."""
        monitor = self.monitor
        with monitor.changed:
            while not (so() or monitor.ended) and (left := allowance.left()):
                monitor.changed.wait_for(lambda: so() or monitor.ended, timeout=left)

    def pids(self) -> list[int]:
        """Return the process ids, as numbered outside, of everything in the sandbox."""
        return [pid for pid in processes.tree(self.root_pid) if processes.state(pid) not in "XZ"]

    def threads(self) -> set[tuple[int, int]]:
        """Return every (process, thread) in the sandbox, as numbered outside."""
        return processes.threads(self.pids())

    def spent(self) -> Spent:
        """Return what all processes of the sandbox have spent so far, on cores and waiting for one."""
        return self._books.look(self.root_pid)

    def allowance(self, seconds: float) -> Allowance:
        """Return so many seconds for the sandbox to use up, from now on."""
        return Allowance(seconds, self.spent)

    def pause(self) -> None:
        """Stop every process of the sandbox, and return when they have. Raises FreezeError if they do not."""
        processes.stop_all(self.root_pid, self.allowance(STOP_SECONDS).left)
        self._paused_at = self.spent().cpu

    def resume(self) -> None:
        """Let every process of the sandbox go on; what they have worked since `pause` all the same is kept in mind."""
        if self._paused_at is not None:
            self._unpaused += self.spent().cpu - self._paused_at
            self._paused_at = None
        processes.signal_all(self.root_pid, signal.SIGCONT)

    def end_others(self) -> None:
        """End every process that the student's code started; the kernel itself goes on.

        Call it after `freeze_forks`. What ends while it is timed would not be counted, and a process
        that runs beside the kernel serves nothing that a question asks. Raises FreezeError if they do not end.
        """
        left = self.allowance(OTHERS_SECONDS).left
        while others := [pid for pid in self.pids() if pid not in self._first]:
            if not left():
                raise FreezeError(f"processes of a sandbox do not end: {others}")
            for pid in others:
                processes.send(pid, signal.SIGKILL)
            time.sleep(0.001)

    def freeze_forks(self) -> None:
        """Let no process of the sandbox start another, nor a thread, until `thaw_forks`.

        Raises FreezeError if they start others faster than they can be frozen.
        """
        left = self.allowance(OTHERS_SECONDS).left
        # A process may have started another before its own turn came.
        while fresh := [pid for pid in self.pids() if pid not in self._frozen]:
            if not left():
                raise FreezeError(f"processes of a sandbox start faster than they can be frozen: {fresh}")
            for pid in fresh:
                before = processes.limit_forks(pid)
                if before is not None:
                    self._frozen[pid] = before
        self._frozen_threads = self.threads()
        self._unpaused = 0.0

    def thaw_forks(self) -> bool:
        """Undo `freeze_forks`. Return whether it held: no new process or thread, limits untouched, pauses kept.

        What was measured while it did not hold is void; `frozen` raises then.
        """
        held = self.threads() <= self._frozen_threads and self._unpaused <= UNPAUSED_SECONDS
        for pid, before in self._frozen.items():
            held &= processes.restore_forks(pid, before)
        self._frozen.clear()
        return held

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Freeze forks meanwhile. Raises FreezeError at the end if that did not hold, unless the body raised."""
        try:
            self.freeze_forks()
            yield
        except BaseException:
            self.thaw_forks()
            raise
        if not self.thaw_forks():
            raise FreezeError(
                "a process or a thread started, a limit was changed, or a pause undone, while forks were frozen"
            )
