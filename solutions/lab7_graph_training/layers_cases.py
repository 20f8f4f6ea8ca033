"""Lab 7's inputs for layers and networks, drawn so that every mistake in misconceptions/ shows on every draw."""

from __future__ import annotations

import numpy as np

from autograder.course.question import Case

_NAMES = ("hidden", "first", "dense", "second", "top", "inner")
_SCOPES = ("tower", "reader", "left", "model")
#: No activation of the question's; each is near one, or is an operator.
_UNKNOWN = ("sigmiod", "Sqrt", "swish", "softmax")


def full_layer(rng: np.random.Generator) -> list[Case]:
    """Stacks of layers with each activation, alone and in a scope; the defaults; softmax regression; a refusal."""
    a, b, c, d = rng.choice(_NAMES, 4, replace=False).tolist()
    unknown, scope = str(rng.choice(_UNKNOWN)), str(rng.choice(_SCOPES))
    five, seven = sorted(rng.choice(range(5, 9), 2, replace=False).tolist())
    return [
        _case(rng, "two layers", (4, seven), layers=[[a, five, "relu"], [b, 3, None]]),
        _case(rng, "two layers in a scope", (3, five), scope=scope, layers=[[c, seven, "sigmoid"], [d, 4, "tanh"]]),
        _case(rng, "one name twice: the variables are shared", (3, 5), layers=[[b, 5, None], [b, 5, "sigmoid"]]),
        _case(rng, "units and nothing else", (5, seven), layers=[[None, 3, None]]),
        _case(rng, "softmax regression", (five, 9), labels=_one_hot(rng, five)),
        _case(
            rng,
            "an activation that is none",
            (2, 4),
            layers=[[a, 3, unknown]],
            names=["sigmoid", "relu", "tanh", unknown],
        ),
    ]


def mnist_cnn(rng: np.random.Generator) -> list[Case]:
    """Two batches of strokes that nobody can read, and their labels."""
    return [_read(rng, count) for count in (2, 3)]


def mnist_cnn_more(rng: np.random.Generator) -> list[Case]:
    """A batch of another size."""
    return [_read(rng, int(rng.integers(4, 7)))]


def _read(rng: np.random.Generator, count: int) -> Case:
    return {"images": _strokes(rng, count), "labels": _one_hot(rng, count), "seed": int(rng.integers(1, 10**6))}


def _case(rng: np.random.Generator, about: str, shape: tuple[int, int], **rest: object) -> Case:
    """Numbers of both signs, and the seed of the variables' values."""
    return {"about": about, "x": rng.normal(size=shape).astype(np.float32), "seed": int(rng.integers(1, 10**6)), **rest}


def _one_hot(rng: np.random.Generator, count: int) -> np.ndarray:
    return np.eye(10, dtype=np.float32)[rng.permutation(10)[:count]]


def _strokes(rng: np.random.Generator, count: int) -> np.ndarray:
    """Black, grey and white, a quarter of the pixels inked."""
    inked = rng.random((count, 1, 28, 28)) < 0.25
    return (inked * rng.integers(1, 5, inked.shape) / 4).astype(np.float32)
