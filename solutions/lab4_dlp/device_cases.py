"""The device's inputs, drawn so that every mistake in misconceptions/ shows on every draw; sizes as well as values."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from aics.data.vgg19 import weight_shapes
from autograder.course.question import Case

# Sizes


def _more(rng: np.random.Generator, size: int, most: int = 2) -> int:
    """A size that may be larger by up to `most`; 1 stays 1."""
    return size + int(rng.integers(0, most + 1)) * (size > 1)


# Numbers

#: (shape, bits): one value, a map, a batch
RANGES = [((2, 3, 4), 8), ((5,), 8), ((1,), 8), ((3, 3), 4), ((4, 2), 2), ((7,), 6)]


def quant_param(rng: np.random.Generator) -> list[Case]:
    """Ranges well between two powers of two, some exactly on one, nothing but zeros, and both ends.

    The largest magnitude is negative in most, and stands anywhere.
    """
    cases = []
    for i, (power, (shape, bits)) in enumerate(zip(rng.permutation([-9, -4, -1, 2, 5, 11]), RANGES, strict=True)):
        below = (0.1, 0.55)[i % 2] + rng.uniform(0, 0.35)  # nearer to the power above, nearer to the one below
        largest = (2.0 ** (bits - 1) - 1) * 2.0 ** (power - below)
        shape = (_more(rng, shape[0]), *shape[1:])
        cases.append({"x": _reaching(rng, shape, -largest), "bits": bits})
    exact = 127 * 2.0 ** rng.choice([-6, 3, 7])
    cases.append({"x": _reaching(rng, (2, 5), exact), "bits": 8})
    cases.append({"x": np.zeros((3, 2)), "bits": 8})
    for largest in (rng.uniform(1, 2) * 1e14, -rng.uniform(1, 2) * 1e-12):
        cases.append({"x": _reaching(rng, (4,), largest), "bits": 8})
    return cases


def _reaching(rng, shape, largest: float) -> np.ndarray:
    """Numbers of which one is `largest`; the others reach to half of it, on both sides of 0."""
    x = rng.uniform(-0.5, 0.5, shape) * abs(largest)
    x.flat[rng.integers(x.size)] = largest
    return x


def quantize(rng: np.random.Generator) -> list[Case]:
    """Numbers well beside the halves, beyond both ends and beyond int8's, and exactly on the halves."""
    cases = []
    for (shape, bits), position in zip(RANGES[:2] + RANGES[3:], rng.permutation([-3, -7, 4, 2, 0]), strict=True):
        scale, shape = float(rng.uniform(1.2, 1.8)), (_more(rng, shape[0]), *shape[1:])
        levels = np.array(
            [-(2 ** (bits - 1)) - 3, -(2 ** (bits - 1)), 2 ** (bits - 1) - 1, 2 ** (bits - 1) + 2, 133, 0]
        )
        q = np.resize(np.concatenate([levels, rng.integers(levels[1], levels[2] + 1, 60)]), shape)
        beside = rng.uniform(0.1, 0.4, shape) * rng.choice([-1, 1], shape)
        beside.flat[:2] = 0.3, -0.3  # both ways beyond the lower end
        x = ((q + beside) * 2.0**position / scale).astype(np.float32)
        cases.append({"x": x, "position": int(position), "scale": scale, "bits": bits})
    halves = np.concatenate([np.arange(-7, 8), rng.permutation(np.arange(-120, 120))[:9]]) + 0.5
    cases.append({"x": (halves * 4).astype(np.float32).reshape(4, 6), "position": 2, "scale": 1.0, "bits": 8})
    beyond = np.array([[-1e6, 1e6, -200.0, 200.0, 130.6, -130.6]], np.float32)
    cases.append({"x": beyond, "position": 0, "scale": 1.0, "bits": 8})
    return cases


#: (N, Cin, Cout, K, H, W, stride, pad): no two sizes alike where that could hide a mistake
CONVOLUTIONS = [(1, 6, 2, 3, 7, 10, 1, 1), (2, 3, 4, 2, 6, 9, 2, 0), (1, 5, 3, 3, 8, 6, 2, 2)]


def int8_conv(rng: np.random.Generator) -> list[Case]:
    """Sums far beyond 16 bits and beyond FP16's range; then a large bias that the sums nearly take back."""
    return [*(_int8_case(rng, *sizes) for sizes in CONVOLUTIONS), _balanced(rng)]


def int8_conv_wide_padding(rng: np.random.Generator) -> list[Case]:
    """More padding than a step is wide, on all four sides."""
    return [_int8_case(rng, 1, 2, 2, 3, 5, 6, 1, 2)]


def _int8_case(rng, n, inputs, outputs, size, height, width, stride, pad) -> Case:
    height, width = height + 3 * stride * int(rng.integers(0, 2)), width + stride * int(rng.integers(0, 2))
    n, outputs = _more(rng, n), outputs + 5 * int(rng.integers(0, 2))
    x = rng.integers(20, 128, (n, inputs, height, width), dtype=np.int8)
    x[rng.random(x.shape) < 0.2] = 0  # as after a ReLU
    weight = rng.integers(-60, 128, (outputs, inputs, size, size), dtype=np.int8)
    scales = rng.uniform(1.2, 1.8, 2).tolist()
    positions = [int(rng.integers(2, 5)), int(-rng.integers(10, 13))]
    bias = rng.uniform(100, 200, outputs).astype(np.float32)
    pairs = {"input_pair": [positions[0], scales[0]], "weight_pair": [positions[1], scales[1]]}
    return {"x": x, "weight": weight, "bias": bias, "stride": stride, "pad": pad, **pairs}


def _balanced(rng: np.random.Generator) -> Case:
    """One channel is constant, and the bias takes it back: what is left is small, but for FP16's rounding of the bias.

    FP16 numbers from 512 to 1024 lie 0.5 apart; these biases lie 0.2 beside one.
    """
    x = rng.integers(-5, 6, (1, 3, 6, 5), dtype=np.int8)
    weight = rng.integers(-5, 6, (2, 3, 2, 2), dtype=np.int8)
    x[:, 0], weight[:, 0] = 100, -rng.integers(40, 46, (2, 1, 1))
    step = 0.05
    sums = 100 * 4 * weight[:, 0, 0, 0].astype(np.float64)
    bias = (np.round(-sums * step) + 0.2).astype(np.float32)
    pairs = {"input_pair": [1, 1.25], "weight_pair": [-5, 1.0]}  # 2**-4 / 1.25 = 0.05
    return {"x": x, "weight": weight, "bias": bias, "stride": 1, "pad": 0, **pairs}


# The network

#: The published VGG19.
OFFICIAL = {
    "channels": [64, 128, 256, 512, 512],
    "hidden": [4096, 4096],
    "classes": 1000,
    "image_size": 224,
    "kernel_size": 3,
}


def _pairs(rng: np.random.Generator) -> np.ndarray:
    """Position, scale, position, scale ... of 19 layers; no two scales are alike."""
    scales = 1 + rng.permutation(np.arange(1, 20)) / 20 + rng.uniform(0, 0.04, 19).round(4)
    return np.stack([rng.integers(-9, 10, 19), scales], axis=1).ravel()


def build_vgg19(rng: np.random.Generator) -> list[Case]:
    """Widths all different, and windows of 5 x 5, whose padding is no 1; then the published sizes."""
    *channels, six, seven, classes = rng.permutation(np.arange(4, 20, 2) + rng.integers(2)).tolist()
    odd = {"channels": channels, "hidden": [six, seven], "classes": classes, "image_size": 96, "kernel_size": 5}
    return [{**sizes, "input": _pairs(rng), "filter": _pairs(rng)} for sizes in (odd, OFFICIAL)]


def published_sizes(rng: np.random.Generator) -> list[Case]:
    """The published sizes alone, which the original course's files write out."""
    return build_vgg19(rng)[1:]


def second_edition(draw: Callable[[np.random.Generator], list[Case]]) -> Callable[[np.random.Generator], list[Case]]:
    """The same cases, for the card of the original course's second edition."""
    return lambda rng: [{**case, "edition": 2} for case in draw(rng)]


#: Channels, hidden and classes all alike, and 3x3 positions: only values tell a wrong order.
ALL_ALIKE = ([3, 3, 3, 3, 3], [3, 3], 3, 96)


def load_params(rng: np.random.Generator) -> list[Case]:
    """Files in which no number occurs twice, so that each that goes astray shows: all sizes different, and alike."""
    *widths, six, seven, outputs = rng.permutation(np.arange(2, 10)).tolist()
    cases = []
    for channels, hidden, classes, image_size in [(widths, [six, seven], outputs, 64), ALL_ALIKE]:
        sizes = weight_shapes(channels, hidden, classes, image_size)
        shapes = [[name, list(shape)] for name, shape in sizes.items()]
        count = sum(int(np.prod(shape)) + shape[-1] for _, shape in shapes)
        numbers = (rng.permutation(count) / 8).astype(np.float32)
        mean = (100 + 12 * rng.permutation(3) + rng.uniform(0, 4, 3)).round(3).tolist()
        row = {"shapes": shapes, "numbers": numbers, "mean": mean, "image_size": image_size}
        cases.append(row | {"pairs": _pairs(rng)})
    return cases


def load_own_names(rng: np.random.Generator) -> list[Case]:
    """The same for the original course's files, whose own build_model says what the layers are called."""
    return [{**case, "own_names": True} for case in load_params(rng)]


def top5(rng: np.random.Generator) -> list[Case]:
    """Every place among seven classes; then equal numbers among the first five, as FP16 makes them."""
    return [_ranked(rng, 7, np.arange(7)), _tied(rng)]


def top5_mixed(rng: np.random.Generator) -> list[Case]:
    """More classes, their last place too, and more rows, in an order that is drawn: no answer is known by its place."""
    classes = _more(rng, 9, 12)
    return [_ranked(rng, classes, rng.permutation(np.repeat([*range(7), classes - 1], 2)))]


def apart(rng: np.random.Generator) -> list[Case]:
    """No equal numbers: the original course's own lines look a class up by its number."""
    return top5(rng)[:1]


def _ranked(rng: np.random.Generator, classes: int, places: np.ndarray) -> Case:
    """A photo for each place: its label stands there among the classes, of which no two are equally probable."""
    orders = np.stack([rng.permutation(classes) for _ in places])
    prob = np.zeros(orders.shape)
    np.put_along_axis(prob, orders, 0.4 * 0.6 ** np.arange(classes), axis=1)
    return {"prob": prob, "labels": orders[np.arange(len(places)), places]}


def _tied(rng: np.random.Generator) -> Case:
    """Second and third place are equal, then third and fourth and fifth; each label stands behind its equals."""
    classes = _more(rng, 8, 12)
    ranked = [[0.5, 0.2, 0.2, 0.06, 0.03, 0.01], [0.4, 0.3, 0.1, 0.1, 0.1, 0.0]] * 2
    prob, labels = [], []
    for row, first in zip(ranked, (1, 2, 1, 2), strict=True):
        order = rng.permutation(classes)
        order[first : (3, 5)[first - 1]].sort()
        prob.append(np.zeros(classes))
        prob[-1][order[: len(row)]] = row
        labels.append(order[(2, 4)[first - 1]])
    return {"prob": np.array(prob), "labels": np.array(labels)}
