"""A short training whose scale finds itself, and the gradients on the way: computed in a thread, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Thread

import numpy as np

from aics.demos.own import find_code, finished_code, stopped
from aics.lab6_mixed_sparse.demos.half_range import Gradient, Shares
from aics.lab6_mixed_sparse.demos.lenet import Arrays, LeNet, digits, first_params
from aics.language import noted, tr

#: Steps of the film, digits in each, the scale that it begins with, and the clean steps before it dares twice as much.
STEPS, BATCH, FIRST_POWER, INTERVAL = 60, 100, 44, 8
#: Of a piece of a large batch: how many pieces there are; and how far a step goes, as in the lab.
PIECES, RATE, MOMENTUM = 65536, 0.005, 0.9
INSTEAD = noted("{sentence} Finished layers have computed this in its place.")


@dataclass(frozen=True)
class Frame:
    """A step of the training.

    Attributes
    ----------
    power : int
        The scale that the step was computed with is two to this power.
    skipped : bool
        Whether some entry was infinite, so that nothing was updated.
    bins : array
        As `Gradient.bins` gives them, at that scale.
    shares : Shares
        At that scale.
    """

    power: int
    skipped: bool
    bins: np.ndarray
    shares: Shares


class Gradients:
    """Gradients of LeNet's weights: of the first step at any scale, and of a training whose scale finds itself."""

    def __init__(self, changed: Callable[[], None]) -> None:
        """changed : called whenever there is more"""
        self._code = find_code("layers")
        self.whose = self._code.whose
        self._error: Exception | None = None
        self.first: dict[bool, Gradient] = {}
        self.frames: list[Frame] = []
        self._changed, self._wanted, self._begun = changed, True, False

    @property
    def trouble(self) -> str:
        """A sentence on what a student's code has raised, if it has."""
        return tr(INSTEAD, sentence=stopped(self._error)) if self._error else ""

    def begin(self) -> None:
        """Start the thread, if it has not been started."""
        if not self._begun:
            self._begun = True
            Thread(target=self._run, daemon=True).start()

    def close(self) -> None:
        """Let the thread end after the step that it is at."""
        self._wanted = False

    def _run(self) -> None:
        try:
            self._compute(LeNet(self._code.files["layers_1"]))
        except Exception as error:  # a student's code may raise anything
            self._error = error
            self._compute(LeNet(finished_code("layers").files["layers_1"]))

    def _compute(self, net: LeNet) -> None:
        params = first_params(np.random.default_rng(0))
        for piece in (True, False):
            self.first[piece] = Gradient(_one(net, params, piece))
            self._changed()
        self.frames.clear()
        for frame in training(net, params):
            if not self._wanted:
                return
            self.frames.append(frame)
            self._changed()


def _one(net: LeNet, params: Arrays, piece: bool) -> np.ndarray:
    """The gradient of the weights for the first 100 digits."""
    pictures, labels = digits("train")
    net.load(params)
    return _weights(net.gradients(pictures[:BATCH], labels[:BATCH], 1 / PIECES if piece else 1.0)[1])


def _weights(gradients: Arrays) -> np.ndarray:
    return np.concatenate([part.ravel() for name, part in gradients.items() if name.endswith("weight")])


def training(net: LeNet, params: Arrays) -> Iterator[Frame]:
    """Train on pieces of a large batch; all pieces see the same digits, and the step is as many times as long."""
    pictures, labels = digits("train")
    velocity = {name: np.zeros_like(part) for name, part in params.items()}
    power, clean, order = FIRST_POWER, 0, np.random.default_rng(0).permutation(len(labels))
    for step in range(STEPS):
        places = order[step * BATCH : (step + 1) * BATCH]
        net.load(params)
        found = net.gradients(pictures[places], labels[places], 1 / PIECES)[1]
        gradient = Gradient(_weights(found))
        frame = Frame(power, gradient.shares(power).infinite > 0, gradient.bins(power), gradient.shares(power))
        yield frame
        if frame.skipped:
            power, clean = power - 1, 0
            continue
        velocity = {name: MOMENTUM * part + found[name] for name, part in velocity.items()}
        params = {name: part - RATE * PIECES * velocity[name] for name, part in params.items()}
        power, clean = (power + 1, 0) if clean + 1 == INTERVAL else (power, clean + 1)
