"""What the tests have a cluster do: functions of a module that its workers import too."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from autograder.grading.bench import Bench


def doubled(bench: Bench, number: int) -> tuple[int, str, int]:
    """Twice the number, the level of the bench, and whose it is."""
    return 2 * number, bench.level, os.getpid()


def slowly(_bench: Bench, number: int) -> int:
    """Twice the number, after a while."""
    time.sleep(0.2)
    return 2 * number


def refused(_bench: Bench, number: int) -> int:
    """An error for odd numbers."""
    if number % 2:
        raise ValueError(f"{number} is odd")
    return number


def killed(_bench: Bench, number: int) -> int:
    """The end of the process for 1."""
    if number == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def fatal(_bench: Bench, _number: int) -> None:
    """The end of the machine, as it were: of the process whose child this is."""
    os.kill(os.getppid(), signal.SIGKILL)


def signed(_bench: Bench, task: tuple[str, int]) -> int:
    """The number; a line in the file for every time that it was done."""
    file, number = task
    with Path(file).open("a") as lines:
        lines.write(f"{number}\n")
    time.sleep(0.3)
    return number


def held(bench: Bench, seconds: float) -> None:
    """Nothing for so long, with a folder."""
    with bench.folder("aics-parcel-"):
        time.sleep(seconds)


def threads(_: Bench, _task: object) -> set[int]:
    """On how many threads each library of this worker would compute."""
    import scipy.linalg  # noqa: F401  (it brings a library of its own)
    from threadpoolctl import threadpool_info

    return {library["num_threads"] for library in threadpool_info()}
