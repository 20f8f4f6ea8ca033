"""Lab 2's inputs, drawn so that every mistake in misconceptions/ shows on every draw.

Sizes are drawn as well as values: each case keeps what it is there for (a stride that leaves rows over, a square
weight, a batch of one) and grows by a few rows, columns, channels or pictures. Values do not fit in half precision.
"""

from __future__ import annotations

import numpy as np

from autograder.course.question import Case

# Values


def _any(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Multiples of 1/4096 in [-2, 2], float32."""
    return (rng.integers(-8192, 8193, shape) / 4096).astype(np.float32)


def _nonzero(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Those of a magnitude of at least 1/8: a gradient that goes astray always shows."""
    return (rng.integers(512, 8193, shape) * rng.choice([-1, 1], shape) / 4096).astype(np.float32)


def _more(rng: np.random.Generator, size: int, most: int = 2) -> int:
    """A size that may be larger by up to `most`; 1 stays 1."""
    return size + int(rng.integers(0, most + 1)) * (size > 1)


def _longer(rng: np.random.Generator, height: int, width: int, step: int = 1) -> tuple[int, int]:
    """Sides that may be longer by up to three steps; a square stays a square, and nothing else becomes one."""
    while True:
        longer = height + step * int(rng.integers(0, 4)), width + step * int(rng.integers(0, 4))
        if (longer[0] == longer[1]) == (height == width):
            return longer


def _size(size: int, kernel_size: int, stride: int, padding: int = 0) -> int:
    """Positions of a window along one side."""
    return (size + 2 * padding - kernel_size) // stride + 1


# Fully connected, ReLU, softmax

#: (N, in, out)
FULLY_CONNECTED = [(3, 5, 4), (1, 6, 3), (4, 4, 4), (2, 1, 5)]


def fully_connected(rng: np.random.Generator) -> list[Case]:
    """Several batches, one of a single row, and a square weight (a transpose shows in values only)."""
    cases = []
    for n, i, o in FULLY_CONNECTED:
        rows, inputs = _more(rng, n), _more(rng, i)
        outputs = inputs if i == o else _other(rng, o, inputs)
        weight = _nonzero(rng, inputs, outputs)
        cases.append({"x": _any(rng, rows, inputs), "weight": weight, "bias": _nonzero(rng, 1, outputs)})
    return cases


def _other(rng: np.random.Generator, size: int, than: int) -> int:
    """A size that may be larger, but not equal to another."""
    return next(drawn for drawn in iter(lambda: _more(rng, size, 3), None) if drawn != than)


def fully_connected_backward(rng: np.random.Generator) -> list[Case]:
    """The same with the gradient of the output."""
    cases = fully_connected(rng)
    return [case | {"top_diff": _nonzero(rng, len(case["x"]), case["bias"].size)} for case in cases]


def relu(rng: np.random.Generator) -> list[Case]:
    """Matrices and feature maps; every fourth value is exactly 0, its neighbours have both signs."""
    cases = []
    for first, *others in [(3, 6), (1, 9), (2, 3, 4, 5)]:
        shape = (_more(rng, first), *(_more(rng, size) for size in others))
        x = _nonzero(rng, *shape)
        values = x.reshape(-1)
        values[0::4] = 0
        values[1::4] = np.abs(values[1::4])
        values[2::4] = -np.abs(values[2::4])
        cases.append({"x": x, "top_diff": _nonzero(rng, *shape)})
    return cases


def softmax_loss(rng: np.random.Generator) -> list[Case]:
    """Small logits, one row alone, logits near 1000 and near -1000, and both in one batch."""
    offsets = [np.zeros((4, 1)), np.zeros((1, 1)), np.full((3, 1), 1000.0), np.full((2, 1), -1000.0)]
    offsets.append(np.array([[1000.0], [-1000.0], [0.0]]))
    cases = []
    for offset in offsets:
        n, classes = len(offset), _more(rng, 5)
        x = (_any(rng, n, classes) + offset).astype(np.float32)
        cases.append({"x": x, "label": rng.integers(0, classes, n)})
    return cases


def softmax_far_apart(rng: np.random.Generator) -> list[Case]:
    """One logit of many, 97 above the others: only minus the largest is safe, and no probability is quite 0."""
    n, classes = _more(rng, 2), _more(rng, 24)
    x, label = _any(rng, n, classes) / 8, rng.integers(0, classes, n)
    x[np.arange(n), label] += 97
    return [{"x": x.astype(np.float32), "label": label}]


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


def conv_output_size(rng: np.random.Generator) -> list[Case]:
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
        "x": _any(rng, n, channel_in, height, width),
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


def conv(rng: np.random.Generator) -> list[Case]:
    """All of `CONVOLUTIONS`; sides grow by whole strides, so that as many rows and columns are left over."""
    return [_conv_case(rng, *_larger(rng, *shape)) for shape in CONVOLUTIONS]


def conv_one_stride(rng: np.random.Generator) -> list[Case]:
    """The kernel has room for one stride down, and across for less than one: 2 rows and 1 column."""
    return [_conv_case(rng, _more(rng, 1), _more(rng, 2), 5, 4, 3, _more(rng, 3), 2, 0)]


def _larger(rng, n, channel_in, height, width, kernel_size, channel_out, stride, padding) -> tuple[int, ...]:
    if not channel_in == channel_out == kernel_size:  # equal sizes: a transpose shows in values only
        channel_in, channel_out = _more(rng, channel_in), _more(rng, channel_out)
    height, width = _longer(rng, height, width, stride)
    return _more(rng, n), channel_in, height, width, kernel_size, channel_out, stride, padding


def conv_backward(rng: np.random.Generator) -> list[Case]:
    """The same with the gradient of the output."""
    return [_with_top_diff(rng, case) for case in conv(rng)]


def timed_conv(rng: np.random.Generator) -> Case:
    """Columns of 2.4 MB: 2900 output pixels times 216 inputs each."""
    return _conv_case(rng, 5, 24, 22, 26, 3, 16, 1, 1)


def timed_conv_backward(rng: np.random.Generator) -> Case:
    """Columns of 1.5 MB, and their gradient."""
    return _with_top_diff(rng, _conv_case(rng, 3, 24, 22, 26, 3, 16, 1, 1))


#: (N, Cin, H, W, Cout): sizes that 4x4 and 2x2 tiles divide, and sizes that they do not
WINOGRADS = [(1, 1, 4, 4, 1), (2, 3, 5, 7, 4), (1, 2, 8, 12, 3), (2, 4, 9, 6, 4), (3, 2, 2, 3, 2)]


def _winograd_case(rng, n, channel_in, height, width, channel_out) -> Case:
    case = _conv_case(rng, n, channel_in, height, width, 3, channel_out, 1, 1)
    return {name: case[name] for name in ("x", "weight", "bias")}


def winograd(rng: np.random.Generator) -> list[Case]:
    """All of `WINOGRADS`; sides grow by whole tiles."""
    cases = []
    for n, channel_in, height, width, channel_out in WINOGRADS:
        sides = _longer(rng, height, width, 4)
        cases.append(_winograd_case(rng, _more(rng, n), _more(rng, channel_in), *sides, _more(rng, channel_out)))
    return cases


def timed_winograd(rng: np.random.Generator) -> Case:
    """Many channels and few pixels, as in the middle of a network: 70 tiles, for half of them tell too little."""
    return _winograd_case(rng, 2, 96, 20, 28, 96)


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
    """Nine different numbers: most windows hold their maximum twice."""
    x = (rng.integers(-4, 5, (n, channels, height, width)) * rng.uniform(0.4, 0.6)).astype(np.float32)
    if signs == "after relu":
        x = np.maximum(x, 0)
    elif signs == "negative":
        x = -np.abs(x) - np.float32(0.5)
    x[..., :2, :2] = x[..., :2, :2].max()  # a tie in the first window, on every draw
    return {"x": x, "kernel_size": kernel_size, "stride": stride}


def pool(rng: np.random.Generator) -> list[Case]:
    """All of `POOLINGS`; sides grow by whole strides."""
    cases = []
    for n, channels, height, width, kernel_size, stride, signs in POOLINGS:
        sides = _longer(rng, height, width, stride)
        cases.append(_pool_case(rng, _more(rng, n), _more(rng, channels), *sides, kernel_size, stride, signs))
    return cases


def _with_pool_top_diff(rng: np.random.Generator, case: Case) -> Case:
    n, channels, *plane = case["x"].shape
    sizes = [_size(size, case["kernel_size"], case["stride"]) for size in plane]
    return case | {"top_diff": _nonzero(rng, n, channels, *sizes)}


def pool_backward(rng: np.random.Generator) -> list[Case]:
    """The same with the gradient of the output."""
    return [_with_pool_top_diff(rng, case) for case in pool(rng)]


def pool_large(rng: np.random.Generator) -> list[Case]:
    """Windows of more than 127 and of more than 255 entries, whose largest is their last."""
    cases = []
    for kernel_size in (13, 17):
        case = _pool_case(rng, 1, 1, *_longer(rng, kernel_size, kernel_size + 1, 1), kernel_size, 1, "both")
        case["x"][..., -1, -1] = np.abs(case["x"]).max() + 1
        cases.append(_with_pool_top_diff(rng, case))
    return cases


def pool_backward_apart(rng: np.random.Generator) -> list[Case]:
    """Those whose windows do not overlap: the only ones that the original course has."""
    return [case for case in pool_backward(rng) if case["stride"] >= case["kernel_size"]]


def timed_pool(rng: np.random.Generator) -> Case:
    """23,000 windows of 2x2, as in VGG19."""
    return _with_pool_top_diff(rng, _pool_case(rng, 4, 16, 36, 40, 2, 2, "both"))


#: (N, C, H, W, axes of the output)
FLATTENS = [(1, 2, 2, 3, 1), (2, 3, 4, 5, 1), (3, 3, 3, 3, 1), (3, 4, 2, 3, 2), (2, 1, 3, 5, 1)]


def flatten(rng: np.random.Generator) -> list[Case]:
    """All of `FLATTENS`: into one row, and into channels by pixels."""
    cases = []
    for n, channels, height, width, axes in FLATTENS:
        if n == channels == height == width:  # equal sizes: a wrong order shows in values only
            n = channels = height = width = _more(rng, n)
        else:
            n, channels, (height, width) = _more(rng, n), _more(rng, channels), _longer(rng, height, width)
        pixels = height * width
        output_shape = [channels * pixels] if axes == 1 else [channels, pixels]
        x, top_diff = _any(rng, n, channels, height, width), _any(rng, n, *output_shape)
        cases.append({"x": x, "output_shape": output_shape, "top_diff": top_diff})
    return cases


def flatten_to_rows(rng: np.random.Generator) -> list[Case]:
    """Those that become one row for each picture, as in VGG19."""
    return [case for case in flatten(rng) if len(case["output_shape"]) == 1]
