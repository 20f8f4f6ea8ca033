"""A long computation in small steps that can be watched, stopped and continued without loss.

    run = Run(step, image, optimizer)       # step(image) -> (image, losses)
    for frame in run.frames(100):           # stop it at any time: Kernel > Interrupt, or break
        print(frame.step, frame.losses[-1])
    for frame in run.frames(100): ...       # goes on where it stopped
    run.save("cat.run")                     # and Run.load("cat.run", step, optimizer) goes on tomorrow

All that a run knows is one object that a finished step replaces by another. An interrupt, wherever it comes,
finds the one or the other, and the next step begins from it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from aics.notebook import checkpoint
from aics.notebook.checkpoint import CheckpointError

#: Seconds between two frames: a few a second are enough to look at.
EVERY = 0.4
#: Pictures of the past that a run keeps at most, evenly spread over its steps.
MOST_KEPT = 64

Step = Callable[[np.ndarray], tuple[np.ndarray, Sequence[float]]]


class RunError(Exception):
    """A run that cannot go on; the message says why."""


@dataclass(frozen=True, kw_only=True)
class State:
    """A run between two steps: everything that the next step depends on, and what is shown of it."""

    image: np.ndarray
    losses: tuple[tuple[float, ...], ...] = ()
    film: Mapping[int, np.ndarray]
    seconds: float = 0.0
    optimizer: Mapping[str, object]


class Run:
    """A picture on its way, with all that it takes to go on."""

    def __init__(self, step: Step, image: np.ndarray, optimizer: object = None) -> None:
        """Begin at `image`.

        step : takes the image and returns the next one and a few numbers: the losses
        optimizer : an object that `step` changes; its attributes belong to the run from now on
        """
        self._take, self._optimizer = step, optimizer
        image = np.array(image)
        self.state = State(image=image, film={0: image}, optimizer=self._optimizer_now())

    def __repr__(self) -> str:
        return f"a run after {self.step} steps, {self.state.seconds:.0f} s"

    @property
    def image(self) -> np.ndarray:
        """The picture as it is now."""
        return self.state.image

    @property
    def losses(self) -> tuple[tuple[float, ...], ...]:
        """What each step said, one tuple a step."""
        return self.state.losses

    @property
    def step(self) -> int:
        """Steps done so far."""
        return len(self.state.losses)

    @property
    def film(self) -> Mapping[int, np.ndarray]:
        """Pictures on the way, by step: the first, and others evenly spread, `MOST_KEPT` at most."""
        return self.state.film

    @property
    def seconds(self) -> float:
        """Time spent in the steps so far."""
        return self.state.seconds

    def advance(self) -> None:
        """Take one step, or, if it is interrupted or fails, none.

        Raises RunError where the step's numbers are not finite.
        """
        now, start = self.state, perf_counter()
        self._set_optimizer(now.optimizer)
        image, losses = self._take(now.image.copy())
        image, losses = np.array(image), tuple(float(loss) for loss in losses)
        if not (np.isfinite(image).all() and np.isfinite(losses).all()):
            raise RunError(f"Step {self.step + 1} gave numbers that are not finite. Is the step length too large?")
        self.state = State(
            image=image,
            losses=(*now.losses, losses),
            film=_remembered(now.film, self.step + 1, image),
            seconds=now.seconds + perf_counter() - start,
            optimizer=self._optimizer_now(),
        )

    def frames(self, until: int, every: float = EVERY) -> Iterator[Run]:
        """Take steps until there are `until` of them; yield this run a few times a second, and at the end.

        every : seconds between two frames, at least; 0 yields after each step
        """
        shown = perf_counter()
        while self.step < until:
            self.advance()
            if self.step < until and perf_counter() - shown >= every:
                yield self
                shown = perf_counter()
        yield self

    def save(self, path: str | Path) -> Path:
        """Write the run's state to a file, as a whole or not at all; returns its path.

        Raises RunError where the optimizer holds something else than numbers and arrays.
        """
        try:
            return checkpoint.write(path, _packed(self.state))
        except CheckpointError as error:
            raise RunError(str(error)) from error

    @classmethod
    def load(cls, path: str | Path, step: Step, optimizer: object = None) -> Run:
        """Give the run that `save` wrote; `optimizer` gets the attributes that it had.

        Raises RunError if the file holds no run, or one with another kind of optimizer.
        """
        try:
            state = _unpacked(checkpoint.read(path))
        except (CheckpointError, KeyError, AttributeError) as error:
            raise RunError(f"{Path(path).name} holds no run.") from error
        run = cls(step, state.image, optimizer)
        if state.optimizer.keys() != run.state.optimizer.keys():
            had = ", ".join(state.optimizer) or "nothing"
            raise RunError(f"{Path(path).name} was saved with an optimizer that holds {had}.")
        run.state = state
        run._set_optimizer(state.optimizer)
        return run

    def _optimizer_now(self) -> dict[str, object]:
        """A copy of the optimizer's attributes: a step may write into its arrays."""
        return copy.deepcopy(vars(self._optimizer)) if self._optimizer is not None else {}

    def _set_optimizer(self, attributes: Mapping[str, object]) -> None:
        if self._optimizer is not None:
            vars(self._optimizer).update(copy.deepcopy(dict(attributes)))


def _remembered(film: Mapping[int, np.ndarray], step: int, image: np.ndarray) -> dict[int, np.ndarray]:
    """The film with this picture, if it is its turn; once there are too many, every second one of them."""
    steps = list(film)
    spacing = steps[1] - steps[0] if len(steps) > 1 else 1
    kept = {**film, step: image} if step % spacing == 0 else dict(film)
    if len(kept) > MOST_KEPT:
        kept = {number: picture for number, picture in kept.items() if number % (2 * spacing) == 0}
    return kept


def _packed(state: State) -> dict[str, object]:
    """The state as a checkpoint takes it."""
    return {
        "image": state.image,
        "losses": np.array(state.losses, np.float64),
        "seconds": state.seconds,
        "film": {str(step): picture for step, picture in state.film.items()},
        "optimizer": state.optimizer,
    }


def _unpacked(known: Mapping[str, object]) -> State:
    """The way back from `_packed`."""
    return State(
        image=known["image"],
        losses=tuple(tuple(row) for row in known["losses"].tolist()),
        film={int(step): picture for step, picture in known["film"].items()},
        seconds=known["seconds"],
        optimizer=known["optimizer"],
    )
