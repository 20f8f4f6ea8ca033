"""The card of the original course's second edition: told every shape, float32, N, H, W, C."""

from __future__ import annotations

import numpy as np
import pytest

from aics.pycnml.errors import CnmlError
from aics.pycnml.pycnnl import CnnlNet, IntVector


def shape(*sizes: int) -> IntVector:
    """A shape as that edition's files write it."""
    vector = IntVector(len(sizes))
    for place, size in enumerate(sizes):
        vector[place] = size
    return vector


@pytest.fixture
def net():
    net = CnnlNet()
    net.setInputShape(1, 2, 5, 4)
    net.createConvLayer("conv1_1", shape(1, 2, 5, 4), 3, 3, 1, 1, 1)
    net.createReLuLayer("relu1_1")
    net.createPoolingLayer("pool1", [1, 3, 5, 4], 2, 2)
    net.createMlpLayer("fc6", shape(1, 1, 1, 12), shape(1, 1, 12, 4), shape(1, 1, 1, 4))
    net.createSoftmaxLayer("softmax", shape(1, 1, 4), 1)
    return net


def test_a_network_computes_what_its_layers_say(net):
    rng = np.random.default_rng(3)
    x, filters, weight = rng.normal(size=(5, 4, 2)), rng.normal(size=(3, 3, 3, 2)), rng.normal(size=(12, 4))
    net.loadParams(0, filters.flatten(), np.ones(3))
    net.loadParams(3, weight.flatten(), np.arange(4.0))
    net.setInputData(x.flatten())
    net.forward()
    padded, maps = np.pad(x, ((1, 1), (1, 1), (0, 0))), np.zeros((5, 4, 3))
    for i, j, c in np.ndindex(maps.shape):
        maps[i, j, c] = max(0, (padded[i : i + 3, j : j + 3] * filters[c]).sum() + 1)
    pooled = [maps[2 * i : 2 * i + 2, 2 * j : 2 * j + 2].max(axis=(0, 1)) for i in range(2) for j in range(2)]
    scores = np.exp(np.concatenate(pooled) @ weight + np.arange(4))
    np.testing.assert_allclose(net.getOutputData(), scores / scores.sum(), rtol=1e-4)


@pytest.mark.parametrize("copies", [5, 1])
def test_a_batch_shares_its_weights(copies):
    """As in the second edition's mnist_mlp_demo.py, whose pictures are Python integers."""
    rng, net = np.random.default_rng(4), CnnlNet()
    pictures = rng.integers(0, 256, (5, 6))
    layers = [(rng.normal(size=(6, 4)), rng.normal(size=(1, 4))), (rng.normal(size=(4, 3)), rng.normal(size=(1, 3)))]
    net.setInputShape(5, 6, 1, 1)
    for number, (weight, bias) in enumerate(layers):
        rows, columns = weight.shape
        net.createMlpLayer(
            f"fc{number}", shape(5, 1, 1, rows), shape(copies, 1, rows, columns), shape(5, 1, 1, columns)
        )
        net.loadParams(2 * number, weight.flatten(), bias.flatten())
        net.createReLuLayer(f"relu{number}")
    net.createSoftmaxLayer("softmax", shape(5, 1, 3), axis=1)
    net.setInputData(pictures.flatten().tolist())
    net.forward()
    (first, above), (second, last) = layers
    scores = np.maximum(np.maximum(pictures @ first + above, 0) @ second + last, 0)
    expected = np.exp(scores - scores.max(axis=1, keepdims=True))
    expected /= expected.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(np.reshape(net.getOutputData(), (5, 3)), expected, rtol=1e-3, atol=1e-6)


def test_layers_are_numbered_as_they_are_created(net):
    names = [net.getLayerName(number) for number in range(net.size())]
    assert names == ["conv1_1", "relu1_1", "pool1", "fc6", "softmax"]
    assert [number for number in range(net.size()) if net.needToBeQuantized(number)] == [0, 3]


@pytest.mark.parametrize(
    ("wrong", "error", "said"),
    [
        (lambda net: net.loadParams(1, [0.0], [0.0]), CnmlError, "not conv or mlp layer: number 1 is relu1_1"),
        (lambda net: net.loadParams(0, np.zeros(54, np.float32), [0.0]), TypeError, "flat row of Python floats"),
        (lambda net: net.loadParams(0, np.zeros((3, 18)), [0.0]), TypeError, "flat row of Python floats"),
        (lambda net: net.createSoftmaxLayer("prob", [4], 1), TypeError, r"3 whole numbers is needed, got \[4\]"),
        (lambda net: net.createPoolingLayer("pool2", [1, 3, 5, 4.5], 2, 2), TypeError, "float"),
        (lambda net: net.forward(), CnmlError, "param of layer conv1_1 is not loaded"),
    ],
)
def test_what_the_card_refuses_is_named(net, wrong, error, said):
    with pytest.raises(error, match=said):
        wrong(net)


def test_a_shape_that_does_not_fit_shows_when_the_network_runs():
    net = CnnlNet()
    net.createPoolingLayer("pool1", [1, 3, 9, 9], 2, 2)
    net.setInputData(np.zeros(12))
    with pytest.raises(CnmlError, match="pool1, told"):
        net.forward()
