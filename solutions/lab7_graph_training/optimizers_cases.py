"""Lab 7: inputs for the question on optimizers, public and hidden, drawn from a generator alone."""

from __future__ import annotations

from typing import Any

import numpy as np

#: Kind, its options (a number, or the two ends between which it is drawn), and the matrices' size.
#: Epsilons are large enough to be seen, and no learning rate is 1: at 1 several mistakes look right.
_FORMS: list[tuple[str, dict[str, Any], int]] = [
    ("GradientDescent", {"learning_rate": (0.03, 0.05)}, 3),
    ("GradientDescent", {"learning_rate": (0.08, 0.1), "decay": (0.3, 0.5)}, 2),
    ("Momentum", {"learning_rate": (0.02, 0.03), "momentum": (0.75, 0.85)}, 2),
    ("Momentum", {"learning_rate": (0.03, 0.04), "momentum": (0.65, 0.75), "decay": (0.2, 0.3)}, 3),
    ("Momentum", {"learning_rate": (0.02, 0.03), "momentum": (0.75, 0.85), "nesterov": True}, 3),
    ("Momentum", {"learning_rate": (0.03, 0.04), "momentum": (0.65, 0.75), "nesterov": True, "decay": (0.2, 0.3)}, 2),
    ("Adam", {"learning_rate": (0.04, 0.06), "beta1": (0.75, 0.8), "beta2": (0.9, 0.93), "epsilon": (0.1, 0.2)}, 2),
    ("Adam", {"learning_rate": (0.04, 0.06), "beta1": (0.85, 0.9), "beta2": (0.95, 0.97), "epsilon": 1e-3}, 3),
    ("Adadelta", {"learning_rate": (0.15, 0.2), "rho": (0.85, 0.9), "epsilon": (0.02, 0.03)}, 3),
    ("Adadelta", {"learning_rate": (0.25, 0.35), "rho": (0.75, 0.8), "epsilon": (0.02, 0.03)}, 2),
]


def optimizers(rng: np.random.Generator) -> list[dict[str, Any]]:
    """Each kind twice or more: with the assignments in a hurry from the first one on, and from the last one back."""
    return [_case(rng, *form, backwards=bool(number % 2)) for number, form in enumerate(_FORMS)]


def _case(
    rng: np.random.Generator, kind: str, options: dict[str, Any], size: int, *, backwards: bool
) -> dict[str, Any]:
    """Weights near the identity, so that every gradient depends on both, and a target that they do not reach."""
    drawn = {
        name: float(np.round(rng.uniform(*value), 4)) if isinstance(value, tuple) else value
        for name, value in options.items()
    }
    return {
        "kind": kind,
        "options": [list(pair) for pair in drawn.items()],
        "weights": (np.eye(size) + rng.uniform(-0.4, 0.4, (2, size, size))).astype(np.float32),
        "target": (2.5 * np.eye(size) + rng.uniform(-0.5, 0.5, (size, size))).astype(np.float32),
        "idle": rng.normal(size=size + 1).astype(np.float32),
        "backwards": backwards,
    }
