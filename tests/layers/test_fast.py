"""Fast layers compute what the finished layers of lab 2 compute, forward and back to the input."""

from __future__ import annotations

import numpy as np
import pytest

from aics.layers import fast
from aics.layers.fast import FastConvolution, fast_layers
from aics.layers.layers_1 import ReLULayer
from aics.layers.layers_2 import MaxPoolingLayer
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.course import Lab


@pytest.fixture(scope="module")
def names():
    return run_cells(solution_cells(Lab("lab2_layers")))


def convolution(names, inputs, outputs, **sizes):
    rng = np.random.default_rng(inputs * outputs)
    layer = names["ConvolutionalLayer"](
        **{"kernel_size": 3, "padding": 1, "stride": 1} | sizes, type=1, channel_in=inputs, channel_out=outputs
    )
    size = layer.kernel_size
    weight = rng.normal(size=(inputs, size, size, outputs)).astype(np.float32)
    layer.load_param(weight, rng.normal(size=outputs).astype(np.float32))
    return layer


def assert_alike(quick, layer, x, near):
    rng = np.random.default_rng(1)
    ours, theirs = quick.forward(x), layer.forward(x)
    np.testing.assert_allclose(ours, theirs, atol=near * np.abs(theirs).max(), rtol=0)
    top_diff = rng.normal(size=theirs.shape).astype(np.float32)
    before = top_diff.copy()
    ours, theirs = quick.backward(top_diff), layer.backward(top_diff)
    np.testing.assert_allclose(ours, theirs, atol=near * np.abs(theirs).max(), rtol=0)
    np.testing.assert_array_equal(top_diff, before)


@pytest.mark.parametrize("way", ["_Winograd", "_Direct"])
@pytest.mark.parametrize("shape", [(1, 4, 4), (2, 9, 13), (1, 1, 6), (1, 16, 3)])
def test_both_ways_of_convolving(names, monkeypatch, way, shape):
    monkeypatch.setattr(fast, "_many", lambda _outputs, _inputs: way == "_Winograd")
    count, height, width = shape
    layer = convolution(names, 7, 5)
    x = np.random.default_rng(0).normal(size=(count, 7, height, width)).astype(np.float32)
    assert_alike(FastConvolution(layer.weight, layer.bias), layer, x, near=1e-4)


@pytest.mark.parametrize(("channels", "way"), [((3, 64), "_Direct"), ((64, 128), "_Winograd"), ((64, 64), "_Direct")])
def test_the_way_depends_on_the_channels(names, channels, way):
    quick = FastConvolution(*convolution(names, *channels).save_param())
    assert {type(quick._forward).__name__, type(quick._backward).__name__} == {way}


def test_only_layers_of_the_right_sizes_are_replaced(names):
    layers = {
        "conv": convolution(names, 3, 4),
        "wide": convolution(names, 3, 4, kernel_size=5, padding=2),
        "strided": convolution(names, 3, 4, stride=2),
        "relu": names["ReLULayer"](),
        "pool": names["MaxPoolingLayer"](2, 2),
        "large": names["MaxPoolingLayer"](3, 2),
        "flatten": names["FlattenLayer"]([3, 2, 2], [12]),
    }
    quick = fast_layers(layers)
    kinds = {name: type(layer) for name, layer in quick.items() if layer is not layers[name]}
    assert kinds == {"conv": FastConvolution, "relu": ReLULayer, "pool": MaxPoolingLayer, "large": MaxPoolingLayer}
    assert (quick["large"].kernel_size, quick["large"].stride) == (3, 2)
