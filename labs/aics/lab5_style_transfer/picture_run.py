"""A picture on its way: a run whose steps change one picture and an optimizer.

run = PictureRun(step, image, optimizer)    # step(image) -> (image, losses)
for frame in run.frames(100):               # stop it at any time: Kernel > Interrupt, or break
    print(frame.step, frame.losses[-1])
run.save("cat.run")                         # and PictureRun.load("cat.run", step, optimizer) goes on tomorrow
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from aics.language import listed, tr
from aics.notebook.resumable import ResumableRun, RunError, own_copy

#: Pictures of the past that a run keeps at most, evenly spread over its steps.
MOST_KEPT = 64

Step = Callable[[np.ndarray], tuple[np.ndarray, Sequence[float]]]


@dataclass(frozen=True, kw_only=True)
class PictureState:
    """A run between two steps: everything that the next step depends on, and what is shown of it."""

    image: np.ndarray
    losses: tuple[tuple[float, ...], ...] = ()
    film: Mapping[int, np.ndarray]
    seconds: float = 0.0
    optimizer: Mapping[str, object]


class PictureRun(ResumableRun):
    """A picture on its way, with all that it takes to go on."""

    def __init__(self, step: Step, image: np.ndarray, optimizer: object = None) -> None:
        """Begin at `image`.

        step : takes the image and returns the next one and a few numbers: the losses
        optimizer : an object that `step` changes; its attributes belong to the run from now on
        """
        self._take, self._optimizer = step, optimizer
        image = np.array(image)
        self.now = PictureState(image=image, film={0: image}, optimizer=self._optimizer_now())

    def __repr__(self) -> str:
        return tr("a run after {steps} steps, {seconds:.0f} s", steps=self.step, seconds=self.seconds)

    @property
    def image(self) -> np.ndarray:
        """The picture as it is now."""
        return self.now.image

    @property
    def losses(self) -> tuple[tuple[float, ...], ...]:
        """What each step said, one tuple a step."""
        return self.now.losses

    @property
    def step(self) -> int:
        """Steps done so far."""
        return len(self.now.losses)

    @property
    def done(self) -> int:
        """Steps done so far: `frames` counts steps."""
        return self.step

    @property
    def film(self) -> Mapping[int, np.ndarray]:
        """Pictures on the way, by step: the first, and others evenly spread, `MOST_KEPT` at most."""
        return self.now.film

    @property
    def seconds(self) -> float:
        """Time spent in the steps so far."""
        return self.now.seconds

    @property
    def pace(self) -> str:
        """How far the run is and how long a step took, in words."""
        return tr("{run}: {seconds:.2f} s a step", run=self, seconds=self.seconds / self.step)

    def advance(self) -> None:
        """Take one step, or, if it is interrupted or fails, none.

        Raises RunError where the step's numbers are not finite.
        """
        now, start = self.now, perf_counter()
        self._set_optimizer(now.optimizer)
        image, losses = self._take(now.image.copy())
        image, losses = np.array(image), tuple(float(loss) for loss in losses)
        if not (np.isfinite(image).all() and np.isfinite(losses).all()):
            raise RunError(
                tr("Step {step} gave numbers that are not finite. Is the step length too large?", step=self.step + 1)
            )
        self.now = PictureState(
            image=image,
            losses=(*now.losses, losses),
            film=_remembered(now.film, self.step + 1, image),
            seconds=now.seconds + perf_counter() - start,
            optimizer=self._optimizer_now(),
        )

    def packed(self) -> dict[str, Any]:
        """The picture, its film, the losses, and the optimizer's attributes."""
        return {
            "image": self.image,
            "losses": np.array(self.losses, np.float64),
            "seconds": self.seconds,
            "film": {str(step): picture for step, picture in self.film.items()},
            "optimizer": self.now.optimizer,
        }

    @classmethod
    def load(cls, path: str | Path, step: Step, optimizer: object = None) -> PictureRun:
        """Give the run that `save` wrote; `optimizer` gets the attributes that it had.

        Raises RunError if the file holds no such run, or one with another kind of optimizer.
        """
        try:
            now = _unpacked(cls.read(path))
        except (KeyError, AttributeError) as error:
            raise cls.no_run(path) from error
        run = cls(step, now.image, optimizer)
        if now.optimizer.keys() != run.now.optimizer.keys():
            raise RunError(_other_optimizer(Path(path).name, now.optimizer))
        run.now = now
        run._set_optimizer(now.optimizer)
        return run

    def _optimizer_now(self) -> dict[str, object]:
        """A copy of the optimizer's attributes: a step may write into its arrays."""
        return dict(own_copy(vars(self._optimizer))) if self._optimizer is not None else {}

    def _set_optimizer(self, attributes: Mapping[str, object]) -> None:
        if self._optimizer is not None:
            vars(self._optimizer).update(own_copy(attributes))


def _other_optimizer(file: str, attributes: Mapping[str, object]) -> str:
    """The optimizer of a saved run, which is not the one that was handed in."""
    if not attributes:
        return tr("{file} was saved with an optimizer that holds nothing.", file=file)
    return tr("{file} was saved with an optimizer that holds {names}.", file=file, names=listed(attributes))


def _remembered(film: Mapping[int, np.ndarray], step: int, image: np.ndarray) -> dict[int, np.ndarray]:
    """The film with this picture, if it is its turn; once there are too many, every second one of them."""
    steps = list(film)
    spacing = steps[1] - steps[0] if len(steps) > 1 else 1
    kept = {**film, step: image} if step % spacing == 0 else dict(film)
    if len(kept) > MOST_KEPT:
        kept = {number: picture for number, picture in kept.items() if number % (2 * spacing) == 0}
    return kept


def _unpacked(known: Mapping[str, Any]) -> PictureState:
    """The way back from `packed`."""
    return PictureState(
        image=known["image"],
        losses=tuple(tuple(row) for row in known["losses"].tolist()),
        film={int(step): picture for step, picture in known["film"].items()},
        seconds=known["seconds"],
        optimizer=known["optimizer"],
    )
