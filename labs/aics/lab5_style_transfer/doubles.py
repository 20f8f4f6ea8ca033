"""What lab 5's asks hand to a student's transfer: losses, a network, an optimizer that answer from a case's arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.language import tr

Array = NDArray[Any]


def features_of(layers: Mapping[str, Any], x: Array) -> dict[str, Array]:
    """Run a picture through layers, one after another; the output of each by its name."""
    features = {}
    for name, layer in layers.items():
        x = features[name] = layer.forward(x)
    return features


class CountedLayer:
    """A layer whose outputs someone else computes, and counts."""

    def __init__(self, name: str, compute: Callable[..., Array]) -> None:
        """``compute(name, input)`` gives the outputs, along a further first axis."""
        self._name, self._compute = name, compute

    def forward(self, input: Array) -> Array:
        """Return the layer's output."""
        output: Array = self._compute(self._name, input)[0]
        return output


class RecordedLoss:
    """A loss layer that knows its answer for some pairs of features.

    The second of a pair goes by any name, since each loss layer of the notebook has its own for it.
    """

    def __init__(self, features: Sequence[Array], targets: Array, losses: Array, diffs: Array) -> None:
        """Take note of pairs, their losses and gradients, all in the same order."""
        self._rows = list(zip(features, targets, losses, diffs, strict=True))

    def forward(self, input_layer: Array, *target: Array, **by_name: Array) -> float:
        """Return the loss that was written down for this pair."""
        return self._row(input_layer, *target, *by_name.values())[0]

    def backward(self, input_layer: Array, *target: Array, **by_name: Array) -> Array:
        """Return the gradient that was written down for this pair."""
        return self._row(input_layer, *target, *by_name.values())[1].copy()

    def _row(self, input_layer: Array, target_layer: Array) -> tuple[float, Array]:
        for features, target, loss, diff in self._rows:
            if np.array_equal(features, input_layer) and np.array_equal(target, target_layer):
                return loss, diff
        raise ValueError(
            tr("a loss compares features of the picture with the goal's, in the same layer: these are others")
        )


class RecordedNet:
    """A network whose features for one picture were written down, and whose backward pass is linear."""

    def __init__(self, image: Array, names: Sequence[str], features: Array, probes: Array, patterns: Array) -> None:
        """`features`, `probes`, `patterns` have a row for each of `names`."""
        self._image = image
        self._rows = {name: row for name, *row in zip(names, features, probes, patterns, strict=True)}

    def forward(self, input_image: Array, layer_list: Sequence[str]) -> dict[str, Array]:
        """Return the features that were written down, shifted if this is another picture."""
        shift = np.mean(np.asarray(input_image) - self._image)
        return {name: self._rows[name][0] + shift for name in layer_list}

    def backward(self, dloss: Array, layer_name: str) -> Array:
        """Return a picture that grows with dloss: the layer's pattern times a weighted sum."""
        _, probe, pattern = self._rows[layer_name]
        picture: Array = np.sum(dloss * probe) * pattern
        return picture

    def backward_once(self, dlosses: Mapping[str, Array]) -> Array:
        """Return the sum of the pictures of several layers."""
        picture: Array = np.sum([self.backward(dloss, name) for name, dloss in dlosses.items()], axis=0)
        return picture

    backward_all = backward_once


class NotingDescent:
    """An optimizer that notes every update, and steps further in some numbers than in others.

    So do Adam and its like; whoever steps straight down the gradient without asking gets elsewhere. Every update also
    takes a quarter of the input away: one that is thrown away is not taken for one whose gradient is 0.
    """

    def __init__(self, lr: float, counted: Callable[..., Array] | None = None) -> None:
        """`lr` is the shortest step's length, unless ``counted("update", input, grad)`` gives all next inputs."""
        self.lr = lr
        self.updated: list[str] = []
        self._counted = counted

    def update(self, input: Array, grad: Array) -> Array:
        """Return the next input."""
        self.updated.append("update")
        if self._counted is not None:
            step: Array = self._counted("update", input, grad)[0]
            return step
        lengths = 1 + np.arange(grad.size).reshape(grad.shape) % 3 / 2
        return 0.75 * input - self.lr * lengths * grad
