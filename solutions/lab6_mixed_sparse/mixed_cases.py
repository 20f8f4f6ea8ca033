"""Lab 6's inputs on mixed precision, drawn so that every mistake in misconceptions/ shows on every draw.

Sizes are drawn as well as values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.course.counted import WeightedSums
from autograder.course.question import Case

# Numbers


def more(rng: np.random.Generator, size: int, most: int = 2) -> int:
    """A size that may be larger by up to `most`; 1 stays 1."""
    return size + int(rng.integers(0, most + 1)) * (size > 1)


def signed(rng: np.random.Generator, low: float, high: float, shape: tuple[int, ...]) -> np.ndarray:
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
    label, wide = rng.integers(0, 10, 5), more(rng, 5, 4)
    ordinary = {
        "fc1_weight": signed(rng, -3, 0, (4, wide)).astype(np.float32),
        "fc1_bias": _with(signed(rng, 9, 11, (1, 8)), rng, TIES),
        "norm1_weight": signed(rng, -2, 1, (1, 6)).astype(np.float32),
        "norm1_bias": signed(rng, -2, 1, (1, 6)),
        "norm10_weight": signed(rng, -2, 1, (1, 6)).astype(np.float32),
        "loss": signed(rng, -2, 1, (1, 4)),
    }
    tiny = {
        "conv1_weight": _with(signed(rng, -22, -18, (3, wide)), rng, [2.0**-24, 2.0**-25, 1.5 * 2.0**-24, -0.0]),
        "loss_mean": signed(rng, -22, -18, (1, 3)),
        "fc9_bias": signed(rng, -10, -8, (1, 4)),
    }
    large = {
        "fc1_weight": _with(
            signed(rng, 14, 15.9, (4, more(rng, 4, 4))), rng, [65504.0, 65519.0, 65520.0, -70000.0, 1e6]
        ),
        "fc2_weight": signed(rng, 14, 15.9, (3, 4)).astype(np.float32),
        "loss_mean": np.array([70001.0, -80003.0], np.float32),
    }
    return [
        ordinary | {"label": label, "stay": ["norm1", "loss"]},
        tiny | {"stay": ["loss"]},
        large | {"label": label[:2], "stay": ["fc2", "loss"]},
        {"conv1_weight": signed(rng, -3, 0, (2, more(rng, 3, 5))).astype(np.float32), "stay": []},
    ]


def half_matmul(rng: np.random.Generator) -> list[Case]:
    """Sums whose small terms half precision would lose, sums that leave its range on the way, and too large ones."""
    length, rows, columns, terms = (more(rng, size, 5) for size in (3000, 3, 5, 64))
    long_a = rng.integers(1, 4, (rows, length)).astype(np.float16)
    long_b = rng.integers(1, 3, (length, 2)).astype(np.float16)
    large = rng.integers(200, 250, (2, 40))
    back = np.concatenate([large, -large[:, ::-1] + rng.integers(1, 4, large.shape)], axis=1).astype(np.float16)
    steady = np.repeat(rng.integers(200, 240, (1, 3)), 80, axis=0).astype(np.float16)
    plain = rng.normal(0, 1, (columns, terms)).astype(np.float16), rng.normal(0, 1, (terms, 7)).astype(np.float16)
    beyond = np.array([[250.0, 240.0], [3.0, 2.0]], np.float16), rng.integers(180, 250, (2, 3)).astype(np.float16)
    pairs = [plain, (long_a, long_b), (back, steady), beyond, next(_small_products(rng))]
    return [{"a": a, "b": b} for a, b in pairs]


def _small_products(rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs whose products are subnormal: there a step of half precision is some per cent, so no sum lies half way."""
    while True:
        a = signed(rng, -9, -8, (4, 300)).astype(np.float16)
        b = signed(rng, -13, -12, (300, 3)).astype(np.float16)
        steps = np.abs(a.astype(np.float64) @ b.astype(np.float64)) * 2.0**24
        if np.all(np.abs(steps % 1 - 0.5) > 0.002):
            yield a, b


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
        {"gradient": _with(signed(rng, -34, -8, (more(rng, 5), 8)), rng, LEAST)},
        {"gradient": _with(signed(rng, -26, -10, (2, more(rng, 3), 4, 2)), rng, FULL)},
        {"gradient": _with(signed(rng, 10, 20, (more(rng, 30, 6),)), rng, LARGEST)},
    ]


# What stays exact

#: (size of the weights, steps, exponents of the gradients, step length): steps that half weights would not feel, steps
#: that half products would lose, and one large step
MASTERS = [((-1, 1), 60, (-11, -9), 0.05), ((-11, -9), 75, (-15, -13), 5e-4), ((-2, 1), 1, (-1, 1), 0.5)]


def master_weights(rng: np.random.Generator) -> list[Case]:
    """Gradients that keep their direction, so that many small steps come far."""
    cases = []
    for (low, high), steps, (small, large), lr in MASTERS:
        shape = more(rng, 3, 4), more(rng, 4, 4)
        direction = rng.choice([-1.0, 1.0], shape)
        gradients = 2.0 ** rng.uniform(small, large, (steps, *shape)) * direction
        master = signed(rng, low, high, shape).astype(np.float32)
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
        rows = more(rng, 6, 8)
        case = {"top_diff": signed(rng, *diff, (rows, 3)).astype(np.float32), "scale": scale}
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
        weight, bias = rng.normal(0, 1, (len(events), more(rng, 3), 4)), rng.normal(0, 1, (len(events), 1, 4))
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
