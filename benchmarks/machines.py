"""A real scheduler and real workers on loopback, by the commands that a user gives."""

from __future__ import annotations

import importlib.util
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from autograder.course import ROOT

MISSING = "" if importlib.util.find_spec("distributed") else "`.venv/bin/pip install -e '.[cluster]'` brings Dask"
#: Seconds that a start may take beside other work.
PATIENCE = 120.0


def environment() -> dict[str, str]:
    """What commands run in: wide enough that no line is broken."""
    return {**os.environ, "COLUMNS": "200", "PYTHONUNBUFFERED": "1"}


class Started:
    """A command that runs, with these variables beside its environment, and what it said."""

    def __init__(self, *arguments: object, **variables: str) -> None:
        self.log = Path(tempfile.mkstemp(prefix="aics-cluster-")[1])
        with self.log.open("w") as log:
            command = [sys.executable, "-m", "autograder", *map(str, arguments)]
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment() | variables, stdout=log, stderr=log, start_new_session=True
            )

    def said(self, words: str) -> str:
        """The first match of these words in what it said, once it is there."""
        ends = time.monotonic() + PATIENCE
        while not (found := re.search(words, text := self.log.read_text())):
            assert time.monotonic() < ends, text
            assert self.process.poll() is None, text
            time.sleep(0.05)
        return found[0]

    def kill(self) -> None:
        """End it at once, as a machine that loses its power; its children see that it is gone."""
        self.process.kill()
        self.process.wait()

    def stop(self, seconds: float) -> None:
        """Have it and its children do nothing for so long, as a machine that is busy with something else."""
        os.killpg(self.process.pid, signal.SIGSTOP)
        try:
            time.sleep(seconds)
        finally:
            os.killpg(self.process.pid, signal.SIGCONT)

    def end(self) -> None:
        """End it as a user does, and see that it ends."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
        self.log.unlink()


@contextmanager
def scheduler(port: int = 0) -> Iterator[tuple[str, Started]]:
    """A scheduler's address, and its process."""
    with ended(Started("scheduler", "--port", port)) as started:
        yield started.said(r"tcp://[\d.]+:\d+"), started


@contextmanager
def ended(started: Started) -> Iterator[Started]:
    """A started command that is ended afterwards."""
    try:
        yield started
    finally:
        started.end()


@contextmanager
def workers(address: str, machines: int = 2, each: int = 2, isolation: str = "none") -> Iterator[list[Started]]:
    """Workers that are ready: so many machines, as it were, of so many cores each."""
    with ExitStack() as stack:
        asked = ["worker", address, "--workers", each, "--isolation", isolation]
        started = [stack.enter_context(ended(Started(*asked))) for _ in range(machines)]
        for one in started:
            one.said("at work")
        yield started


def free_port() -> int:
    """A port of loopback that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]
