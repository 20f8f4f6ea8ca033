"""Kernels against NumPy in float64 and against PyTorch."""

from __future__ import annotations

import numpy as np
import pytest

from aics.lab7_graph_training.operators import training_graph
from aics.lab7_graph_training.session import Session

rng = np.random.default_rng(0)


def draw(*shape):
    return np.asarray(rng.normal(size=shape), np.float32)


def computed(operator, *arrays, **attributes):
    graph = training_graph()
    inputs = [graph.placeholder(f"in{n}", np.shape(array), array.dtype.name) for n, array in enumerate(arrays)]
    y = graph.apply(operator, *inputs, **attributes)
    value = Session(graph).run(y, dict(zip(inputs, arrays, strict=True)))
    assert value.dtype.name == y.dtype
    return value


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    return np.exp(x) / np.exp(x).sum(1, keepdims=True)


@pytest.mark.parametrize(
    ("operator", "function"),
    [
        ("Neg", np.negative),
        ("Square", lambda x: x * x),
        ("Exp", np.exp),
        ("Floor", np.floor),
        ("Sigmoid", sigmoid),
        ("Tanh", np.tanh),
        ("Relu", lambda x: np.where(x > 0, x, 0)),
        ("Step", lambda x: np.where(x > 0, 1, 0)),
        ("Softmax", softmax),
        ("Sum", lambda x: np.asarray(x.sum())),
        ("Mean", lambda x: np.asarray(x.mean())),
        ("Count", lambda x: np.asarray(x.size)),
        ("ChannelSum", lambda x: x.sum(0)),
        ("ChannelMean", lambda x: x.mean(0)),
        ("ArgMax", lambda x: x.argmax(1)),
    ],
)
@pytest.mark.parametrize("kind", ["float32", "float64"])
def test_functions_of_one_input(operator, function, kind):
    x = draw(5, 4).astype(kind)
    np.testing.assert_allclose(computed(operator, x), function(x.astype(np.float64)), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    ("operator", "function"), [("Sqrt", np.sqrt), ("Log", np.log), ("Reciprocal", lambda x: 1 / x)]
)
def test_functions_of_positive_numbers(operator, function):
    x = np.abs(draw(5, 4)) + np.float32(0.1)
    np.testing.assert_allclose(computed(operator, x), function(x.astype(np.float64)), rtol=1e-5)


@pytest.mark.parametrize(
    ("operator", "function"),
    [("Add", np.add), ("Sub", np.subtract), ("Mul", np.multiply), ("Div", np.divide), ("Greater", np.greater)],
)
def test_two_of_one_shape_or_a_scalar_beside_an_array(operator, function):
    a, b, number = draw(5, 4), draw(5, 4), draw()
    for pair in ((a, b), (a, number), (number, a)):
        np.testing.assert_allclose(computed(operator, *pair), function(*pair), rtol=1e-6)


@pytest.mark.parametrize("turned_a", [False, True])
@pytest.mark.parametrize("turned_b", [False, True])
def test_matrices_turned_in_all_ways(turned_a, turned_b):
    a, b = draw(3, 4), draw(4, 5)
    given = a.T if turned_a else a, b.T if turned_b else b
    y = computed("MatMul", *map(np.ascontiguousarray, given), transpose_a=turned_a, transpose_b=turned_b)
    np.testing.assert_allclose(y, a.astype(np.float64) @ b, rtol=1e-5, atol=1e-6)


def test_what_goes_channel_by_channel():
    x, small, bias = draw(2, 3, 4, 5), draw(4, 3), draw(3)
    np.testing.assert_allclose(computed("BiasAdd", x, bias), x + bias[None, :, None, None])
    np.testing.assert_allclose(computed("BiasAdd", small, bias), small + bias)
    np.testing.assert_allclose(computed("PerChannel", bias, x)[1, :, 2, 3], bias)
    np.testing.assert_allclose(computed("PerChannel", bias, small)[2], bias)
    np.testing.assert_allclose(computed("ChannelSum", x), x.sum((0, 2, 3)), rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(computed("ChannelMean", x), x.mean((0, 2, 3)), rtol=1e-5, atol=1e-6)


def test_what_takes_a_shape_or_another():
    x, like, rows = draw(4, 6), draw(2, 3, 4), draw(4)
    assert computed("Fill", np.float32(3), like).tolist() == np.full((2, 3, 4), 3).tolist()
    assert (computed("ReshapeLike", x, like) == x.reshape(2, 3, 4)).all()
    assert (computed("Reshape", x, shape=(3, -1)) == x.reshape(3, 8)).all()
    assert (computed("Transpose", like, axes=(2, 0, 1)) == like.transpose(2, 0, 1)).all()
    assert (computed("PerRow", rows, x)[:, 5] == rows).all()
    assert (computed("Scale", x, by=2.0) == 2 * x).all()
    assert (computed("Shift", x, by=2.0) == x + 2).all()


def test_choices_and_changes_of_dtype():
    a, b = draw(4, 3), draw(4, 3)
    assert computed("Select", np.asarray(True), a, b) is a
    assert computed("Select", np.asarray(False), a, b) is b
    assert (computed("Cast", a > 0, dtype="float32") == (a > 0)).all()
    assert computed("Equal", np.arange(3), np.array([0, 2, 2])).tolist() == [True, False, True]
    assert computed("WithGradient", a, b, b, b, rule=None) is a


def test_sigmoid_and_softmax_do_not_overflow():
    far = np.array([[-1000, 0, 1000]], np.float32)
    assert computed("Sigmoid", far).tolist() == [[0, 0.5, 1]]
    assert computed("Softmax", far).tolist() == [[0, 0, 1]]
    one = np.array([[1, 0, 0]], np.float32)
    assert computed("SoftmaxCrossEntropy", far, one).tolist() == [2000]


def test_random_numbers_are_new_in_each_run_and_the_same_in_each_session():
    graph = training_graph()
    like = graph.placeholder("like", (None, 50))
    y = graph.apply("RandomUniform", like, seed=3)
    first, second = Session(graph), Session(graph)
    feed = {like: np.zeros((40, 50), np.float32)}
    a, b = first.run(y, feed), first.run(y, feed)
    assert (a != b).any()
    assert (second.run(y, feed) == a).all()
    assert 0 <= a.min() < a.max() < 1
    assert abs(a.mean() - 0.5) < 0.03


@pytest.mark.torch
@pytest.mark.parametrize(("stride", "pad"), [(1, 0), (1, 2), (2, 1), (3, 0)])
def test_convolutions_and_both_gradients_beside_pytorch(torch, stride, pad):
    x, weight = draw(2, 3, 9, 8), draw(3, 4, 4, 5)
    tx, tw = (torch.tensor(array, requires_grad=True) for array in (x, weight.transpose(3, 0, 1, 2).copy()))
    ty = torch.nn.functional.conv2d(tx, tw, stride=stride, padding=pad)
    dy = draw(*ty.shape)
    ty.backward(torch.tensor(dy))
    how = {"stride": stride, "pad": pad}
    close = {"rtol": 1e-4, "atol": 1e-4}
    np.testing.assert_allclose(computed("Conv2D", x, weight, **how), ty.detach().numpy(), **close)
    np.testing.assert_allclose(computed("Conv2DBackpropInput", x, weight, dy, **how), tx.grad.numpy(), **close)
    dweight = tw.grad.numpy().transpose(1, 2, 3, 0)
    np.testing.assert_allclose(computed("Conv2DBackpropFilter", x, weight, dy, **how), dweight, **close)


@pytest.mark.torch
@pytest.mark.parametrize(("size", "stride"), [(2, 2), (3, 2), (2, 3)])
def test_pooling_and_its_gradient_beside_pytorch(torch, size, stride):
    x = draw(2, 3, 9, 8)
    tx = torch.tensor(x, requires_grad=True)
    ty = torch.nn.functional.max_pool2d(tx, size, stride)
    dy = draw(*ty.shape)
    ty.backward(torch.tensor(dy))
    how = {"kernel_size": size, "stride": stride}
    assert (computed("MaxPool", x, **how) == ty.detach().numpy()).all()
    np.testing.assert_allclose(computed("MaxPoolGrad", x, dy, **how), tx.grad.numpy(), rtol=1e-5, atol=1e-6)


@pytest.mark.torch
def test_cross_entropy_beside_pytorch(torch):
    logits, digits = draw(6, 10), rng.integers(0, 10, 6)
    wanted = torch.nn.functional.cross_entropy(torch.tensor(logits), torch.tensor(digits), reduction="none")
    labels = np.eye(10, dtype=np.float32)[digits]
    np.testing.assert_allclose(computed("SoftmaxCrossEntropy", logits, labels), wanted.numpy(), rtol=1e-5)
