"""Lab 6's inputs on mixed precision, drawn so that every mistake in misconceptions/ shows on every draw.

Sizes are drawn as well as values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import mixed_oracles as oracles
import numpy as np

from aics import data
from autograder.course.counted import WeightedSums
from autograder.course.question import Case

# Numbers


def _more(rng: np.random.Generator, size: int, most: int = 2) -> int:
    """A size that may be larger by up to `most`; 1 stays 1."""
    return size + int(rng.integers(0, most + 1)) * (size > 1)


def _signed(rng: np.random.Generator, low: float, high: float, shape: tuple[int, ...]) -> np.ndarray:
    """Numbers whose sizes are spread evenly over the exponents from 2^low to 2^high, of both signs."""
    return 2.0 ** rng.uniform(low, high, shape) * rng.choice([-1.0, 1.0], shape)


def _with(array: np.ndarray, rng: np.random.Generator, chosen: list[float]) -> np.ndarray:
    """The array as float32, with these numbers at places of their own."""
    array = array.astype(np.float32)
    array.flat[rng.choice(array.size, len(chosen), replace=False)] = chosen
    return array


#: Half way between two numbers of half precision: down to the even one, up to the even one, up to a larger exponent.
TIES = [2049.0, 2051.0, -2053.0, 4095.0]


def half_cast(rng: np.random.Generator) -> list[Case]:
    """Parameters of ordinary size, tiny ones, and some beyond the largest; layers that stay; labels."""
    label, wide = rng.integers(0, 10, 5), _more(rng, 5, 4)
    ordinary = {
        "fc1_weight": _signed(rng, -3, 0, (4, wide)).astype(np.float32),
        "fc1_bias": _with(_signed(rng, 9, 11, (1, 8)), rng, TIES),
        "norm1_weight": _signed(rng, -2, 1, (1, 6)).astype(np.float32),
        "norm1_bias": _signed(rng, -2, 1, (1, 6)),
        "norm10_weight": _signed(rng, -2, 1, (1, 6)).astype(np.float32),
        "loss": _signed(rng, -2, 1, (1, 4)),
    }
    tiny = {
        "conv1_weight": _with(_signed(rng, -22, -18, (3, wide)), rng, [2.0**-24, 2.0**-25, 1.5 * 2.0**-24, -0.0]),
        "loss_mean": _signed(rng, -22, -18, (1, 3)),
        "fc9_bias": _signed(rng, -10, -8, (1, 4)),
    }
    large = {
        "fc1_weight": _with(
            _signed(rng, 14, 15.9, (4, _more(rng, 4, 4))), rng, [65504.0, 65519.0, 65520.0, -70000.0, 1e6]
        ),
        "fc2_weight": _signed(rng, 14, 15.9, (3, 4)).astype(np.float32),
        "loss_mean": np.array([70001.0, -80003.0], np.float32),
    }
    return [
        ordinary | {"label": label, "stay": ["norm1", "loss"]},
        tiny | {"stay": ["loss"]},
        large | {"label": label[:2], "stay": ["fc2", "loss"]},
        {"conv1_weight": _signed(rng, -3, 0, (2, _more(rng, 3, 5))).astype(np.float32), "stay": []},
    ]


def half_matmul(rng: np.random.Generator) -> list[Case]:
    """Sums whose small terms half precision would lose, sums that leave its range on the way, and too large ones."""
    length, rows, columns, terms = (_more(rng, size, 5) for size in (3000, 3, 5, 64))
    long_a = rng.integers(1, 4, (rows, length)).astype(np.float16)
    long_b = rng.integers(1, 3, (length, 2)).astype(np.float16)
    large = rng.integers(200, 250, (2, 40))
    back = np.concatenate([large, -large[:, ::-1] + rng.integers(1, 4, large.shape)], axis=1).astype(np.float16)
    steady = np.repeat(rng.integers(200, 240, (1, 3)), 80, axis=0).astype(np.float16)
    plain = rng.normal(0, 1, (columns, terms)).astype(np.float16), rng.normal(0, 1, (terms, 7)).astype(np.float16)
    beyond = np.array([[250.0, 240.0], [3.0, 2.0]], np.float16), rng.integers(180, 250, (2, 3)).astype(np.float16)
    small = (_signed(rng, -9, -8, (4, 300)).astype(np.float16), _signed(rng, -13, -12, (300, 3)).astype(np.float16))
    pairs = [plain, (long_a, long_b), (back, steady), beyond, small]
    return [{"a": a, "b": b} for a, b in pairs]


def timed_matmul(rng: np.random.Generator) -> Case:
    """Long sums: 128 x 768 times 768 x 128, 200 kB each in half precision."""
    a, b = rng.normal(0, 1, (2, 128, 768)).astype(np.float16)
    return {"a": a, "b": b.T.copy()}


#: Just at a limit of half precision, and just beside it.
LEAST = [2.0**-24, 2.0**-25, 2.0**-25 * (1 + 2.0**-20), 2.0**-25 * (1 - 2.0**-20), -(2.0**-25), -(2.0**-26), 0.0, -0.0]
FULL = [2.0**-14, 2.0**-14 - 2.0**-24, -(2.0**-14 - 2.0**-26), 2.0**-15]
LARGEST = [65504.0, 65519.0, 65520.0, -65520.0, -1e9, 60000.0]


def underflow(rng: np.random.Generator) -> list[Case]:
    """Gradients over many exponents, with the numbers at each limit."""
    return [
        {"gradient": _with(_signed(rng, -34, -8, (_more(rng, 5), 8)), rng, LEAST)},
        {"gradient": _with(_signed(rng, -26, -10, (2, _more(rng, 3), 4, 2)), rng, FULL)},
        {"gradient": _with(_signed(rng, 10, 20, (_more(rng, 30, 6),)), rng, LARGEST)},
    ]


# What stays exact

#: (size of the weights, steps, exponents of the gradients, step length): steps that half weights would not feel, steps
#: that half products would lose, and one large step
MASTERS = [((-1, 1), 60, (-11, -9), 0.05), ((-11, -9), 75, (-15, -13), 5e-4), ((-2, 1), 1, (-1, 1), 0.5)]


def master_weights(rng: np.random.Generator) -> list[Case]:
    """Gradients that keep their direction, so that many small steps come far."""
    cases = []
    for (low, high), steps, (small, large), lr in MASTERS:
        shape = _more(rng, 3, 4), _more(rng, 4, 4)
        direction = rng.choice([-1.0, 1.0], shape)
        gradients = 2.0 ** rng.uniform(small, large, (steps, *shape)) * direction
        master = _signed(rng, low, high, shape).astype(np.float32)
        cases.append({"master": master, "gradients": gradients.astype(np.float16), "lr": lr})
    return cases


#: (exponents of top_diff, scale, exponents of what the layers kept): nothing survives unscaled; top_diff survives
#: and the gradients do not; one of two gradients is too large
SCALINGS = [
    ((-30, -27), 2.0**15, (-2, 1), (-3, 0)),
    ((-18, -16), 2.0**10, (-13, -11), (-1, 1)),
    ((-8, -7), 2.0**14, (10, 11), (-4, -2)),
]


def loss_scaling(rng: np.random.Generator) -> list[Case]:
    """What comes down into a network, and what two of its layers kept."""
    cases = []
    for diff, scale, first, second in SCALINGS:
        rows = _more(rng, 6, 8)
        case = {"top_diff": _signed(rng, *diff, (rows, 3)).astype(np.float32), "scale": scale}
        kept = 2.0 ** rng.uniform(*first, (rows, 4)), 2.0 ** rng.uniform(*second, (rows, 2))
        cases.append(case | dict(zip(("fc1_weight", "fc2_weight"), (k.astype(np.float32) for k in kept), strict=True)))
    return cases


@dataclass(frozen=True, kw_only=True)
class BackwardPasses(WeightedSums):
    """A network's gradients in half, as many as it has rows, of top_diff's shape."""

    def computed(self, name: str, *arrays: np.ndarray) -> np.ndarray:
        """Return the gradients. Raises ValueError where top_diff has another shape, or no real numbers."""
        with np.errstate(over="ignore"):
            return super().computed(name, *arrays).astype(np.float16)

    def note(self, _name: str, *arrays: np.ndarray) -> Sequence[np.ndarray]:
        """What was handed in."""
        return arrays

    def notes(self, noted: Sequence[np.ndarray]) -> np.ndarray:
        """What was handed in, call by call."""
        return np.array(noted)


def loss_scaling_counted(rng: np.random.Generator) -> list[Case]:
    """One of these cases in which the grader computes for the network, so that it counts the calls."""
    case = loss_scaling(rng)[0]
    passes = BackwardPasses(
        seed=int(rng.integers(1 << 62)),
        names=("backward",),
        shape=case["top_diff"].shape,
        rows=2,
        noted="handed to net.backward",
    )
    return [case | {"counted": passes}]


#: (first scale, clean steps so far, interval, what happens in each step): "." nothing, i n o: an inf, a nan, a -inf,
#: b: an inf in both
SEQUENCES = [
    (2.0**15, 0, 3, ".......i......"),
    (2.0**10, 4, 5, "...no....i......."),
    (2.0**20, 1, 4, "iio..n......."),
    (2.0**12, 198, 200, ".....i.b"),
]


def dynamic_loss_scaling(rng: np.random.Generator) -> list[Case]:
    """Gradients of two parameters over some steps; numbers that are large, and finite all the same."""
    return _scalings(rng, SEQUENCES)


def dynamic_loss_scaling_mixed(rng: np.random.Generator) -> list[Case]:
    """Steps in which it is drawn what happens: no answer is known by its place, or by the scaler."""
    events = "".join(rng.permutation(list("." * 15 + "iino")))
    return _scalings(rng, [(2.0 ** int(rng.integers(9, 20)), int(rng.integers(3)), 3, events)])


def _scalings(rng: np.random.Generator, sequences: Sequence[tuple[float, int, int, str]]) -> list[Case]:
    cases = []
    for scale, clean, interval, events in sequences:
        weight, bias = rng.normal(0, 1, (len(events), _more(rng, 3), 4)), rng.normal(0, 1, (len(events), 1, 4))
        weight, bias = weight.astype(np.float32), bias.astype(np.float32)
        weight[:, 0, :2] = 3e38  # their sum would not be finite
        for step, event in enumerate(events):
            if event == "b":
                weight[step].flat[-1] = bias[step].flat[-1] = np.inf
            elif event != ".":
                (bias if step % 3 else weight)[step].flat[rng.integers(4) + 2 * (step % 3 == 0)] = float(
                    {"i": "inf", "n": "nan", "o": "-inf"}[event]
                )
        case = {"scale": scale, "clean": clean, "interval": interval}
        cases.append(case | {"fc1_bias": bias, "fc1_weight": weight})
    return cases


# Training

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
    cases = []
    for pictures, strengths, speed, scale, clean in STEPS:
        batch, inputs, hidden = _more(rng, 8), _more(rng, 6), _more(rng, 5)
        case = {"x": _signed(rng, *pictures, (batch, inputs)).astype(np.float32), "label": rng.integers(0, 4, batch)}
        case |= {"lr": 0.05, "scale": scale, "clean": clean} | _network(rng, (inputs, hidden, 4), 1.0)
        for name, strength in zip(("fc1_weight", "fc2_weight"), strengths, strict=True):
            case[name] *= np.float32(strength)
        for name in ("fc1_weight", "fc1_bias", "fc2_weight", "fc2_bias"):
            size = speed if name == "fc1_weight" else 0.1
            case[f"v_{name}"] = rng.normal(0, size, case[name].shape).astype(np.float32)
        cases.append(case | _recorded(case))
    return cases


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


#: Layers with their parameters and the numbers of a picture that each keeps for the way back.
PLANS = [
    [("fc1", 235500, 784), ("relu1", 0, 300), ("fc2", 30100, 300), ("relu2", 0, 100), ("fc3", 1010, 100)],
    [("conv1", 448, 3072), ("relu1", 0, 16384), ("pool1", 0, 16384), ("flatten", 0, 0), ("fc1", 40970, 4096)],
]


def memory(rng: np.random.Generator) -> list[Case]:
    """Known networks and one of drawn sizes, with batches of drawn sizes."""
    drawn = [(f"layer{k}", int(rng.integers(0, 9000)), int(rng.integers(100, 900))) for k in range(4)]
    cases = []
    for rows in [*PLANS, drawn]:
        names, parameters, inputs = zip(*rows, strict=True)
        case = {"names": list(names), "parameters": np.array(parameters), "inputs": np.array(inputs)}
        cases.append(case | {"batch": int(rng.integers(2, 200))})
    return cases
