"""Other work for a machine: endless loops that keep its cores busy, and the name of its processor."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Endless, but for as long as whoever started it lives: a killed benchmark leaves no loop behind.
LOOP = "import os\nwhile os.getppid() == {}:\n    sum(range(100_000))"


@contextmanager
def crowd(loops: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Keep so many loops running meanwhile; yields their processes."""
    command = [sys.executable, "-c", LOOP.format(os.getpid())]
    running = [subprocess.Popen(command) for _ in range(loops)]
    try:
        yield running
    finally:
        for loop in running:
            loop.kill()
            loop.wait()


def processor() -> str:
    """The processor's name as it gives it."""
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{len(names)} x {names[0]}" if names else platform.processor()
