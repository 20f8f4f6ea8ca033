"""Functions of a notebook answer what is known, and nothing else; calls of methods are recorded."""

from __future__ import annotations

import numpy as np
import pytest

from aics.doubles.calls import known_calls_answered, note_calls, overridden, record_calls

X, Y = np.ones((1, 2)), np.zeros((1, 2))
NOTEBOOK = {"np": np}
exec(
    "def double(x, *, times=2):\n    return times * x\n\n\ndef twice(x):\n    return double(double(x))\n",
    NOTEBOOK,
)


def test_callers_of_a_function_get_the_known_answer_until_the_block_ends():
    double = NOTEBOOK["double"]
    with known_calls_answered(double, [([X], Y)]):
        np.testing.assert_array_equal(NOTEBOOK["twice"](X), Y)  # double(X) is known to be Y, double(Y) is not known
    assert NOTEBOOK["double"] is double
    with pytest.raises(ZeroDivisionError), known_calls_answered(double, [([X], Y)]):
        raise ZeroDivisionError
    np.testing.assert_array_equal(NOTEBOOK["twice"](X), 4 * X)


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({"a": np.array([1.0])}, 7),
        ({"a": np.array([1 + 1e-9])}, 7),  # equal but for rounding
        ({"a": np.array([1.0]), "b": "more"}, 7),
        ({"a": np.array([1.1])}, None),
        ({"a": None}, None),
        ({"a": "text"}, None),
        ([1.0], None),
    ],
)
def test_a_known_call_has_equal_arguments(given, answer):
    names = {"np": np}
    exec("def own(x):\n    return 'own'\n", names)
    with known_calls_answered(names["own"], [([{"a": np.array([1.0])}], 7)]):
        assert names["own"](given) == (answer or "own")


def test_keywords_are_part_of_the_call():
    with known_calls_answered(NOTEBOOK["double"], [([4], 9)]):
        assert NOTEBOOK["double"](4) == 9
        assert NOTEBOOK["double"](4, times=3) == 12


def test_an_answer_may_be_written_into():
    known = np.zeros(2)
    with known_calls_answered(NOTEBOOK["double"], [([X], known)]):
        NOTEBOOK["double"](X)[:] = 5
    assert known.tolist() == [0, 0]


def test_a_function_that_a_notebook_does_not_define_stays_as_it_is():
    with overridden(np.sum, lambda *_: 7):
        assert np.sum(X) == 2


def test_calls_of_a_method_are_recorded_in_order():
    class Add:
        def __init__(self, number):
            self.number = number

        def forward(self, x):
            return x + self.number

    calls, layers = [], [Add(1), Add(10)]
    for layer in layers:
        record_calls(layer, "forward", calls)
    assert layers[1].forward(layers[0].forward(5)) == 16
    assert calls == [(5,), (6,)]


def test_a_note_of_ones_own_is_taken_at_each_call():
    class Net:
        def load(self, params):
            return params

    notes, net = [], Net()
    note_calls(net, "load", notes, "net")
    assert [net.load(3), net.load(4)] == [3, 4]
    assert notes == ["net", "net"]


def test_arguments_by_name_are_recorded_by_their_places():
    class Adder:
        def add(self, a, b=1):
            return a + b

    adder, calls = Adder(), []
    record_calls(adder, "add", calls)
    assert (adder.add(1, b=2), adder.add(b=3, a=4)) == (3, 7)
    assert calls == [(1, 2), (4, 3)]
    with pytest.raises(TypeError):
        adder.add(c=1)
