"""Doubles that answer from a case's arrays: losses, a network, and functions whose answers were written down.

They let a question be asked that needs what an earlier one makes, and compute none of it themselves.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager

import numpy as np


@contextmanager
def standing_in(function: Callable, known: Callable[..., object]) -> Iterator[None]:
    """Let `known` answer in place of a notebook's function meanwhile, where it does not return None.

    known : gets the arguments in the order of the function's signature
    """
    names = getattr(function, "__globals__", {})
    title = next((title for title, value in names.items() if value is function), "")

    def double(*arguments, **named):
        answer = known(*inspect.signature(function).bind(*arguments, **named).arguments.values())
        return function(*arguments, **named) if answer is None else answer

    if title:
        names[title] = double
    try:
        yield
    finally:
        if title:
            names[title] = function


def answering(function: Callable, pairs: Sequence[tuple[np.ndarray, np.ndarray]]) -> AbstractContextManager[None]:
    """Let the notebook's function give the recorded answer to each recorded argument meanwhile.

    pairs : (argument, answer); to any other argument the function itself answers
    """

    def known(argument: np.ndarray) -> np.ndarray | None:
        return next((answer.copy() for recorded, answer in pairs if np.array_equal(argument, recorded)), None)

    return standing_in(function, known)


def noted(layers: Mapping[str, object], method: str, calls: list[str]) -> None:
    """Let each layer write its name into `calls` whenever this method of it is called."""

    def note(name, call):
        def noting(*arguments):
            calls.append(name)
            return call(*arguments)

        return noting

    for name, layer in layers.items():
        setattr(layer, method, note(name, getattr(layer, method)))


def outputs_of(layers: Mapping[str, object], x: np.ndarray) -> dict[str, np.ndarray]:
    """Let layers see a picture, each what the one before makes of it; name -> output."""
    seen = {}
    for name, layer in layers.items():
        x = seen[name] = layer.forward(x)
    return seen


def cut_like(numbers: np.ndarray, outputs: Mapping[str, np.ndarray], names: Sequence[str]) -> dict[str, np.ndarray]:
    """Cut a row of numbers into arrays as large as these outputs; name -> array."""
    cut, place = {}, 0
    for name in names:
        size = outputs[name].size
        cut[name] = numbers[place : place + size].reshape(outputs[name].shape)
        place += size
    return cut


class RecordedLoss:
    """A loss layer that knows its answer for some pairs of features."""

    def __init__(self, features: Sequence[np.ndarray], targets, losses, diffs) -> None:
        """Take note of pairs, their losses and gradients, all in the same order."""
        self._rows = list(zip(features, targets, losses, diffs, strict=True))

    def forward(self, input_layer, target_layer):
        """Return the loss that was written down for this pair."""
        return self._row(input_layer, target_layer)[0]

    def backward(self, input_layer, target_layer):
        """Return the gradient that was written down for this pair."""
        return self._row(input_layer, target_layer)[1].copy()

    def _row(self, input_layer, target_layer):
        for features, target, loss, diff in self._rows:
            if np.array_equal(features, input_layer) and np.array_equal(target, target_layer):
                return loss, diff
        raise ValueError("a loss compares features of the picture with the goal's, in the same layer: these are others")


class RecordedNet:
    """A network whose features for one picture were written down, and whose way down is linear."""

    def __init__(self, image, names: Sequence[str], features, probes, patterns) -> None:
        """`features`, `probes`, `patterns` have a row for each of `names`."""
        self._image = image
        self._rows = {name: row for name, *row in zip(names, features, probes, patterns, strict=True)}

    def forward(self, input_image, layer_list):
        """Return the features that were written down, shifted if this is another picture."""
        shift = np.mean(np.asarray(input_image) - self._image)
        return {name: self._rows[name][0] + shift for name in layer_list}

    def backward(self, dloss, layer_name):
        """Return a picture that grows with dloss: the layer's pattern times a weighted sum."""
        _, probe, pattern = self._rows[layer_name]
        return np.sum(dloss * probe) * pattern

    def backward_all(self, dlosses):
        """Return the sum of several."""
        return sum(self.backward(dloss, name) for name, dloss in dlosses.items())

    backward_once = backward_all


class PlainStep:
    """An optimizer that goes straight down and counts its steps."""

    def __init__(self, lr: float) -> None:
        """`lr` is the step length."""
        self.lr, self.updates = lr, 0

    def update(self, input, grad):
        """Return the next input."""
        self.updates += 1
        return input - self.lr * grad
