"""The checks of CMU 10-414/714 of what this lab asks too, written afresh from its public tests.

Homework 2's test_nn_and_optim.py: numbers by a seed of the shape, integers below 100 over 20, all assert_allclose with
rtol = atol = 1e-5; the public shapes, and those that are sent in for the grade. Homework 1's test_autograd_hw.py adds
ReLU of negative numbers, and numerical gradients. Homework 4's test_conv.py: convolutions by img2col against PyTorch on
squares, gradients of the plain sum, norms below 1e-3 and 1e-2.

No line of the published material is here, only its shapes, seeds, tolerances and ranges. What is given to this lab's
asks is in its layouts, weights [Cin, K, K, Cout] and biases (1, out), and float64, so that rounding refuses nobody.
"""

from __future__ import annotations

import numpy as np

from autograder.measure.others.asked import Asked, Check
from autograder.measure.others.courses import CMU
from autograder.measure.others.rules import close, close_in_a_row, every, norm, summed

GRADIENTS = ("bottom_diff", "d_weight", "d_bias")


def _tensor(*shape: int, entropy: int = 1) -> np.ndarray:
    rng = np.random.RandomState(int(np.prod(shape)) * len(shape) * entropy)
    return rng.randint(0, 100, size=shape) / 20


def _exact(case: dict, *names: str) -> Check:
    return Check(case, names, close(*names, rtol=1e-5, atol=1e-5))


def _linear(rows: int, inputs: int) -> dict:
    """He's uniform weights, as homework 2 makes them."""
    far = np.sqrt(6 / inputs)
    weight = np.random.RandomState(199).uniform(-far, far, (inputs, 5))
    return {"x": _tensor(rows, inputs), "weight": weight, "bias": _tensor(1, 5)}


def _linear_forward() -> list[Check]:
    return [_exact(_linear(rows, inputs), "output") for rows, inputs in [(1, 10), (3, 10), (1, 3), (3, 3)]]


def _linear_backward() -> list[Check]:
    """The loss is the sum of squares. Homework 1 looks at the gradients of product and sum, so all three are here."""
    cases = [_linear(rows, inputs) for rows, inputs in [(1, 10), (3, 10), (1, 4), (3, 4)]]
    rule = every(close("bottom_diff", "d_weight", rtol=1e-5, atol=1e-5), close_in_a_row("d_bias", rtol=1e-5, atol=1e-5))
    return [Check(c | {"top_diff": 2 * (c["x"] @ c["weight"] + c["bias"])}, GRADIENTS, rule) for c in cases]


def _needle_relu() -> list[Check]:
    squares = [_tensor(*shape) for shape in [(2, 2), (3, 2), (2, 3), (3, 4)]]
    negative, signs = -45 - _tensor(3, 4), np.random.RandomState(0).randn(5, 4)
    cases = [{"x": x, "top_diff": 2 * np.maximum(x, 0)} for x in [*squares, negative]]
    cases.append({"x": signs, "top_diff": np.random.RandomState(1).randn(5, 4)})
    return [_exact(case, "output", "bottom_diff") for case in cases]


def _needle_softmax() -> list[Check]:
    """Losses and their gradients; of the log-softmax of large numbers, the probabilities."""
    checks = []
    for rows, classes in [(5, 10), (3, 11), (4, 9), (2, 7)]:
        label = np.random.RandomState(rows).randint(0, classes, size=rows)
        checks.append(_exact({"x": _tensor(rows, classes), "label": label}, "loss", "bottom_diff"))
    for shape in [(3, 3), (3, 5), (3, 6)]:
        checks.append(_exact({"x": 1e5 * _tensor(*shape), "label": np.zeros(3, int)}, "prob"))
    return checks


#: (side, Cin, Cout, K, stride) of the layer
LAYER_FORWARD = [(4, 8, 16, 3, 1), (32, 8, 16, 3, 2), (32, 8, 8, 3, 2), (32, 16, 8, 3, 1), (32, 16, 8, 3, 2)]
LAYER_BACKWARD = [(4, 1, 1, 3, 1)] + [
    (14, cin, cout, 3, stride) for cin, cout in [(8, 16), (8, 8), (16, 8)] for stride in (1, 2)
]
#: (N, side, Cin, K, Cout, stride, padding) of the function
FUNCTION = [
    *((3, 14, 8, 3, 16, 1, 0), (3, 14, 8, 3, 16, 1, 1), (3, 16, 8, 3, 16, 1, 2), (3, 16, 8, 3, 14, 1, 0)),
    *((3, 16, 2, 3, 14, 1, 0), (3, 14, 8, 3, 16, 2, 0), (3, 14, 8, 3, 16, 2, 1), (3, 16, 8, 3, 16, 2, 2)),
    *((3, 16, 8, 3, 14, 2, 0), (3, 16, 2, 3, 14, 2, 0), (3, 16, 24, 3, 14, 1, 0), (3, 14, 8, 5, 16, 1, 0)),
    *((3, 17, 8, 5, 16, 1, 0), (3, 17, 1, 5, 16, 1, 0), (3, 17, 16, 5, 1, 1, 0), (3, 17, 16, 1, 1, 1, 0)),
    (1, 14, 2, 3, 2, 1, 0),
]


def _layer(batch: int, side: int, cin: int, cout: int, size: int, stride: int) -> dict:
    """A layer whose padding keeps the side where its stride is 1."""
    rng, fan = np.random.RandomState(0), cin * size * size
    weight = rng.uniform(-1, 1, (cin, size, size, cout)) * np.sqrt(6 / fan)
    bias = rng.uniform(-1, 1, cout) / np.sqrt(fan)
    x = rng.rand(batch, cin, side, side)
    return {"x": x, "weight": weight, "bias": bias, "stride": stride, "padding": size // 2}


def _function(batch: int, side: int, cin: int, size: int, cout: int, stride: int, padding: int) -> dict:
    """No bias; numbers five times a standard normal."""
    rng = np.random.RandomState(0)
    x = 5 * rng.randn(batch, side, side, cin).transpose(0, 3, 1, 2)
    weight = 5 * rng.randn(size, size, cin, cout).transpose(2, 0, 1, 3)
    return {"x": x, "weight": weight, "bias": np.zeros(cout), "stride": stride, "padding": padding}


def _of_the_sum(case: dict) -> dict:
    """The case with the gradient of the output's plain sum."""
    n, _, side, _ = case["x"].shape
    _, size, _, cout = case["weight"].shape
    out = (side + 2 * case["padding"] - size) // case["stride"] + 1
    return case | {"top_diff": np.ones((n, cout, out, out))}


def _needle_conv_forward() -> list[Check]:
    layers = [Check(_layer(10, *sizes), ("output",), norm("output", most=1e-3)) for sizes in LAYER_FORWARD]
    return layers + [Check(_function(*sizes), ("output",), summed("output", most=1e-1)) for sizes in FUNCTION]


def _needle_conv_backward() -> list[Check]:
    layers = [_of_the_sum(_layer(1, *sizes)) for sizes in LAYER_BACKWARD]
    functions = [_of_the_sum(_function(*sizes)) for sizes in FUNCTION]
    checks = [Check(case, GRADIENTS, norm(*GRADIENTS, most=1e-3)) for case in layers]
    weights = ("bottom_diff", "d_weight")
    return checks + [Check(case, weights, norm(*weights, most=1e-2)) for case in functions]


HW1, HW2, HW4 = (
    "hw1, tests/hw1/test_autograd_hw.py",
    "hw2, tests/hw2/test_nn_and_optim.py",
    "hw4, tests/hw4/test_conv.py",
)
OTHERS = [
    Asked(by=CMU, question="fully_connected_forward", where=HW2, checks=_linear_forward),
    Asked(by=CMU, question="fully_connected_backward", where=f"{HW1}; {HW2}", checks=_linear_backward),
    Asked(by=CMU, question="relu", where=f"{HW1}; {HW2}", checks=_needle_relu),
    Asked(by=CMU, question="softmax_loss", where=HW2, checks=_needle_softmax, outputs=("loss", "bottom_diff")),
    Asked(by=CMU, question="conv_forward_speedup", where=HW4, checks=_needle_conv_forward),
    Asked(by=CMU, question="conv_backward_speedup", where=HW4, checks=_needle_conv_backward),
]
