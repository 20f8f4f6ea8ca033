"""Lab 6's inputs on whole steps and trainings in mixed precision."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import mixed_oracles as oracles
import numpy as np
from mixed_cases import more, signed

from aics import data
from autograder.course.question import Case

#: (exponents of the pictures, strengths of both layers, size of the first velocity, scale, clean steps): an ordinary
#: step; gradients of the first layer that vanish unscaled, and weights so small that their step shows all the same; a
#: scale that is too large; the step before a larger scale
STEPS = [
    ((-1, 1), (1.0, 1.0), 2.0**-2, 2.0**10, 7),
    ((-13, -11), (2.0**-22, 2.0**-8), 2.0**-26, 2.0**12, 0),
    ((2, 4), (1.0, 1.0), 2.0, 2.0**21, 150),
    ((-2, 1), (1.0, 1.0), 2.0**-2, 2.0**8, 199),
]


def mixed_train_step(rng: np.random.Generator) -> list[Case]:
    """A network of some 6, 5 and 4 numbers in the middle of a training, and a batch."""
    return [next(filter(_decided, _steps(rng, *step))) for step in STEPS]


def _steps(rng: np.random.Generator, pictures, strengths, speed, scale, clean) -> Iterator[Case]:
    """Step after step of this kind."""
    while True:
        batch, inputs, hidden = more(rng, 8), more(rng, 6), more(rng, 5)
        case = {"x": signed(rng, *pictures, (batch, inputs)).astype(np.float32), "label": rng.integers(0, 4, batch)}
        case |= {"lr": 0.05, "scale": scale, "clean": clean} | _network(rng, (inputs, hidden, 4), 1.0)
        for name, strength in zip(("fc1_weight", "fc2_weight"), strengths, strict=True):
            case[name] *= np.float32(strength)
        for name in ("fc1_weight", "fc1_bias", "fc2_weight", "fc2_bias"):
            size = speed if name == "fc1_weight" else 0.1
            case[f"v_{name}"] = rng.normal(0, size, case[name].shape).astype(np.float32)
        yield case | _recorded(case)


#: The least probability of a label: float32 keeps all its digits down to 2**-126, and none below 2**-149.
LEAST = 2.0**-100


def _decided(case: Case) -> bool:
    """Whether float32 has the loss, and no last bit of its gradient decides how that is rounded to half."""
    params, _ = oracles.in_double({name: array for name, array in case.items() if name[:2] == "fc"})
    prob = oracles.softmax(oracles.scored(params, case["x"].astype(np.float64))[2])
    told = prob[np.arange(len(prob)), case["label"]].min() >= LEAST
    return bool(told) and oracles.stays_when_rounded(oracles.top_of(prob, case["label"], case["scale"]))


def _network(rng: np.random.Generator, sizes: tuple[int, ...], strength: float) -> Case:
    """Parameters of two layers; `strength` 1 keeps the size of the signal."""
    params = {}
    for place, (before, after) in enumerate(pairwise(sizes), 1):
        weight = rng.normal(0, strength * np.sqrt(2 / before), (before, after))
        params |= {f"fc{place}_weight": weight, f"fc{place}_bias": rng.uniform(0, 0.2 * strength, (1, after))}
    return {name: array.astype(np.float32) for name, array in params.items()}


def _recorded(case: Case) -> Case:
    """What half_cast, scaled_gradients and adjust_scale answer in this step."""
    params, _ = oracles.in_double({name: array for name, array in case.items() if name[:2] == "fc"})
    _, slopes = oracles.passed_back(params, case["x"].astype(np.float64), case["label"], case["scale"])
    fine = all(np.isfinite(slope).all() for slope in slopes.values())
    grown = case["clean"] == 199
    scale = case["scale"] * (2 if grown else 1) if fine else case["scale"] / 2
    halves = np.concatenate([params[name].ravel() for name in sorted(params)]).astype(np.float16)
    gradients = np.concatenate([slopes[name].ravel() for name in sorted(slopes)]).astype(np.float32)
    after = [scale, 0 if grown or not fine else case["clean"] + 1, fine]
    return {"gradients": gradients, "halves": halves, "next_scaler": after}


@lru_cache
def digits() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """The embedded digits in 10 x 10: the middle of each, every four pixels averaged; (N, 100) bytes and labels."""
    found = {}
    for split in ("train", "test"):
        pictures, labels = data.mnist(split)
        middle = pictures[:, 4:24, 4:24].reshape(-1, 10, 2, 10, 2).mean(axis=(2, 4))
        found[split] = np.rint(middle).astype(np.uint8).reshape(-1, 100), labels
    return found


#: (first scale, share of this piece, steps): a scale that is too large at first; one that grows after 200 steps
RUNS = [(2.0**27, 2.0**-13, 120), (2.0**15, 2.0**-16, 220)]


def mixed_training(rng: np.random.Generator) -> list[Case]:
    """Small digits, and a piece of a large batch: its own gradients vanish unscaled."""
    cases = []
    for scale, share, steps in RUNS:
        (pictures, labels), (unseen, answers) = digits().values()
        some, others = rng.choice(len(pictures), 500, replace=False), rng.choice(len(unseen), 500, replace=False)
        case = {"pictures": pictures[some], "labels": labels[some]}
        case |= {"unseen": unseen[others], "answers": answers[others]}
        case |= {"steps": steps, "batch": 50, "lr": 0.03 / share, "scale": scale, "share": share}
        cases.append(case | _network(rng, (100, 16, 10), 0.5))
    return cases
