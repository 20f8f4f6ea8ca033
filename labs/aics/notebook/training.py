"""Training that can be watched, stopped and continued without loss.

    run = Training(step, state, pictures, labels, batch=100, seed=0)     # step(state, x, label) -> (state, numbers)
    for frame in run.frames(10):                 # stop it at any time: Kernel > Interrupt, or break
        print(frame.epoch, frame.numbers["loss"][-1])
    for frame in run.frames(20): ...             # goes on where it stopped
    run.save("lenet.run")                        # Training.load("lenet.run", step, pictures, labels) goes on tomorrow

All that a step depends on is in `state`, nested dicts of arrays and numbers (see `aics.notebook.resumable`).
The order of the pictures in an epoch depends on the seed and the epoch alone, so that a run that was stopped
or saved meets the same pictures again.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from aics.language import listed, noted, tr
from aics.notebook.resumable import ResumableRun, RunError, must_be_finite, own_copy

NetworkState = Mapping[str, Any]
#: What is said where what a run depends on is another than it was; names are those of `Training._data`.
_OTHERS = {
    "batch": noted("{file} was trained with other batch: it can go on with the same ones only."),
    "seed": noted("{file} was trained with other seed: it can go on with the same ones only."),
    "pictures": noted("{file} was trained with other pictures: it can go on with the same ones only."),
    "labels": noted("{file} was trained with other labels: it can go on with the same ones only."),
}
Step = Callable[[NetworkState, np.ndarray, np.ndarray], tuple[NetworkState, Mapping[str, float]]]


@dataclass(frozen=True, kw_only=True)
class Now:
    """A run between two steps. Of the rows of its `Record`s the first `step` and the first `measures` count."""

    state: NetworkState
    step: int = 0
    epoch: int = 0
    measures: int = 0
    seconds: float = 0.0


class Record:
    """Numbers by name, a row each time: written behind the rows that count, which are never touched again."""

    def __init__(self, what: str, rows: Mapping[str, np.ndarray] | None = None) -> None:
        self._what, self._rows = what, {name: np.array(row, np.float64) for name, row in (rows or {}).items()}

    def write(self, place: int, numbers: Mapping[str, float]) -> None:
        """Set row `place`; the first one says which names there are. Raises RunError for other names."""
        if place == 0:
            self._rows = {name: np.zeros(64) for name in numbers}
        if numbers.keys() != self._rows.keys():
            first, now = (listed(names) or tr("nothing") for names in (self._rows, numbers))
            said = tr(
                "{function} gave {now}; the first time it gave {first}.", function=self._what, now=now, first=first
            )
            raise RunError(said)
        if any(len(row) <= place for row in self._rows.values()):
            self._rows = {name: np.concatenate([row, np.zeros_like(row)]) for name, row in self._rows.items()}
        for name, number in numbers.items():
            self._rows[name][place] = float(number)

    def first(self, count: int) -> dict[str, np.ndarray]:
        """The first `count` rows, by name."""
        return {name: row[:count].copy() for name, row in self._rows.items()} if count else {}


class Training(ResumableRun):
    """A network on its way, with all that it takes to go on."""

    kind = noted("training")

    def __init__(
        self,
        step: Step,
        state: NetworkState,
        pictures: np.ndarray,
        labels: np.ndarray,
        *,
        batch: int = 100,
        seed: int = 0,
        after_epoch: Callable[[NetworkState, int], NetworkState] | None = None,
        measure: Callable[[NetworkState], Mapping[str, float]] | None = None,
    ) -> None:
        """Begin at `state`; nothing is computed yet.

        step : takes a state and a batch, returns the next state and a few numbers by name, such as {"loss": 0.3}
        state : nested dicts of arrays and numbers; each step gets a copy of its own, in which it may write
        pictures, labels : (N, ...) and (N,); the last batch of an epoch may be smaller than `batch`
        after_epoch : takes the state and the number of the epoch, counted from 0; returns the next state
        measure : takes the state, returns numbers such as {"accuracy": 0.97}: before the first epoch and after each
        """
        if len(pictures) != len(labels) or not len(pictures):
            counts = {"pictures": len(pictures), "labels": len(labels)}
            raise RunError(tr("{pictures} pictures and {labels} labels: there must be as many of both.", **counts))
        if batch < 1:
            raise RunError(tr("batch = {batch}: it must be 1 at least.", batch=batch))
        self._take, self._after_epoch, self._measure = step, after_epoch, measure
        self.pictures, self.labels, self.batch, self.seed = pictures, labels, batch, seed
        self._numbers, self._measured = Record("step"), Record("measure")
        self._order: tuple[int, np.ndarray] | None = None
        self.now = Now(state=own_copy(state))

    def __repr__(self) -> str:
        done = {"epochs": self.epoch, "steps": self.step, "seconds": self.now.seconds}
        return tr("training after {epochs} epochs, {steps} steps, {seconds:.0f} s", **done)

    @property
    def state(self) -> NetworkState:
        """The state as it is now; it belongs to the run, so copy it before you change it."""
        return self.now.state

    @property
    def step(self) -> int:
        """Steps done so far."""
        return self.now.step

    @property
    def epoch(self) -> int:
        """Epochs finished so far."""
        return self.now.epoch

    @property
    def steps_per_epoch(self) -> int:
        """Batches that the pictures make."""
        return -(-len(self.pictures) // self.batch)

    @property
    def numbers(self) -> dict[str, np.ndarray]:
        """What the steps said: name -> one number a step. A loss that was not finite is here, too."""
        return self._numbers.first(self.now.step)

    @property
    def measured(self) -> dict[str, np.ndarray]:
        """What was measured: name -> one number before the first epoch, then one after each."""
        return self._measured.first(self.now.measures)

    def advance(self) -> None:
        """Take one step, or, if it is interrupted or fails, none; the last one of an epoch also ends the epoch.

        Raises RunError where the state is no longer finite; then the last good state stays.
        """
        if not self.now.measures:
            self._look(self.now)
        ends = (self.epoch + 1) * self.steps_per_epoch
        if self.step < ends:
            self._one_step()
        if self.step == ends:
            self._end_epoch()

    @property
    def done(self) -> int:
        """Epochs finished so far: `frames` counts epochs."""
        return self.epoch

    def packed(self) -> dict[str, Any]:
        """Where the run stands, the state, and what tells its data from others."""
        tree = {"run": asdict(replace(self.now, state={})), "state": self.now.state, "data": self._data}
        return tree | {"numbers": self.numbers, "measured": self.measured}

    @classmethod
    def load(
        cls,
        path: str | Path,
        step: Step,
        pictures: np.ndarray,
        labels: np.ndarray,
        *,
        batch: int | None = None,
        after_epoch: Callable[[NetworkState, int], NetworkState] | None = None,
        measure: Callable[[NetworkState], Mapping[str, float]] | None = None,
    ) -> Training:
        """Give the training that `save` wrote; seed and batch are as they were.

        Raises RunError if the file holds none, or one with other pictures, labels or another batch.
        """
        name = Path(path).name
        try:
            tree = cls.read(path)
            known, data, state = tree["run"], tree["data"], tree["state"]
            rows = tree["numbers"], tree["measured"]
            run = cls(step, state, pictures, labels, batch=data["batch"], seed=data["seed"])
            run.now = Now(**known | {"state": run.state})
        except (KeyError, TypeError) as error:
            raise cls.no_run(path) from error
        if batch not in (None, run.batch):
            said = tr("{file} was trained with batch = {own}, not {given}.", file=name, own=run.batch, given=batch)
            raise RunError(said)
        for what, print_now in run._data.items():
            if print_now != data.get(what):
                raise RunError(tr(_OTHERS[what], file=name))
        run._after_epoch, run._measure = after_epoch, measure
        run._numbers, run._measured = Record("step", rows[0]), Record("measure", rows[1])
        return run

    def _one_step(self) -> None:
        now, start = self.now, perf_counter()
        places = self._places(now.epoch, now.step % self.steps_per_epoch)
        state, numbers = self._take(own_copy(now.state), self.pictures[places], self.labels[places])
        must_be_finite(state, tr("Step {number}", number=now.step + 1))
        self._numbers.write(now.step, numbers)
        seconds = now.seconds + perf_counter() - start
        self.now = replace(now, state=state, step=now.step + 1, seconds=seconds)

    def _end_epoch(self) -> None:
        now = self.now
        if self._after_epoch:
            state = self._after_epoch(own_copy(now.state), now.epoch)
            must_be_finite(state, tr("after_epoch of epoch {number}", number=now.epoch))
            now = replace(now, state=state)
        self._look(replace(now, epoch=now.epoch + 1))

    def _look(self, now: Now) -> None:
        """Measure a state, and make it the run's, in one go."""
        self._measured.write(now.measures, self._measure(own_copy(now.state)) if self._measure else {})
        self.now = replace(now, measures=now.measures + 1)

    def _places(self, epoch: int, batch: int) -> np.ndarray:
        """Where the pictures of a batch lie."""
        if self._order is None or self._order[0] != epoch:
            self._order = epoch, np.random.default_rng([self.seed, epoch]).permutation(len(self.pictures))
        return self._order[1][batch * self.batch : (batch + 1) * self.batch]

    @cached_property
    def _data(self) -> dict[str, object]:
        """What the order of the pictures depends on, and what tells one set of them from another."""
        prints = {"pictures": _print_of(self.pictures), "labels": _print_of(self.labels)}
        return {"batch": self.batch, "seed": self.seed, **prints}


def _print_of(array: np.ndarray) -> str:
    """Shape, type and a check sum."""
    array = np.ascontiguousarray(array)
    return f"{array.dtype}{array.shape}{zlib.crc32(array.reshape(-1).view(np.uint8).data)}"
