"""Finished layers compute what the solution of lab 2 computes, forward and backward, at every size."""

from __future__ import annotations

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from aics.layers import layers_1, layers_2, programs
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.course import Lab

ROOMS = {"layers_1": layers_1, "layers_2": layers_2}
LAB = Lab("lab2_layers")

#: Class, its arguments, the input's shape.
SIZES = [
    ("FullyConnectedLayer", (5, 3), (4, 5)),
    ("FullyConnectedLayer", (1, 1), (1, 1)),
    ("ReLULayer", (), (4, 5)),
    ("ReLULayer", (), (2, 3, 4, 5)),
    *(("ConvolutionalLayer", (k, 3, 4, p, s), (2, 3, 11, 14)) for k, p, s in [(3, 1, 1), (3, 0, 2), (5, 2, 3)]),
    *(("ConvolutionalLayer", (k, 3, 4, p, s), (2, 3, 11, 14)) for k, p, s in [(1, 0, 1), (2, 1, 2), (3, 1, 4)]),
    ("ConvolutionalLayer", (3, 1, 1, 0, 1), (1, 1, 3, 3)),
    *(("MaxPoolingLayer", sizes, (2, 3, 11, 14)) for sizes in [(2, 2), (3, 2), (2, 3), (3, 1), (3, 3)]),
    ("FlattenLayer", ([3, 4, 5], [60]), (2, 3, 4, 5)),
    ("FlattenLayer", ([3, 4, 5], [6, 10]), (1, 3, 4, 5)),
]


@pytest.fixture(scope="module")
def solution():
    return run_cells(solution_cells(LAB))


def finished(name: str) -> type:
    return next(getattr(room, name) for room in ROOMS.values() if hasattr(room, name))


def near(got, right):
    assert got.dtype == np.float32
    assert got.shape == right.shape
    np.testing.assert_allclose(got, right, rtol=0, atol=2e-6 * max(np.abs(right).max(), 1))


def test_each_file_of_lab_2_has_a_finished_one_with_all_its_classes():
    for file, names in LAB.asks.EXPORTS.items():
        assert all(hasattr(ROOMS[file.removesuffix(".py")], name) for name in names)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize(("name", "sizes", "shape"), SIZES, ids=lambda value: str(value).replace(" ", ""))
def test_forward_and_backward(solution, name, sizes, shape, kind):
    rng = np.random.default_rng(0)
    layer, right = finished(name)(*sizes), solution[name](*sizes)
    if hasattr(layer, "load_param"):
        layer.init_param(1.0)
        right.init_param(1.0)
        assert layer.weight.shape == right.weight.shape
        assert layer.bias.shape == right.bias.shape
        weight, bias = (rng.normal(size=array.shape).astype(kind) for array in right.save_param())
        layer.load_param(weight, bias)
        right.load_param(weight, bias)
    x = rng.integers(-3, 4, shape).astype(kind)  # many equal numbers, and zeros
    near(layer.forward(x), right.forward(x))
    top_diff = rng.normal(size=right.forward(x).shape).astype(kind)
    near(layer.backward(top_diff), right.backward(top_diff))
    if hasattr(layer, "load_param"):
        near(layer.d_weight, right.d_weight)
        near(layer.d_bias, right.d_bias)
        layer.update_param(0.5)
        right.update_param(0.5)
        np.testing.assert_allclose(layer.weight, right.weight, atol=1e-5 * np.abs(right.weight).max())
        assert layer.get_gradient()[0] is layer.d_weight


def test_softmax_and_its_loss(solution):
    layer, right = layers_1.SoftmaxLossLayer(), solution["SoftmaxLossLayer"]()
    x, label = np.random.default_rng(0).normal(0, 30, (6, 4)).astype(np.float32), np.array([0, 1, 2, 3, 0, 1])
    near(layer.forward(x), right.forward(x))
    np.testing.assert_allclose(layer.get_loss(label), right.get_loss(label), rtol=1e-5)
    near(layer.backward(), right.backward())


def test_a_nan_stays_one():
    x = np.array([[np.nan, -np.inf, np.inf]], np.float32)
    np.testing.assert_array_equal(layers_1.ReLULayer().forward(x), [[np.nan, 0, np.inf]])


def test_arrays_that_do_not_fit_are_named():
    layer = layers_2.ConvolutionalLayer(3, 2, 5, 1, 1)
    with pytest.raises(AssertionError, match=r"load_param: weight has the shape \[5, 2, 3, 3\], and \[2, 3, 3, 5\]"):
        layer.load_param(np.zeros((5, 2, 3, 3)), np.zeros(5))
    with pytest.raises(AssertionError, match="input has 3 channels, the layer takes 2"):
        layer.forward(np.zeros((1, 3, 4, 4)))
    with pytest.raises(ValueError, match="differ in size"):
        layers_2.FlattenLayer([2, 3, 3], [17])


def test_they_take_as_many_threads_as_matrix_products_may():
    before = programs.threads()
    with threadpool_limits(1):
        assert programs.threads() == 1
    assert programs.threads() == before


def test_a_program_is_made_ready_once_for_all_sizes():
    layer = layers_2.MaxPoolingLayer(5, 4)
    layer.forward(np.zeros((1, 1, 9, 9)))
    known = programs._ready.cache_info().misses
    layer.forward(np.zeros((2, 3, 13, 21)))
    assert programs._ready.cache_info().misses == known
