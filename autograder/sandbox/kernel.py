"""A student's kernel in a sandbox: cells go in, outputs come out, and it can be stopped at any time."""

from __future__ import annotations

import os
import select
import shutil
import signal
import socket
import threading
import time
from pathlib import Path

from . import processes
from .errors import StartError
from .execution import Execution, add_frame, add_text
from .frames import FrameError, FrameReader, pack
from .launch import START_SECONDS, Launched, launch
from .spec import SandboxSpec

#: How often the watchdog looks at memory.
WATCH_SECONDS = 0.05
KILL_SECONDS = 5


class SandboxKernel:
    """One kernel, from start to stop; use it as a context manager.

    Start and stop it in the same thread, and keep that thread: the kernel dies with it.

    >>> with SandboxKernel(spec) as kernel:               # doctest: +SKIP
    ...     kernel.execute("print(6 * 7)", timeout=10).outputs
    [{'output_type': 'stream', 'name': 'stdout', 'text': '42\\n'}]
    """

    def __init__(self, spec: SandboxSpec) -> None:
        self.spec = spec
        self.python_version = ""
        self._launched: Launched | None = None
        self._changed = threading.Condition()
        self._current: Execution | None = None
        self._finished = True
        self._ready = False
        self._ended: tuple[str, str] | None = None
        self._bytes = self._count = 0
        self._sent_at = 0.0
        self._cpu: dict[int, int] = {}
        self._frozen: dict[int, tuple[int, int]] = {}
        self._frozen_threads: set[tuple[int, int]] = set()
        self._watch: threading.Thread | None = None

    def __enter__(self) -> SandboxKernel:
        """Start the kernel."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the kernel."""
        self.stop()

    @property
    def ask_dir(self) -> str:
        """The folder of the grader's sockets, `spec.workdir`, as the student's code names it."""
        return self._running().ask_dir

    @property
    def root_pid(self) -> int:
        """The process above everything in the sandbox, as numbered outside."""
        return self._running().root

    def _running(self) -> Launched:
        if self._launched is None:
            raise RuntimeError("the kernel is not started; use it in a with statement, or call start()")
        return self._launched

    def start(self) -> None:
        """Start the kernel and wait until it takes cells. Raises IsolationError or StartError."""
        self._launched = launch(self.spec)
        self._watch = threading.Thread(target=self._watch_sandbox, name="sandbox-watch", daemon=True)
        self._current, self._finished = Execution(), False
        self._watch.start()
        with self._changed:
            self._changed.wait_for(lambda: self._ready or self._ended, timeout=START_SECONDS)
        if not self._ready:
            said = "".join(output.get("text", "") for output in self._current.outputs).strip()
            self.stop()
            raise StartError(f"the kernel did not start: {said or (self._ended or ('', 'no answer'))[1]}")

    def execute(self, source: str, timeout: float) -> Execution:
        """Run one cell; on ``timeout`` it is still running: call `kill`, or `wait` again."""
        self.send(source)
        return self.wait(timeout)

    def send(self, source: str) -> None:
        """Submit one cell and return at once; its outcome comes from `wait`."""
        launched = self._running()
        with self._changed:
            if not self._finished and not self._ended:
                raise RuntimeError("the kernel is still busy with the last cell")
            self._current, self._finished = Execution(), False
            self._bytes, self._sent_at = 0, time.monotonic()
            self._count += 1
            number = self._count
        self._send_bytes(launched, pack({"id": number, "source": source}))

    def wait(self, timeout: float) -> Execution:
        """Wait for the cell that was sent; ``timeout`` if it is not done in so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._finished or self._ended, timeout=timeout)
            current = self._current
            current.seconds = time.monotonic() - self._sent_at
            if self._finished:
                return current
            if self._ended:
                current.status, current.detail = self._ended
                return current
            return Execution(
                "timeout",
                list(current.outputs),
                detail=f"the cell was not done after {timeout:g} seconds",
                seconds=current.seconds,
            )

    def alive(self) -> bool:
        """Return whether the kernel can take a cell."""
        launched = self._launched
        return launched is not None and self._ended is None and launched.process.poll() is None

    def pids(self) -> list[int]:
        """Return the process ids, as numbered outside, of everything in the sandbox."""
        return [pid for pid in processes.tree(self.root_pid) if processes.state(pid) not in "XZ"]

    def threads(self) -> set[tuple[int, int]]:
        """Return every (process, thread) in the sandbox, as numbered outside."""
        return processes.threads(self.pids())

    def cpu_ns(self) -> int:
        """Return the CPU time, in nanoseconds, that all processes of the sandbox have used.

        A process that ended counts with what it had used when last looked at.
        """
        for pid in processes.tree(self.root_pid):
            self._cpu[pid] = max(processes.cpu_ns(pid), self._cpu.get(pid, 0))
        return sum(self._cpu.values())

    def pause(self) -> None:
        """Stop every process of the sandbox."""
        processes.signal_all(self.root_pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Let every process of the sandbox go on."""
        processes.signal_all(self.root_pid, signal.SIGCONT)

    def freeze_forks(self) -> None:
        """Let no process of the sandbox start another, nor a thread, until `thaw_forks`."""
        for pid in self.pids():
            before = processes.limit_forks(pid)
            if before is not None:
                self._frozen.setdefault(pid, before)
        self._frozen_threads = self.threads()

    def thaw_forks(self) -> bool:
        """Undo `freeze_forks`. Return whether it held: no new process or thread, limits untouched."""
        held = self.threads() <= self._frozen_threads
        for pid, before in self._frozen.items():
            held &= processes.restore_forks(pid, before)
        self._frozen.clear()
        return held

    def kill(self) -> None:
        """End everything in the sandbox now; nothing of it is left when this returns."""
        if self._launched is None:
            return
        self._end("died", "killed by the grader")
        launched = self._launched
        deadline = time.monotonic() + KILL_SECONDS
        known: set[int] = set()
        while time.monotonic() < deadline:
            # Without a pid namespace, orphans return to the root, which must therefore go last.
            below = [pid for pid in processes.tree(launched.root) if pid != launched.root]
            known |= set(below)
            if self.spec.level == "none":
                for pid in below:
                    processes.send(pid, signal.SIGKILL)
                if any(processes.state(pid) not in "XZ" for pid in below):
                    time.sleep(0.002)
                    continue
            processes.send(launched.root, signal.SIGKILL)
            launched.process.kill()
            launched.process.wait()
            if all(processes.state(pid) in "XZ" for pid in known | {launched.root}):
                return
            time.sleep(0.002)
        raise RuntimeError(f"processes of the sandbox are still there: {sorted(known)}")

    def stop(self) -> None:
        """End the kernel and give back what it held; harmless when repeated."""
        launched = self._launched
        if launched is None:
            return
        self.kill()
        if self._watch is not None:
            self._watch.join(KILL_SECONDS)
        launched.channel.close()
        os.close(launched.raw)
        if launched.home is not None:
            shutil.rmtree(launched.home, ignore_errors=True)
        self._launched = None

    def _end(self, status: str, detail: str) -> None:
        """Note how the kernel ended; the first reason stays."""
        with self._changed:
            self._ended = self._ended or (status, detail)
            self._changed.notify_all()

    def _watch_sandbox(self) -> None:
        """Take what the kernel sends and look at its memory, until it ends."""
        launched = self._launched
        reader = FrameReader(self.spec.limits.output_bytes)
        ending = os.pidfd_open(launched.process.pid)
        poll = select.poll()
        for number in (launched.channel.fileno(), launched.raw, ending):
            poll.register(number, select.POLLIN)
        try:
            look_at = time.monotonic()
            while self._ended is None:
                events = dict(poll.poll(WATCH_SECONDS * 1000))
                if launched.channel.fileno() in events and not self._take_frames(launched, reader):
                    poll.unregister(launched.channel.fileno())
                if launched.raw in events and not self._take_text(launched):
                    poll.unregister(launched.raw)
                if ending in events and set(events) == {ending}:
                    self._end("died", self._cause(launched.process.wait()))
                if time.monotonic() >= look_at:
                    look_at = time.monotonic() + WATCH_SECONDS
                    self._look_at_memory(launched)
        finally:
            os.close(ending)
        if self._ended[0] != "died":
            self.kill()

    def _take_frames(self, launched: Launched, reader: FrameReader) -> bool:
        """Take frames from the kernel; return False once there will be no more."""
        data = self._receive(launched)
        if not data:
            return False
        self._count_bytes(len(data))
        try:
            frames = reader.feed(data)
            with self._changed:
                for frame in frames:
                    self._take(frame)
        except FrameError as error:
            self._end("flood", f"the kernel sent {error}")
        return True

    def _send_bytes(self, launched: Launched, data: bytes) -> None:
        """Send to the kernel; one that does not listen (its last ``done`` was forged) is ended."""
        poll = select.poll()
        poll.register(launched.channel.fileno(), select.POLLOUT)
        while data and self._ended is None:
            if not poll.poll(START_SECONDS * 1000):
                self._end("died", "the kernel does not listen")
                self.kill()
                return
            try:
                data = data[launched.channel.send(data, socket.MSG_DONTWAIT) :]
            except BlockingIOError:
                continue
            except OSError:
                return  # it ended; the watch has seen it, or will, and `wait` says so

    @staticmethod
    def _receive(launched: Launched) -> bytes:
        try:
            return launched.channel.recv(65536)
        except OSError:
            return b""

    def _take(self, frame: dict[str, object]) -> None:
        """Act on one frame."""
        kind = frame.get("kind")
        if kind == "ready" and not self._ready:
            self._ready = self._finished = True
            self.python_version = str(frame.get("python"))[:20]
        elif kind == "done" and frame.get("id") == self._count and not self._finished:
            self._current.status = "ok" if frame.get("ok") is True else "error"
            self._finished = True
        elif not self._finished and self._ended is None:
            add_frame(self._current, frame, self._count)
        self._changed.notify_all()

    def _take_text(self, launched: Launched) -> bool:
        """Take text written past Python; return False once there will be no more."""
        data = os.read(launched.raw, 65536)
        if data:
            self._count_bytes(len(data))
            with self._changed:
                if not self._finished and self._ended is None:
                    add_text(self._current, "stderr", data.decode(errors="replace"))
        return bool(data)

    def _count_bytes(self, count: int) -> None:
        self._bytes += count
        limit = self.spec.limits.output_bytes
        if self._bytes > limit:
            self._end("flood", f"the cell put out more than {limit / (1 << 20):g} MiB")

    def _look_at_memory(self, launched: Launched) -> None:
        limit = self.spec.limits.memory_bytes
        if processes.memory_bytes(processes.tree(launched.root), limit) > limit:
            self._end("memory", f"the cell used more than {limit / (1 << 20):g} MiB of memory")

    @staticmethod
    def _cause(code: int) -> str:
        """Say how a process ended; bwrap gives 128 + N for signal N."""
        number = -code if code < 0 else code - 128
        if code < 0 or number in set(map(int, signal.Signals)):
            return f"the kernel was ended by {signal.Signals(number).name}"
        return f"the kernel ended itself with exit code {code}"
