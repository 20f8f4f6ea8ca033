"""Doubles answer what was written down and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from aics.doubles.recorded import PlainStep, RecordedLoss, RecordedNet, answering, cut_like, noted, outputs_of

X, Y, Z = np.ones((1, 2)), np.zeros((1, 2)), np.full((1, 2), 3.0)
NOTEBOOK = {"np": np}
exec("def double(x):\n    return 2 * x\n\n\ndef twice(x):\n    return double(double(x))\n", NOTEBOOK)


def test_a_functions_callers_get_the_recorded_answer_meanwhile():
    double = NOTEBOOK["double"]
    with answering(double, [(X, Y)]):
        np.testing.assert_array_equal(NOTEBOOK["twice"](X), Y)  # double(X) is recorded as Y, double(Y) is not
    assert NOTEBOOK["double"] is double
    with pytest.raises(ZeroDivisionError), answering(double, [(X, Y)]):
        raise ZeroDivisionError
    np.testing.assert_array_equal(NOTEBOOK["twice"](X), 4 * X)


def test_what_is_no_function_of_a_notebook_is_left_alone():
    with answering(np.sum, [(X, Y)]):
        assert np.sum(X) == 2


def test_a_loss_knows_its_pairs_only():
    loss = RecordedLoss([X, Y], [Y, Z], [0.5, 4.5], [X, Z])
    assert loss.forward(X, Y) == 0.5
    np.testing.assert_array_equal(loss.backward(Y, Z), Z)
    with pytest.raises(ValueError, match="these are others"):
        loss.forward(X, Z)


def test_a_net_returns_what_was_written_down_and_is_linear_on_the_way_down():
    image = np.zeros((1, 3, 2, 2))
    net = RecordedNet(image, ["a", "b"], [X, Y], [X, Z], [image + 1, image + 10])
    np.testing.assert_array_equal(net.forward(image, ["b"])["b"], Y)
    np.testing.assert_array_equal(net.forward(image + 2, ["b"])["b"], Y + 2)  # of another picture, others
    down = net.backward_all({"a": 2 * X, "b": X})
    np.testing.assert_array_equal(down, 2 * net.backward(X, "a") + net.backward(X, "b"))


def test_a_plain_step_is_counted():
    step = PlainStep(0.5)
    np.testing.assert_array_equal(step.update(X, Z), X - 1.5)
    assert step.updates == 1


def test_layers_run_in_order_and_are_noted():
    class Add:
        def __init__(self, number):
            self.number = number

        def forward(self, x):
            return x + self.number

    layers, calls = {"one": Add(1), "ten": Add(10)}, []
    noted(layers, "forward", calls)
    seen = outputs_of(layers, X)
    assert calls == ["one", "ten"]
    np.testing.assert_array_equal(seen["ten"], X + 11)
    cut = cut_like(np.arange(4.0), seen, ["ten", "one"])
    assert {name: part.tolist() for name, part in cut.items()} == {"ten": [[0, 1]], "one": [[2, 3]]}
