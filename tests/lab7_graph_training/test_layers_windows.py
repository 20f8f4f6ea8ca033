"""Convolution and pooling where ONNX Runtime is out of sight: the same numbers as where it is not."""

from __future__ import annotations

import numpy as np
import pytest

from aics.graph import GraphError
from aics.lab7_graph_training import windows
from aics.lab7_graph_training.operators import training_graph
from aics.layers import convolutions
from aics.layers.layers_2 import MaxPoolingLayer

SHAPES = [((2, 3, 9, 8), 3, 2, 1), ((1, 2, 7, 7), 5, 1, 2), ((3, 1, 6, 9), 2, 2, 0), ((2, 2, 8, 7), 3, 3, 0)]


@pytest.mark.parametrize(("shape", "kernel_size", "stride", "pad"), SHAPES)
def test_a_convolution_and_its_gradients(shape, kernel_size, stride, pad):
    rng = np.random.default_rng(0)
    x = rng.normal(size=shape).astype(np.float32)
    weight = rng.normal(size=(shape[1], kernel_size, kernel_size, 4)).astype(np.float32)
    y = convolutions.convolve(x, weight, stride, pad)
    dy = rng.normal(size=y.shape).astype(np.float32)
    ours = [
        windows.convolve(x, weight, stride, pad),
        windows.input_gradient(dy, weight, shape[2:], stride, pad),
        windows.weight_gradient(x, dy, kernel_size, stride, pad),
    ]
    theirs = [
        y,
        convolutions.input_gradient(dy, weight, shape[2:], stride, pad),
        convolutions.weight_gradient(x, dy, kernel_size, stride, pad),
    ]
    for one, other in zip(ours, theirs, strict=True):
        assert one.dtype == np.float32
        np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(("shape", "kernel_size", "stride"), [((2, 3, 8, 6), 2, 2), ((1, 2, 7, 9), 3, 2)])
def test_a_pooling_and_its_gradient_with_ties(shape, kernel_size, stride):
    rng = np.random.default_rng(1)
    x = rng.integers(-2, 3, shape).astype(np.float32)
    layer = MaxPoolingLayer(kernel_size, stride)
    y = layer.forward(x)
    dy = rng.normal(size=y.shape).astype(np.float32)
    np.testing.assert_array_equal(windows.max_pool(x, kernel_size, stride), y)
    ours = windows.max_pool_gradient(x, dy, kernel_size, stride)
    np.testing.assert_allclose(ours, layer.backward(dy), rtol=1e-6, atol=1e-6)


def test_a_reshape_to_less_than_minus_one_is_refused():
    graph = training_graph()
    x = graph.placeholder("x", (None, 6))
    assert graph.apply("Reshape", x, shape=(-1, 3)).shape == (None, 3)
    with pytest.raises(GraphError, match="cannot become"):
        graph.apply("Reshape", x, shape=(-2, 3))
