"""CS231n's checks of what this lab asks too, written afresh from its notebooks.

two_layer_net.ipynb of assignment 1 (before 2021 FullyConnectedNets.ipynb of assignment 2) and
ConvolutionalNetworks.ipynb of assignment 2: inputs by np.linspace for forward passes; seed 231 and np.random.randn for
backward passes, which are compared with a numerical gradient. The notebooks say that errors should be around e-8 or
less; whoever reads them is taken to let pass what is below 1e-6.

No line of the published material is here, only its shapes, seeds, tolerances and ranges. What is given to this lab's
asks is in its layouts, weights [Cin, K, K, Cout] and biases (1, out), and float64, so that rounding refuses nobody.
"""

from __future__ import annotations

import numpy as np

from autograder.measure.others.asked import Asked, Check
from autograder.measure.others.courses import CS231N
from autograder.measure.others.rules import close, every, relative

GRADIENTS = ("bottom_diff", "d_weight", "d_bias")

PERSON = 1e-6


def _line(first: float, last: float, *shape: int) -> np.ndarray:
    return np.linspace(first, last, num=int(np.prod(shape))).reshape(shape)


def _read(case: dict, *names: str) -> list[Check]:
    return [Check(case, names, relative(*names, most=PERSON))]


def _affine_forward() -> list[Check]:
    x, weight = _line(-0.1, 0.5, 2, 120), _line(-0.2, 0.3, 120, 3)
    return _read({"x": x, "weight": weight, "bias": _line(-0.3, 0.1, 1, 3)}, "output")


def _affine_backward() -> list[Check]:
    rng = np.random.RandomState(231)
    case = {"x": rng.randn(10, 6), "weight": rng.randn(6, 5), "bias": rng.randn(1, 5), "top_diff": rng.randn(10, 5)}
    return _read(case, *GRADIENTS)


def _relu_checks() -> list[Check]:
    rng, x = np.random.RandomState(231), _line(-0.5, 0.5, 3, 4)
    drawn = {"x": rng.randn(10, 10), "top_diff": rng.randn(10, 10)}
    return _read({"x": x, "top_diff": x}, "output") + _read(drawn, "bottom_diff")


def _softmax_checks() -> list[Check]:
    """The loss is read as a number that should be close to 2.3."""
    rng = np.random.RandomState(231)
    case = {"x": 0.001 * rng.randn(50, 10), "label": rng.randint(10, size=50)}
    about = close("loss", rtol=0, atol=0.05)
    return [Check(case, ("loss", "bottom_diff"), every(about, relative("bottom_diff", most=PERSON)))]


def _turned(filters: np.ndarray) -> np.ndarray:
    """(Cout, Cin, K, K) as [Cin, K, K, Cout]."""
    return filters.transpose(1, 2, 3, 0).copy()


def _naive_forward() -> list[Check]:
    case = {"x": _line(-0.1, 0.5, 2, 3, 4, 4), "weight": _turned(_line(-0.2, 0.3, 3, 3, 4, 4))}
    return _read(case | {"bias": _line(-0.1, 0.2, 3), "stride": 2, "padding": 1}, "output")


def _naive_backward() -> list[Check]:
    rng = np.random.RandomState(231)
    case = {"x": rng.randn(4, 3, 5, 5), "weight": _turned(rng.randn(2, 3, 3, 3)), "bias": rng.randn(2)}
    return _read(case | {"top_diff": rng.randn(4, 2, 5, 5), "stride": 1, "padding": 1}, *GRADIENTS)


def _max_pool_forward() -> list[Check]:
    return _read({"x": _line(-0.3, 0.4, 2, 3, 4, 4), "kernel_size": 2, "stride": 2}, "output")


def _max_pool_backward() -> list[Check]:
    rng = np.random.RandomState(231)
    case = {"x": rng.randn(3, 2, 8, 8), "top_diff": rng.randn(3, 2, 4, 4), "kernel_size": 2, "stride": 2}
    return _read(case, "bottom_diff")


def _no_ties(case: dict) -> dict:
    """The course does not say which of several equal numbers gets the gradient."""
    x = case["x"]
    apart = np.random.RandomState(0).permutation(x.size).reshape(x.shape) / x.size
    return case | {"x": x + (0.1 * apart).astype(x.dtype)}


FC_NETS, CONV_NETS = "two_layer_net.ipynb", "ConvolutionalNetworks.ipynb"
OTHERS = [
    Asked(by=CS231N, question="fully_connected_forward", where=FC_NETS, checks=_affine_forward),
    Asked(by=CS231N, question="fully_connected_backward", where=FC_NETS, checks=_affine_backward),
    Asked(by=CS231N, question="relu", where=FC_NETS, checks=_relu_checks),
    Asked(by=CS231N, question="softmax_loss", where=FC_NETS, checks=_softmax_checks, outputs=("loss", "bottom_diff")),
    Asked(by=CS231N, question="conv_forward", where=CONV_NETS, checks=_naive_forward),
    Asked(by=CS231N, question="conv_backward", where=CONV_NETS, checks=_naive_backward),
    Asked(by=CS231N, question="pool_forward", where=CONV_NETS, checks=_max_pool_forward),
    Asked(by=CS231N, question="pool_backward", where=CONV_NETS, checks=_max_pool_backward, as_asked=_no_ties),
]
