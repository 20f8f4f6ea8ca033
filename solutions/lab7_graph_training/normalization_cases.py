"""Lab 7's inputs on batch normalization and the LSTM, drawn so that every mistake shows on every draw."""

from __future__ import annotations

import numpy as np

from autograder.course.question import Case

#: Names of the layer, one for each case.
_NAMES = ("bn", "bn1", "norm", "conv2_bn")


def batch_norm(rng: np.random.Generator) -> list[Case]:
    """Matrices and feature maps forward, in both modes; then the same backward."""
    forward = [("forward, (N, C)", (6, 3)), ("forward, (N, C, H, W)", (3, 2, 4, 5))]
    backward = [("gradients, (N, C)", (5, 4)), ("gradients, (N, C, H, W)", (2, 3, 3, 2))]
    return [_layer(rng, about, shape) for about, shape in forward + backward]


def batch_norm_elsewhere(rng: np.random.Generator) -> list[Case]:
    """Other sizes."""
    forms = [
        ("forward, (N, C)", (4, 5)),
        ("forward, (N, C, H, W)", (2, 4, 2, 3)),
        ("gradients, (N, C, H, W)", (4, 2, 2, 3)),
    ]
    return [_layer(rng, about, shape) for about, shape in forms]


def _layer(rng: np.random.Generator, about: str, shape: tuple[int, ...]) -> Case:
    """Batches whose channels lie apart and are of different width, each around means of its own; one more for use.

    No statistic is near 0 or 1, and each batch's differs from the others', so that each shows where it is taken for
    another.
    """
    count, channels, *_ = shape
    around = (1, channels, *[1] * (len(shape) - 2))
    means = rng.permutation(np.linspace(1.5, 3.5, channels)) * rng.choice([-1, 1], channels)
    widths = rng.permutation(np.linspace(0.4, 0.8, channels))
    spread = np.array([1.0, 2.2, 1.5])  # of the three batches
    rows = [means.reshape(around) + wide * widths.reshape(around) * _standard(rng, shape) for wide in spread]
    use = means.reshape(around) + 1 + widths.reshape(around) * _standard(rng, (count + 1, *shape[1:]))
    return {
        "about": about,
        "batches": np.array(rows, np.float32),
        "at_use": use.astype(np.float32),
        "gamma": _signed(rng, channels, 1.3, 2.5),
        "beta": _signed(rng, channels, 0.5, 1.5),
        "dy": (1 + 2 * rng.normal(size=shape) + 1.5 * (rows[0] - means.reshape(around))).astype(np.float32),
        "momentum": float(rng.choice([0.6, 0.7, 0.8])),
        "epsilon": float(rng.choice([0.05, 0.1, 0.2])),
        "name": str(rng.choice(_NAMES)),
    }


def _standard(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Draws whose mean is near 0 and whose deviation is 1 in each channel, and not at each place of it."""
    draws = rng.normal(size=shape)
    others = (0, *range(2, len(shape)))
    draws = (draws - draws.mean(others, keepdims=True)) / draws.std(others, keepdims=True)
    return draws + 0.1 * rng.choice([-1, 1], (1, shape[1], *[1] * (len(shape) - 2)))


def _signed(rng: np.random.Generator, count: int, low: float, high: float) -> np.ndarray:
    return (rng.uniform(low, high, count) * rng.choice([-1, 1], count)).astype(np.float32)


def lstm(rng: np.random.Generator) -> list[Case]:
    """One step, from a state that is not 0; then some in a chain, with a gradient at each of them."""
    return [_chain(rng, "one step", 1, 3, 4, 2), _chain(rng, "a chain of steps", 4, 2, 3, 3)]


def lstm_elsewhere(rng: np.random.Generator) -> list[Case]:
    """Other sizes; more hidden units than inputs, and fewer."""
    return [_chain(rng, "one step", 1, 2, 2, 5), _chain(rng, "a chain of steps", 3, 4, 5, 2)]


def _chain(rng: np.random.Generator, about: str, steps: int, count: int, inputs: int, hidden: int) -> Case:
    shapes = {
        "x": (steps, count, inputs),
        "h": (count, hidden),
        "c": (count, hidden),
        "weight": (inputs + hidden, 4 * hidden),
        "bias": (4 * hidden,),
        "dh": (steps, count, hidden),
        "dc": (count, hidden),
    }
    drawn = {
        name: rng.permuted(np.linspace(-1, 1, int(np.prod(shape)))).reshape(shape) for name, shape in shapes.items()
    }
    return {"about": about, **{name: array.astype(np.float32) for name, array in drawn.items()}}
