"""Checks that other courses published for what this lab asks too, written afresh from their rules.

Shapes, seeds, tolerances and ranges of numbers are those of the published material; no line of it is here. What is
given to this lab's asks is turned into its layouts: weights [Cin, K, K, Cout], biases (1, out). All numbers are
float64, so that rounding refuses nobody. The asks call some layers twice, which the courses do not: where that tells a
wrong answer, it is to their advantage.
"""

from __future__ import annotations

import numpy as np

from autograder.measure.others.asked import Asked, Check
from autograder.measure.others.courses import AICS, CMU, CS231N, TINYTORCH
from autograder.measure.others.rules import (
    Rule,
    close,
    close_in_a_row,
    every,
    mean_square,
    norm,
    relative,
    same_class,
    shaped,
    summed,
)

GRADIENTS = ("bottom_diff", "d_weight", "d_bias")

# The original course. From its main programs: main_infer_cpu.py of the lab on VGG19 compares pool5 of one photo with a
# stored array and then the class; main_exp_3_3.py of the lab on style transfer compares the fast convolution with the
# loops, seed 1234, np.random.rand of (1, 256, 24, 40). Both take a mean squared error below 0.003 as right. VGG19 has
# 3 x 3 kernels with padding 1 and stride 1 and 2 x 2 poolings with stride 2; here these two layers are compared by
# themselves, on one square picture. What only the class decides (ReLU, softmax, fully connected) is left out: it cannot
# be asked of one layer.


def _vgg_conv() -> list[Check]:
    """One square picture."""
    rng = np.random.RandomState(1234)
    case = {"x": rng.randn(1, 3, 32, 32), "weight": rng.randn(3, 3, 3, 8), "bias": rng.randn(8)}
    return [Check(case | {"stride": 1, "padding": 1}, ("output",), mean_square("output"))]


def _fast_conv(*names: str, channels: int):
    """The published picture, with fewer channels, so that loops end and every right way fits into memory."""

    def checks() -> list[Check]:
        rng = np.random.RandomState(1234)
        x, top = rng.rand(1, channels, 24, 40), rng.rand(1, channels, 24, 40)
        case = {"x": x, "weight": rng.rand(channels, 3, 3, channels), "bias": rng.rand(channels)}
        case |= {"stride": 1, "padding": 1} | ({"top_diff": top} if "bottom_diff" in names else {})
        return [Check(case, names, mean_square(*names))]

    return checks


def _vgg_pool() -> list[Check]:
    case = {"x": np.random.RandomState(1234).randn(1, 8, 32, 32), "kernel_size": 2, "stride": 2}
    return [Check(case, ("output",), mean_square("output"))]


ORIGINAL = [
    Asked(by=AICS, question="conv_forward", where="main_infer_cpu.py", checks=_vgg_conv),
    Asked(by=AICS, question="pool_forward", where="main_infer_cpu.py", checks=_vgg_pool),
    Asked(by=AICS, question="conv_backward", where="main_exp_3_3.py", checks=_fast_conv("bottom_diff", channels=4)),
    Asked(by=AICS, question="conv_forward_speedup", where="main_exp_3_3.py", checks=_fast_conv("output", channels=32)),
    Asked(
        by=AICS,
        question="conv_backward_speedup",
        where="main_exp_3_3.py",
        checks=_fast_conv("bottom_diff", channels=32),
    ),
]

# CS231n. two_layer_net.ipynb of assignment 1 (before 2021 FullyConnectedNets.ipynb of assignment 2) and
# ConvolutionalNetworks.ipynb of assignment 2: inputs by np.linspace for forward
# passes; seed 231 and np.random.randn for backward passes, which are compared with a numerical gradient. The notebooks
# say that errors should be around e-8 or less; whoever reads them is taken to let pass what is below 1e-6.
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
STANFORD = [
    Asked(by=CS231N, question="fully_connected_forward", where=FC_NETS, checks=_affine_forward),
    Asked(by=CS231N, question="fully_connected_backward", where=FC_NETS, checks=_affine_backward),
    Asked(by=CS231N, question="relu", where=FC_NETS, checks=_relu_checks),
    Asked(by=CS231N, question="softmax_loss", where=FC_NETS, checks=_softmax_checks, outputs=("loss", "bottom_diff")),
    Asked(by=CS231N, question="conv_forward", where=CONV_NETS, checks=_naive_forward),
    Asked(by=CS231N, question="conv_backward", where=CONV_NETS, checks=_naive_backward),
    Asked(by=CS231N, question="pool_forward", where=CONV_NETS, checks=_max_pool_forward),
    Asked(by=CS231N, question="pool_backward", where=CONV_NETS, checks=_max_pool_backward, as_asked=_no_ties),
]

# CMU 10-414/714. Homework 2's test_nn_and_optim.py: numbers by a seed of the shape, integers below 100 over 20, all
# assert_allclose with rtol = atol = 1e-5; the public shapes, and those that are sent in for the grade. Homework 1's
# test_autograd_hw.py adds ReLU of negative numbers, and numerical gradients. Homework 4's test_conv.py: convolutions by
# img2col against PyTorch on squares, gradients of the plain sum, norms below 1e-3 and 1e-2.


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
CARNEGIE = [
    Asked(by=CMU, question="fully_connected_forward", where=HW2, checks=_linear_forward),
    Asked(by=CMU, question="fully_connected_backward", where=f"{HW1}; {HW2}", checks=_linear_backward),
    Asked(by=CMU, question="relu", where=f"{HW1}; {HW2}", checks=_needle_relu),
    Asked(by=CMU, question="softmax_loss", where=HW2, checks=_needle_softmax, outputs=("loss", "bottom_diff")),
    Asked(by=CMU, question="conv_forward_speedup", where=HW4, checks=_needle_conv_forward),
    Asked(by=CMU, question="conv_backward_speedup", where=HW4, checks=_needle_conv_backward),
]

# TinyTorch. The unit tests that stand in its modules 2 (activations), 3 (layers), 4 (losses) and 9 (convolutions).
# Gradients belong to a later module of it, so only forward passes are asked.


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


HARVARD = [
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

OTHERS = [*ORIGINAL, *STANFORD, *CARNEGIE, *HARVARD]
