"""Lab 7: what optimizers do, in float64, from all gradients so far and not from one step to the next.

Every mean of an optimizer is a sum over the past: a velocity is the sum of all gradients, each faded by its age.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
#: The options, all gradients of a weight up to now, and what was subtracted from it so far -> what is subtracted next.
Change = Callable[[Mapping[str, Any], Array, Array], Array]
STEPS = 20


def _faded(terms: Array, factor: float) -> Array:
    """The sum of all terms, the last one whole, each one before it times `factor` once more."""
    ages = np.arange(len(terms))[::-1]
    return np.tensordot(factor**ages, terms, axes=1)


def _rate(options: Mapping[str, Any], done: int) -> float:
    """lr / (1 + decay t) after `done` steps."""
    return float(options["learning_rate"] / (1 + options.get("decay", 0.0) * done))


def _descent(options: Mapping[str, Any], gradients: Array, _changes: Array) -> Array:
    return np.asarray(_rate(options, len(gradients) - 1) * gradients[-1])


def _momentum(options: Mapping[str, Any], gradients: Array, _changes: Array) -> Array:
    fade = options["momentum"]
    velocity = _faded(gradients, fade)
    ahead = gradients[-1] + fade * velocity if options.get("nesterov") else velocity
    return np.asarray(_rate(options, len(gradients) - 1) * ahead)


def _adam(options: Mapping[str, Any], gradients: Array, _changes: Array) -> Array:
    """Both means are weighted means of the past, with weights that add up to 1: that is what the correction does."""
    ones = np.ones(len(gradients))
    mean = _faded(gradients, options["beta1"]) / _faded(ones, options["beta1"])
    square = _faded(gradients**2, options["beta2"]) / _faded(ones, options["beta2"])
    return np.asarray(options["learning_rate"] * mean / (np.sqrt(square) + options["epsilon"]))


def _adadelta(options: Mapping[str, Any], gradients: Array, changes: Array) -> Array:
    rho, epsilon = options["rho"], options["epsilon"]
    steps = changes / options["learning_rate"]  # what the accumulator holds knows nothing of the rate
    past = (1 - rho) * _faded(steps**2, rho) if len(steps) else np.zeros_like(gradients[-1])
    size = (1 - rho) * _faded(gradients**2, rho)
    return np.asarray(options["learning_rate"] * np.sqrt((past + epsilon) / (size + epsilon)) * gradients[-1])


_CHANGES: dict[str, Change] = {
    "GradientDescent": _descent,
    "Momentum": _momentum,
    "Adam": _adam,
    "Adadelta": _adadelta,
}


def optimizers(
    *,
    kind: str,
    options: Sequence[tuple[str, Any]],
    weights: NDArray[np.floating],
    target: NDArray[np.float32],
    idle: NDArray[np.float32],
    backwards: bool,
) -> dict[str, Any]:
    """Both weights after each of 20 steps."""
    path = [weights.astype(np.float64)]
    gradients = []
    for _ in range(STEPS):
        first, last = path[-1]
        error = first @ last - target
        gradients.append(np.array([error @ last.T, first.T @ error]))
        changes = -np.diff(np.array(path), axis=0)
        path.append(path[-1] - _CHANGES[kind](dict(options), np.array(gradients), changes))
    after = np.array(path[1:])
    return {f"weight {number + 1} after each step": after[:, number] for number in range(2)} | {
        "weight without a gradient": idle.astype(np.float64)
    }
