"""TinyTorch's checks of what this lab asks too, written afresh from its modules' unit tests.

The unit tests that stand in its modules 2 (activations), 3 (layers), 4 (losses) and 9 (convolutions). Gradients belong
to a later module of it, so only forward passes are asked.

No line of the published material is here, only its shapes, seeds, tolerances and ranges. What is given to this lab's
asks is in its layouts, weights [Cin, K, K, Cout] and biases (1, out), and float64, so that rounding refuses nobody.
"""

from __future__ import annotations

import numpy as np

from autograder.measure.others.asked import Asked, Check
from autograder.measure.others.courses import TINYTORCH
from autograder.measure.others.rules import Rule, close, same_class, shaped


def _by_hand(case: dict, name: str = "output") -> Check:
    return Check(case, (name,), close(name))


def _shape_only(case: dict, name: str = "output") -> Check:
    return Check(case, (name,), shaped(name))


def _tiny_linear() -> list[Check]:
    rng = np.random.RandomState(0)
    sizes = [(32, 784, 256), (1, 10, 5), (0, 10, 5)]
    cases = [{"x": rng.randn(n, i), "weight": rng.randn(i, o), "bias": np.zeros((1, o))} for n, i, o in sizes]
    cases.append({"x": np.ones((1, 10)), "weight": np.full((10, 5), 100.0), "bias": np.zeros((1, 5))})
    return [_shape_only(case) for case in cases]


def _tiny_relu() -> list[Check]:
    rows = [[-2, -1, 0, 1, 2], [-5, -3, -1], [1, 3, 5], [-1, -2, -3, 1]]
    arrays = [np.array([row], np.float64) for row in rows]
    return [_by_hand({"x": x, "top_diff": np.ones_like(x)}) for x in arrays]


def _probabilities(got: dict, wanted: dict) -> bool:
    """Rows of the right shape between 0 and 1 that sum to 1, with the largest number where the input's is."""
    rows = got["prob"]
    fit = rows.shape == wanted["prob"].shape and bool(np.all((rows > 0) & (rows < 1)))
    return fit and np.allclose(rows.sum(axis=-1), 1) and same_class("prob")(got, wanted)


def _between(low: float, high: float) -> Rule:
    return lambda got, _wanted: bool(low < float(got["loss"]) < high)


def _tiny_softmax() -> list[Check]:
    checks = [
        Check({"x": np.array(x, np.float64), "label": np.zeros(len(x), int)}, ("prob",), _probabilities)
        for x in ([[1, 2, 3]], [[1000, 1001, 1002]], [[1, 2], [3, 4]])
    ]
    sure, other = [[10, -10, -10], [-10, 10, -10]], [[10, -10, -10], [-10, -10, 10]]
    even, about = [[1, 1, 1], [1, 1, 1]], np.log(3)
    losses = [(sure, [0, 1], -1, 0.01), (even, [0, 1], about - 0.1, about + 0.1), (other, [1, 1], 5, np.inf)]
    losses.append(([[100, 50, 25]], [0], -np.inf, np.inf))
    for x, label, low, high in losses:
        checks.append(Check({"x": np.array(x, np.float64), "label": np.array(label)}, ("loss",), _between(low, high)))
    return checks


def _tiny_sizes() -> list[Check]:
    case = {"sizes": [32, 32, 32, 28, 14, 32], "kernel_sizes": [3, 3, 3, 3, 3, 5]}
    return [_by_hand(case | {"strides": [1, 1, 2, 1, 1, 1], "paddings": [1, 0, 0, 1, 1, 0]})]


def _tiny_conv() -> list[Check]:
    """Nine numbers under known kernels, borders of zeros, and three shapes."""
    plain = {"stride": 1, "padding": 0}
    nine = np.arange(1.0, 10).reshape(1, 1, 3, 3)
    diagonal, sums = np.eye(2).reshape(1, 2, 2, 1), np.ones((1, 2, 2, 2)) * [1, 2]
    checks = [
        _by_hand({"x": nine, "weight": diagonal, "bias": np.zeros(1)} | plain),
        _by_hand({"x": nine, "weight": sums, "bias": np.zeros(2)} | plain),
    ]
    for shape, padding in [((1, 1, 3, 3), 1), ((2, 3, 4, 4), 2)]:
        size, channels = 2 * padding + 1, shape[1]
        weight = np.ones((1, size, size, 1)) * np.eye(channels)[:, None, None, :]
        bordered = {"x": np.ones(shape), "weight": weight, "bias": np.zeros(channels)}
        checks.append(_by_hand(bordered | {"stride": 1, "padding": padding}))
    rng = np.random.RandomState(0)
    for shape, cout, padding, stride in [
        ((2, 3, 32, 32), 16, 0, 1),
        ((1, 3, 28, 28), 8, 1, 1),
        ((1, 1, 16, 16), 4, 0, 2),
    ]:
        case = {"x": rng.randn(*shape), "weight": rng.randn(shape[1], 3, 3, cout), "bias": np.zeros(cout)}
        checks.append(_shape_only(case | {"stride": stride, "padding": padding}))
    return checks


def _tiny_pool() -> list[Check]:
    rng = np.random.RandomState(0)
    shapes = [((1, 3, 8, 8), 2, 2), ((1, 1, 5, 5), 3, 1)]
    checks = [_shape_only({"x": rng.randn(*shape), "kernel_size": k, "stride": s}) for shape, k, s in shapes]
    return [*checks, _by_hand({"x": np.arange(1.0, 17).reshape(1, 1, 4, 4), "kernel_size": 2, "stride": 2})]


OTHERS = [
    Asked(by=TINYTORCH, question="fully_connected_forward", where="module 3, layers", checks=_tiny_linear),
    Asked(by=TINYTORCH, question="relu", where="module 2, activations", checks=_tiny_relu, outputs=("output",)),
    Asked(
        by=TINYTORCH,
        question="softmax_loss",
        where="modules 2 and 4, activations and losses",
        checks=_tiny_softmax,
        outputs=("prob", "loss"),
    ),
    Asked(by=TINYTORCH, question="conv_output_size", where="module 9, convolutions", checks=_tiny_sizes),
    Asked(by=TINYTORCH, question="conv_forward", where="module 9, convolutions", checks=_tiny_conv),
    Asked(by=TINYTORCH, question="pool_forward", where="module 9, convolutions", checks=_tiny_pool),
]
