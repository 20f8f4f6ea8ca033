"""Lab 2's oracles against SciPy, against numeric gradients, against PyTorch, and against plain loops."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import signal, special
from scipy.optimize import approx_fprime

from autograder.course import Lab

LAB = Lab("lab2_layers")
SEEDS = [0, 1, 2]


def drawn(question):
    """(case, expected) of three draws, as float64 for a fair comparison."""
    for seed in SEEDS:
        for case in LAB.questions[question].cases(np.random.default_rng(seed)):
            yield case, LAB.questions[question].expected(**case)


def assert_equal(got, expected):
    assert np.shape(got) == np.shape(expected)
    np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-9)


def numeric_gradients(forward, case, names, top_diff):
    """Gradient of ``sum(output * top_diff)`` by each named input, by central differences."""
    for name in names:
        start = case[name].astype(np.float64)

        def loss(flat, name=name, start=start):
            return np.sum(forward(**(case | {name: flat.reshape(start.shape)})) * top_diff)

        yield name, approx_fprime(start.ravel(), loss, 1e-4).reshape(start.shape)


def padded(x, padding):
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding))).astype(np.float64)


# Every question


@pytest.mark.parametrize("question", LAB.questions)
def test_draws_are_small_and_of_the_labs_types(question):
    first = LAB.questions[question].cases(np.random.default_rng(0))
    for array in (v for case in first for v in case.values() if isinstance(v, np.ndarray)):
        assert array.dtype in (np.float32, np.int64)
        assert array.size <= 8000


# Fully connected, ReLU, softmax


def test_fully_connected_forward_is_a_matrix_product():
    for case, expected in drawn("fully_connected_forward"):
        rows = [[np.dot(x, w) for w in case["weight"].T.astype(np.float64)] for x in case["x"]]
        assert_equal(np.array(rows) + case["bias"], expected["output"])


def test_fully_connected_backward_is_the_numeric_gradient():
    forward = LAB.questions["fully_connected_forward"].expected
    for case, expected in drawn("fully_connected_backward"):
        inputs = {name: case[name] for name in ("x", "weight", "bias")}
        gradients = numeric_gradients(lambda **k: forward(**k)["output"], inputs, inputs, case["top_diff"])
        for (_, got), wanted in zip(gradients, expected.values(), strict=True):
            np.testing.assert_allclose(got, wanted, atol=1e-6)


def test_relu_is_half_of_x_plus_its_magnitude():
    for case, expected in drawn("relu"):
        assert (case["x"] == 0).any()
        assert_equal((case["x"] + np.abs(case["x"])) / 2, expected["output"])
        assert_equal(np.heaviside(case["x"], 1) * case["top_diff"], expected["bottom_diff"])


def test_softmax_loss_is_scipys_and_its_gradient_numeric():
    for case, expected in drawn("softmax_loss"):
        x, label = case["x"].astype(np.float64), case["label"]
        assert_equal(special.softmax(x, axis=1), expected["prob"])

        def loss(flat, label=label, shape=x.shape):
            log_prob = special.log_softmax(flat.reshape(shape), axis=1)
            return -np.mean([row[right] for row, right in zip(log_prob, label, strict=True)])

        assert_equal(loss(x), expected["loss"])
        gradient = approx_fprime(x.ravel(), loss, 1e-6).reshape(x.shape)
        np.testing.assert_allclose(gradient, expected["bottom_diff"], atol=2e-6)


# Convolution


def test_conv_output_size_is_the_course_formula():
    for case, expected in drawn("conv_output_size"):
        columns = (case[name] for name in ("sizes", "kernel_sizes", "strides", "paddings"))
        sizes = [int(np.floor((n + 2 * p - k) / s)) + 1 for n, k, s, p in zip(*columns, strict=True)]
        assert_equal(sizes, expected["output"])


@pytest.mark.parametrize("question", ["conv_forward", "conv_forward_speedup", "conv_winograd"])
def test_conv_forward_is_scipys_correlation(question):
    for case, expected in drawn(question):
        step, x = case.get("stride", 1), padded(case["x"], case.get("padding", 1))
        for n, cout in itertools.product(range(len(x)), range(case["bias"].size)):
            kernel = case["weight"][..., cout].astype(np.float64)
            plane = signal.correlate(x[n], kernel, mode="valid")[0]
            assert_equal(plane[::step, ::step] + case["bias"][cout], expected["output"][n, cout])


@pytest.mark.parametrize("question", ["conv_backward", "conv_backward_speedup"])
def test_conv_bottom_diff_is_scipys_full_convolution(question):
    for case, expected in drawn(question):
        step, pad, top = case["stride"], case["padding"], case["top_diff"].astype(np.float64)
        height, width = case["x"].shape[2:]
        kernel_size = case["weight"].shape[1]
        spread = np.zeros((*top.shape[:2], height + 2 * pad - kernel_size + 1, width + 2 * pad - kernel_size + 1))
        spread[:, :, ::step, ::step] = top
        for n, cin in itertools.product(range(len(top)), range(len(case["weight"]))):
            kernels = case["weight"][cin].astype(np.float64).transpose(2, 0, 1)
            full = sum(signal.convolve2d(d, k) for d, k in zip(spread[n], kernels, strict=True))
            assert_equal(full[pad : pad + height, pad : pad + width], expected["bottom_diff"][n, cin])


def test_conv_backward_is_the_numeric_gradient():
    forward = LAB.questions["conv_forward"].expected
    for case in LAB.questions["conv_backward"].cases(np.random.default_rng(0)):
        inputs = {name: value for name, value in case.items() if name != "top_diff"}
        expected = LAB.questions["conv_backward"].expected(**case)
        gradients = numeric_gradients(
            lambda **k: forward(**k)["output"], inputs, ("x", "weight", "bias"), case["top_diff"]
        )
        for (_, got), wanted in zip(gradients, expected.values(), strict=True):
            np.testing.assert_allclose(got, wanted, atol=1e-6)


# Pooling and flatten


@pytest.mark.parametrize("question", ["pool_backward", "pool_speedup"])
def test_pooling_is_a_search_through_each_window(question):
    ties = 0
    for case, expected in drawn(question):
        x, size, step, top = case["x"], case["kernel_size"], case["stride"], case["top_diff"]
        output, bottom_diff = np.empty(top.shape), np.zeros(x.shape)
        for n, c, h, w in np.ndindex(top.shape):
            cells = list(itertools.product(range(h * step, h * step + size), range(w * step, w * step + size)))
            values = [x[n, c, i, j] for i, j in cells]
            ties += values.count(max(values)) > 1
            output[n, c, h, w] = max(values)
            bottom_diff[n, c][cells[values.index(max(values))]] += top[n, c, h, w]
        assert_equal(bottom_diff, expected["bottom_diff"])
        forward = LAB.questions["pool_forward"].expected(x=x, kernel_size=size, stride=step)
        assert_equal(output, expected.get("output", forward["output"]))
        assert_equal(output, forward["output"])
    assert ties > 100


def test_flatten_counts_channels_fastest_and_backward_undoes_it():
    for case, expected in drawn("flatten"):
        n, channels, _, width = case["x"].shape
        flat = expected["output"].reshape(n, -1)
        for picture, c, h, w in np.ndindex(case["x"].shape):
            place = (h * width + w) * channels + c
            assert flat[picture, place] == case["x"][picture, c, h, w]
            top = case["top_diff"].reshape(n, -1)[picture, place]
            assert expected["bottom_diff"][picture, c, h, w] == top
        assert expected["output"].shape == (n, *case["output_shape"])


# Speed


@pytest.mark.parametrize("question", [name for name, q in LAB.questions.items() if q.speed])
def test_timed_case_fits_the_cache_and_the_pace_runs_on_it(question):
    case = LAB.questions[question].speed.case(np.random.default_rng(0))
    assert sum(v.nbytes for v in case.values() if isinstance(v, np.ndarray)) < 2**20
    LAB.asks.YARDSTICKS[question](**case)
    LAB.questions[question].expected(**case)


# PyTorch, where it is installed


def test_convolution_is_pytorchs(torch):
    for case, expected in drawn("conv_backward"):
        x, bias = (torch.tensor(case[k], dtype=torch.float64, requires_grad=True) for k in ("x", "bias"))
        weight = torch.tensor(case["weight"], dtype=torch.float64, requires_grad=True)
        kernel = weight.permute(3, 0, 1, 2)
        y = torch.nn.functional.conv2d(x, kernel, bias, case["stride"], case["padding"])
        y.backward(torch.tensor(case["top_diff"], dtype=torch.float64))
        inputs = {k: v for k, v in case.items() if k != "top_diff"}
        assert_equal(y.detach().numpy(), LAB.questions["conv_forward"].expected(**inputs)["output"])
        for got, wanted in zip((x.grad, weight.grad, bias.grad), expected.values(), strict=True):
            assert_equal(got.numpy(), wanted)


def test_pooling_is_pytorchs(torch):
    for case, expected in drawn("pool_speedup"):
        x = torch.tensor(case["x"], dtype=torch.float64, requires_grad=True)
        y = torch.nn.functional.max_pool2d(x, case["kernel_size"], case["stride"])
        y.backward(torch.tensor(case["top_diff"], dtype=torch.float64))
        assert_equal(y.detach().numpy(), expected["output"])
        assert_equal(x.grad.numpy(), expected["bottom_diff"])


def test_softmax_loss_is_pytorchs(torch):
    for case, expected in drawn("softmax_loss"):
        x = torch.tensor(case["x"], dtype=torch.float64, requires_grad=True)
        loss = torch.nn.functional.cross_entropy(x, torch.tensor(case["label"]))
        loss.backward()
        assert_equal(loss.item(), expected["loss"])
        assert_equal(x.grad.numpy(), expected["bottom_diff"])
