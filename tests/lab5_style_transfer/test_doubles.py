"""Lab 5's doubles answer what was written down and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from aics.lab5_style_transfer.doubles import NotingDescent, RecordedLoss, RecordedNet, features_of

X, Y, Z = np.ones((1, 2)), np.zeros((1, 2)), np.full((1, 2), 3.0)


def test_a_loss_knows_its_pairs_only():
    loss = RecordedLoss([X, Y], np.array([Y, Z]), np.array([0.5, 4.5]), np.array([X, Z]))
    assert loss.forward(X, Y) == loss.forward(input_layer=X, style_layer=Y) == 0.5
    np.testing.assert_array_equal(loss.backward(Y, Z), Z)
    with pytest.raises(ValueError, match="these are others"):
        loss.forward(X, Z)


def test_a_net_returns_what_was_written_down_and_its_backward_is_linear():
    image = np.zeros((1, 3, 2, 2))
    net = RecordedNet(image, ["a", "b"], [X, Y], [X, Z], [image + 1, image + 10])
    np.testing.assert_array_equal(net.forward(image, ["b"])["b"], Y)
    np.testing.assert_array_equal(net.forward(image + 2, ["b"])["b"], Y + 2)  # of another picture, others
    down = net.backward_all({"a": 2 * X, "b": X})
    np.testing.assert_array_equal(down, 2 * net.backward(X, "a") + net.backward(X, "b"))


def test_the_descent_notes_every_update():
    descent = NotingDescent(0.5)
    for _ in range(2):
        np.testing.assert_array_equal(descent.update(X, Z), 0.75 * X - 0.5 * np.resize([1, 1.5, 2], X.shape) * Z)
    assert descent.updated == ["update", "update"]


def test_features_are_the_outputs_of_one_layer_after_another():
    class Add:
        def __init__(self, number):
            self.number = number

        def forward(self, x):
            return x + self.number

    seen = features_of({"one": Add(1), "ten": Add(10)}, X)
    assert list(seen) == ["one", "ten"]
    np.testing.assert_array_equal(seen["ten"], X + 11)
