"""A long computation in small steps that can be watched, stopped and continued without loss.

    for frame in run.frames(100):           # stop it at any time: Kernel > Interrupt, or break
        print(frame)
    for frame in run.frames(100): ...       # goes on where it stopped
    run.save("cat.run")                     # and the class's load goes on tomorrow

All that a run knows is one value, `now`, which a finished step replaces by another. An interrupt, wherever it
comes, finds the one or the other, and the next step begins from it.
"""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import perf_counter
from typing import Any, Self

import numpy as np

from aics.language import noted, tr
from aics.notebook import checkpoint
from aics.notebook.checkpoint import CheckpointError

#: Seconds between two frames: a few a second are enough to look at.
EVERY = 0.4


class RunError(Exception):
    """A run that cannot go on, be saved or be loaded; the message says why."""


class ResumableRun(ABC):
    """What every run can do; a kind of run says what a step is, and what it is saved as."""

    #: What a run of this kind is called where a file holds none.
    kind = noted("run")

    @property
    @abstractmethod
    def done(self) -> int:
        """How far the run has come, in the unit of `frames`: steps, or epochs."""

    @abstractmethod
    def advance(self) -> None:
        """Take one step, or, if it is interrupted or fails, none."""

    @abstractmethod
    def packed(self) -> dict[str, Any]:
        """All that it takes to go on, as nested dicts of arrays, numbers and texts."""

    def frames(self, until: int, every: float = EVERY) -> Iterator[Self]:
        """Take steps until `done` is `until`; yield this run a few times a second, and at the end.

        every : seconds between two frames, at least; 0 yields after each step
        """
        shown = perf_counter()
        while self.done < until:
            self.advance()
            if self.done < until and perf_counter() - shown >= every:
                yield self
                shown = perf_counter()
        yield self

    def save(self, path: str | Path) -> Path:
        """Write all that it takes to go on to a file, as a whole or not at all; returns its path.

        Raises RunError where the run holds something else than numbers, texts and arrays.
        """
        try:
            return checkpoint.write(path, self.packed())
        except CheckpointError as error:
            raise RunError(str(error)) from error

    @classmethod
    def read(cls, path: str | Path) -> dict[str, Any]:
        """What `save` wrote; RunError where the file holds no run at all."""
        try:
            return checkpoint.read(path)
        except CheckpointError as error:
            raise cls.no_run(path) from error

    @classmethod
    def no_run(cls, path: str | Path) -> RunError:
        """The error for a file that holds no run of this kind."""
        return RunError(tr("{file} holds no {kind}.", file=Path(path).name, kind=tr(cls.kind)))


def own_copy(state: Any) -> Any:
    """Nested dicts and arrays of one's own: a step may write into them."""
    if isinstance(state, Mapping):
        return {name: own_copy(value) for name, value in state.items()}
    return state.copy() if isinstance(state, np.ndarray) else copy.deepcopy(state)


def must_be_finite(state: object, when: str, name: str = "") -> None:
    """Raises RunError that names the first number of a state that is not finite."""
    if isinstance(state, Mapping):
        for key, value in state.items():
            must_be_finite(value, when, f"{name}/{key}" if name else key)
    elif isinstance(state, float | np.ndarray | np.generic) and not _finite(np.asarray(state)):
        said = tr(
            "{when} made {name} not finite (nan or inf). The run still has the state before it: "
            "begin a new one with a smaller step length (lr), or look for where the first such number comes from.",
            when=when,
            name=name or tr("the state"),
        )
        raise RunError(said)


def _finite(array: np.ndarray) -> bool:
    return array.dtype.kind not in "fc" or bool(np.isfinite(array).all())
