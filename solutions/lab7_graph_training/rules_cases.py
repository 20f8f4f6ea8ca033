"""Lab 7's inputs for gradient rules, drawn so that every mistake in misconceptions/ shows on every draw."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np

from autograder.course.question import Case

Sizes = tuple[int | None, ...]


def op_gradients(rng: np.random.Generator) -> list[Case]:
    """Ten operators: matrices turned in all ways, square and not; batches of two sizes; windows of every kind."""
    batch, other = (int(n) for n in rng.permutation(np.arange(3, 8))[:2])
    batches = batch, other
    turns = list(product([False, True], repeat=2))
    matrices = [_square_matrices(rng, *turned) for turned in turns]
    matrices += [_matrices(rng, batches, *turned) for turned in turns]
    width = int(rng.integers(4, 7))
    plain = [_unary(rng, name, batches, (width,)) for name in ("Sigmoid", "Relu", "Square")]
    return [
        *matrices,
        *(_bias(rng, batches, inner) for inner in ((4,), (3, 4, 5))),
        *plain,
        _mean(rng, batches, (width,)),
        _mean(rng, batches, (2, 3, 4)),
        _cross_entropy(rng, batches),
        _reshape(rng, batches, (3, 2, 4), (24,), (-1, 24)),
        _reshape(rng, batches, (12,), (2, 3, 2), (-1, 2, 3, 2)),
        *(_conv(rng, batches, *sizes) for sizes in _CONVOLUTIONS),
        *(_pool(rng, batches, *sizes) for sizes in ((6, 8, 2, 2), (7, 9, 3, 2), (8, 7, 2, 3))),
    ]


#: Cin, H, W, Cout, kernel's size, stride, pad: never square, and no number twice where an exchange would not show
_CONVOLUTIONS = [(2, 6, 7, 3, 3, 1, 1), (3, 7, 9, 2, 3, 2, 0), (2, 7, 6, 4, 2, 2, 1)]


def _case(
    operator: str,
    fed: Sequence[Sizes],
    arrays: Sequence[Sequence[np.ndarray]],
    attributes: dict[str, object],
) -> Case:
    """Both runs of one node; what is not fed is a variable."""
    (x, *w, dy), (x2, *w2, dy2) = arrays
    case = {"operator": operator, "attributes": [list(pair) for pair in attributes.items()]}
    case |= {"fed": [list(shape) for shape in fed], "x": x, "dy": dy, "x2": x2, "dy2": dy2}
    return case | ({"w": w[0], "w2": w2[0]} if w else {})


def _draw(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Numbers of both signs, none near 0, nearly none like another."""
    return np.asarray((0.2 + rng.random(shape)) * rng.choice([-1, 1], shape), np.float32)


def _square_matrices(rng: np.random.Generator, turned_a: bool, turned_b: bool) -> Case:
    """All sides alike, so that a wrong product fits too."""
    side = int(rng.integers(3, 6))
    arrays = [[_draw(rng, side, side) for _ in range(3)] for _ in range(2)]
    return _case("MatMul", [(None, None)], arrays, {"transpose_a": turned_a, "transpose_b": turned_b})


def _matrices(rng: np.random.Generator, batches: Sequence[int], turned_a: bool, turned_b: bool) -> Case:
    """Sides that all differ; the batch is that of the sum if a is turned, as for the gradient of a weight."""
    m, n = rng.permutation(np.arange(8, 12))[:2].tolist()
    arrays = []
    for size in batches:
        k = size if turned_a else 3
        a = (size, m) if turned_a else (size, 3)
        b = (n, k) if turned_b else (k, n)
        arrays.append([_draw(rng, *shape) for shape in (a, b, (m if turned_a else size, n))])
    fed = [(None, m), (n, None) if turned_b else (None, n)] if turned_a else [(None, 3)]
    return _case("MatMul", fed, arrays, {"transpose_a": turned_a, "transpose_b": turned_b})


def _bias(rng: np.random.Generator, batches: Sequence[int], inner: Sequence[int]) -> Case:
    arrays = [[_draw(rng, n, *inner), _draw(rng, inner[0]), _draw(rng, n, *inner)] for n in batches]
    return _case("BiasAdd", [(None, *inner)], arrays, {})


def _unary(rng: np.random.Generator, operator: str, batches: Sequence[int], inner: Sequence[int]) -> Case:
    arrays = [[2 * _draw(rng, n, *inner), _draw(rng, n, *inner)] for n in batches]
    return _case(operator, [(None, *inner)], arrays, {})


def _mean(rng: np.random.Generator, batches: Sequence[int], inner: Sequence[int]) -> Case:
    arrays = [[_draw(rng, n, *inner), _draw(rng)] for n in batches]
    return _case("Mean", [(None, *inner)], arrays, {})


def _cross_entropy(rng: np.random.Generator, batches: Sequence[int]) -> Case:
    """One-hot labels, and a number for each row that is not that of a mean."""
    classes = int(rng.integers(4, 7))
    arrays = []
    for n in batches:
        labels = np.eye(classes, dtype=np.float32)[rng.integers(0, classes, n)]
        arrays.append([2 * _draw(rng, n, classes), labels, _draw(rng, n)])
    return _case("SoftmaxCrossEntropy", [(None, classes)] * 2, arrays, {})


def _reshape(
    rng: np.random.Generator,
    batches: Sequence[int],
    inner: Sequence[int],
    outer: Sequence[int],
    wanted: Sequence[int],
) -> Case:
    arrays = [[_draw(rng, n, *inner), _draw(rng, n, *outer)] for n in batches]
    return _case("Reshape", [(None, *inner)], arrays, {"shape": list(wanted)})


def _conv(rng: np.random.Generator, batches: Sequence[int], *sizes: int) -> Case:
    inputs, height, width, outputs, kernel, stride, pad = sizes
    out = [(side + 2 * pad - kernel) // stride + 1 for side in (height, width)]
    arrays = [
        [
            _draw(rng, n, inputs, height, width),
            _draw(rng, inputs, kernel, kernel, outputs),
            _draw(rng, n, outputs, *out),
        ]
        for n in batches
    ]
    return _case("Conv2D", [(None, inputs, height, width)], arrays, {"stride": stride, "pad": pad})


def _pool(rng: np.random.Generator, batches: Sequence[int], height: int, width: int, kernel: int, stride: int) -> Case:
    """No two entries alike, so that each window has one largest."""
    out = [(side - kernel) // stride + 1 for side in (height, width)]
    arrays = []
    for n in batches:
        size = n * 2 * height * width
        x = (rng.permutation(size) / size - 0.5).astype(np.float32).reshape(n, 2, height, width)
        arrays.append([x, _draw(rng, n, 2, *out)])
    return _case("MaxPool", [(None, 2, height, width)], arrays, {"kernel_size": kernel, "stride": stride})
