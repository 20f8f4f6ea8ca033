"""Make a thing once for all tests that look at it, in whichever process they run.

What an earlier run has made can be given to a later one: AICS_TESTS_MADE names a folder with copies of it.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class Once:
    """A folder that all processes of one test run share, and in it one folder for each thing that was made.

    `made` is such a folder of an earlier run of the same checkout.
    """

    def __init__(self, shared: Path, made: Path | None = None) -> None:
        self._shared, self._made = shared, made

    def __call__(self, name: str, make: Callable[[Path], None]) -> Path:
        """The folder that ``make(folder)`` filled; who comes meanwhile waits, who comes later finds it done."""
        folder, done = self._shared / name, self._shared / f"{name}.done"
        with _locked(self._shared / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)
                if self._made and (self._made / done.name).exists():
                    shutil.copytree(self._made / name, folder)
                else:
                    folder.mkdir()
                    make(folder)
                done.touch()
        return folder


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock of this file; a process that dies gives it back."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
