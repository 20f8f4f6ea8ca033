"""Lab 2's questions: points, cases, oracles, tolerances and speed rules, in notebook order.

Cases are drawn so that every mistake in misconceptions/ shows on every draw: the shapes are fixed,
only the values vary. Values are small multiples of 1/8, so that float32 sums are exact and windows
often hold their maximum twice.
"""

from __future__ import annotations

import numpy as np
import oracles
from aics.rules import SpeedLimits, Tolerance

from autograder.question import Case, Question, Speed, Written

#: Packages that the student's code cannot import while it is graded.
FORBIDDEN = ("scipy",)


# Values


def _eighths(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Multiples of 1/8 in [-2, 2], float32."""
    return (rng.integers(-16, 17, shape) / 8).astype(np.float32)


def _nonzero(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Multiples of 1/8 in [-2, 2] other than 0: a gradient that goes astray always shows."""
    return (rng.integers(1, 17, shape) * rng.choice([-1, 1], shape) / 8).astype(np.float32)


def _size(size: int, kernel_size: int, stride: int, padding: int = 0) -> int:
    return (size + 2 * padding - kernel_size) // stride + 1


# Fully connected, ReLU, softmax

#: (N, in, out)
FULLY_CONNECTED = [(3, 5, 4), (1, 6, 3), (4, 4, 4), (2, 1, 5)]


def fully_connected_cases(rng: np.random.Generator) -> list[Case]:
    """Several batches, one of a single row, and a square weight (a transpose shows in values only)."""
    return [
        {"x": _eighths(rng, n, i), "weight": _nonzero(rng, i, o), "bias": _nonzero(rng, 1, o)}
        for n, i, o in FULLY_CONNECTED
    ]


def fully_connected_backward_cases(rng: np.random.Generator) -> list[Case]:
    """The same with the gradient of the output."""
    cases = fully_connected_cases(rng)
    return [case | {"top_diff": _nonzero(rng, len(case["x"]), case["bias"].size)} for case in cases]


def relu_cases(rng: np.random.Generator) -> list[Case]:
    """Matrices and feature maps; every fourth value is exactly 0, its neighbours have both signs."""
    cases = []
    for shape in [(3, 6), (1, 9), (2, 3, 4, 5)]:
        x = _nonzero(rng, *shape)
        values = x.reshape(-1)
        values[0::4] = 0
        values[1::4] = np.abs(values[1::4])
        values[2::4] = -np.abs(values[2::4])
        cases.append({"x": x, "top_diff": _nonzero(rng, *shape)})
    return cases


def softmax_cases(rng: np.random.Generator) -> list[Case]:
    """Small logits, one row alone, logits near 1000 and near -1000, and both in one batch."""
    offsets = [np.zeros((4, 1)), np.zeros((1, 1)), np.full((3, 1), 1000.0), np.full((2, 1), -1000.0)]
    offsets.append(np.array([[1000.0], [-1000.0], [0.0]]))
    cases = []
    for offset in offsets:
        n = len(offset)
        x = (_eighths(rng, n, 5) + offset).astype(np.float32)
        cases.append({"x": x, "label": rng.integers(0, 5, n)})
    return cases


# Convolution

#: (N, Cin, H, W, K, Cout, stride, padding)
CONVOLUTIONS = [
    (1, 1, 4, 5, 3, 1, 1, 0),
    (2, 3, 5, 7, 3, 4, 1, 1),
    (1, 2, 7, 6, 3, 3, 2, 0),
    (2, 3, 8, 6, 5, 2, 2, 2),
    (3, 2, 7, 9, 1, 4, 3, 0),
    (2, 4, 9, 7, 3, 4, 3, 1),
    (1, 3, 5, 5, 3, 3, 1, 1),
]


def conv_output_size_cases(rng: np.random.Generator) -> list[Case]:
    """Kernels 1, 3, 5, strides 1-3, paddings 0-2, steps that divide the room and steps that do not."""
    # (kernel, stride, padding, what is left over when the steps are taken)
    groups = [
        [(3, 1, 0, 0), (5, 1, 0, 0), (2, 2, 0, 0)],
        [(3, 1, 1, 0), (5, 1, 2, 0), (1, 1, 0, 0), (3, 2, 1, 1)],
        [(3, 2, 0, 1), (5, 3, 2, 2), (3, 3, 1, 1), (1, 2, 0, 1), (7, 2, 3, 1)],
    ]
    cases = []
    for group in groups:
        steps = rng.integers(3, 40, len(group)).tolist()
        sizes = [k - 2 * p + s * m + left for (k, s, p, left), m in zip(group, steps, strict=True)]
        kernel_sizes, strides, paddings, _ = (list(column) for column in zip(*group, strict=True))
        lists = {"kernel_sizes": kernel_sizes, "strides": strides, "paddings": paddings}
        cases.append({"sizes": sizes} | lists)
    return cases


def _conv_case(rng, n, channel_in, height, width, kernel_size, channel_out, stride, padding) -> Case:
    return {
        "x": _eighths(rng, n, channel_in, height, width),
        "weight": _nonzero(rng, channel_in, kernel_size, kernel_size, channel_out),
        "bias": _nonzero(rng, channel_out),
        "stride": stride,
        "padding": padding,
    }


def _with_top_diff(rng: np.random.Generator, case: Case) -> Case:
    n, _, height, width = case["x"].shape
    _, kernel_size, _, channel_out = case["weight"].shape
    sizes = [_size(size, kernel_size, case["stride"], case["padding"]) for size in (height, width)]
    return case | {"top_diff": _nonzero(rng, n, channel_out, *sizes)}


def conv_cases(rng: np.random.Generator) -> list[Case]:
    """All of `CONVOLUTIONS`."""
    return [_conv_case(rng, *shape) for shape in CONVOLUTIONS]


def conv_backward_cases(rng: np.random.Generator) -> list[Case]:
    """The same with the gradient of the output."""
    return [_with_top_diff(rng, case) for case in conv_cases(rng)]


def conv_speed_case(rng: np.random.Generator) -> Case:
    """Columns of 2.4 MB: 2900 output pixels times 216 inputs each."""
    return _conv_case(rng, 5, 24, 22, 26, 3, 16, 1, 1)


def conv_backward_speed_case(rng: np.random.Generator) -> Case:
    """Columns of 1.5 MB, and their gradient."""
    return _with_top_diff(rng, _conv_case(rng, 3, 24, 22, 26, 3, 16, 1, 1))


#: (N, Cin, H, W, Cout): sizes that 4x4 and 2x2 tiles divide, and sizes that they do not
WINOGRADS = [(1, 1, 4, 4, 1), (2, 3, 5, 7, 4), (1, 2, 8, 12, 3), (2, 4, 9, 6, 4), (3, 2, 2, 3, 2)]


def _winograd_case(rng, n, channel_in, height, width, channel_out) -> Case:
    case = _conv_case(rng, n, channel_in, height, width, 3, channel_out, 1, 1)
    return {name: case[name] for name in ("x", "weight", "bias")}


def winograd_cases(rng: np.random.Generator) -> list[Case]:
    """All of `WINOGRADS`."""
    return [_winograd_case(rng, *shape) for shape in WINOGRADS]


def winograd_speed_case(rng: np.random.Generator) -> Case:
    """Many channels, so that the multiplications saved outweigh the transforms."""
    return _winograd_case(rng, 1, 96, 20, 28, 96)


# Pooling and flatten

#: (N, C, H, W, K, stride, signs): windows apart, overlapping, with gaps; rows left over
POOLINGS = [
    (1, 1, 4, 6, 2, 2, "both"),
    (2, 3, 5, 7, 2, 2, "after relu"),
    (2, 2, 7, 5, 3, 2, "negative"),
    (1, 3, 6, 9, 3, 3, "both"),
    (2, 2, 5, 6, 2, 1, "after relu"),
    (1, 2, 7, 8, 2, 3, "negative"),
    (1, 2, 9, 8, 5, 2, "both"),
]


def _pool_case(rng, n, channels, height, width, kernel_size, stride, signs) -> Case:
    """Multiples of 1/2: most windows hold their maximum twice."""
    x = (rng.integers(-4, 5, (n, channels, height, width)) / 2).astype(np.float32)
    if signs == "after relu":
        x = np.maximum(x, 0)
    elif signs == "negative":
        x = -np.abs(x) - np.float32(0.5)
    x[..., :2, :2] = x[..., :2, :2].max()  # a tie in the first window, on every draw
    return {"x": x, "kernel_size": kernel_size, "stride": stride}


def pool_cases(rng: np.random.Generator) -> list[Case]:
    """All of `POOLINGS`."""
    return [_pool_case(rng, *shape) for shape in POOLINGS]


def _with_pool_top_diff(rng: np.random.Generator, case: Case) -> Case:
    n, channels, *plane = case["x"].shape
    sizes = [_size(size, case["kernel_size"], case["stride"]) for size in plane]
    return case | {"top_diff": _nonzero(rng, n, channels, *sizes)}


def pool_backward_cases(rng: np.random.Generator) -> list[Case]:
    """The same with the gradient of the output."""
    return [_with_pool_top_diff(rng, case) for case in pool_cases(rng)]


def pool_speed_case(rng: np.random.Generator) -> Case:
    """23,000 windows of 2x2, as in VGG19."""
    return _with_pool_top_diff(rng, _pool_case(rng, 4, 16, 36, 40, 2, 2, "both"))


#: (N, C, H, W, output shape)
FLATTENS = [
    (1, 2, 2, 3, [12]),
    (2, 3, 4, 5, [60]),
    (3, 3, 3, 3, [27]),
    (3, 4, 2, 3, [4, 6]),
    (2, 1, 3, 5, [15]),
]


def flatten_cases(rng: np.random.Generator) -> list[Case]:
    """All of `FLATTENS`."""
    cases = []
    for n, channels, height, width, output_shape in FLATTENS:
        x, top_diff = _eighths(rng, n, channels, height, width), _eighths(rng, n, *output_shape)
        cases.append({"x": x, "output_shape": output_shape, "top_diff": top_diff})
    return cases


# Rules

EXACT = Tolerance(rtol=0.0, atol=1e-6, reason="No rounding happens on the way: values are copied or counted.")
SUMS = Tolerance(
    rtol=1e-4,
    atol=1e-6,
    reason="float32 sums in any order, also by FFT, err below 1e-5; a wrong term errs above 1e-2.",
)
EXPONENTIALS = Tolerance(
    rtol=2e-4,
    atol=1e-6,
    reason="float32 exponentials and logarithms of logits near 1000 err below 5e-5.",
)
WINOGRAD = Tolerance(
    rtol=1e-3,
    atol=1e-6,
    reason="F(4x4,3x3) in float32 loses about two digits to its transforms; measured below 5e-5.",
)

QUESTIONS = [
    Question(
        name="fully_connected_forward",
        points=5,
        cases=fully_connected_cases,
        expected=oracles.fully_connected_forward,
        tolerance=SUMS,
    ),
    Question(
        name="fully_connected_backward",
        points=8,
        cases=fully_connected_backward_cases,
        expected=oracles.fully_connected_backward,
        tolerance=SUMS,
    ),
    Question(name="relu", points=5, cases=relu_cases, expected=oracles.relu, tolerance=EXACT),
    Question(
        name="softmax_loss",
        points=8,
        cases=softmax_cases,
        expected=oracles.softmax_loss,
        tolerance=EXPONENTIALS,
    ),
    Question(
        name="conv_output_size",
        points=4,
        cases=conv_output_size_cases,
        expected=oracles.conv_output_size,
        tolerance=EXACT,
    ),
    Question(
        name="conv_forward", points=12, cases=conv_cases, expected=oracles.conv_forward, tolerance=SUMS
    ),
    Question(
        name="conv_backward",
        points=14,
        cases=conv_backward_cases,
        expected=oracles.conv_backward,
        tolerance=SUMS,
    ),
    Question(
        name="conv_forward_speedup",
        points=12,
        cases=conv_cases,
        expected=oracles.conv_forward,
        tolerance=SUMS,
        speed=Speed(
            case=conv_speed_case,
            limits=SpeedLimits(full=12, zero=60),
            reason="to be measured",
        ),
    ),
    Question(
        name="conv_backward_speedup",
        points=12,
        cases=conv_backward_cases,
        expected=oracles.conv_backward,
        tolerance=SUMS,
        speed=Speed(
            case=conv_backward_speed_case,
            limits=SpeedLimits(full=12, zero=60),
            reason="to be measured",
        ),
    ),
    Question(
        name="pool_forward", points=5, cases=pool_cases, expected=oracles.pool_forward, tolerance=EXACT
    ),
    Question(
        name="pool_backward",
        points=5,
        cases=pool_backward_cases,
        expected=oracles.pool_backward,
        tolerance=EXACT,
    ),
    Question(
        name="pool_speedup",
        points=6,
        cases=pool_backward_cases,
        expected=oracles.pool_speedup,
        tolerance=EXACT,
        speed=Speed(
            case=pool_speed_case,
            limits=SpeedLimits(full=12, zero=60),
            reason="to be measured",
        ),
    ),
    Question(name="flatten", points=4, cases=flatten_cases, expected=oracles.flatten, tolerance=EXACT),
    Question(
        name="conv_winograd",
        points=10,
        cases=winograd_cases,
        expected=oracles.conv_winograd,
        tolerance=WINOGRAD,
        speed=Speed(
            case=winograd_speed_case,
            limits=SpeedLimits(full=4, zero=20),
            reason="to be measured",
        ),
        bonus=True,
    ),
    Written(name="img2col_why", points=10),
]
