"""A measure computes what is compared, and says what it cannot use."""

from __future__ import annotations

import numpy as np
import pytest

from aics.check.ask import Answer, Raised, Unfit
from aics.check.judge import Rule, judge
from aics.check.measure import measure_of, measured
from aics.check.output import exact
from aics.check.returned import Returned, as_array, in_a_row, left, spelled, stacked

X = np.arange(6.0).reshape(2, 3)
RULE = Rule(name="double", points=4, outputs=tuple(exact("changed")))


def changed(returned, *, x):
    """How many numbers of x are others now."""
    return {"changed": np.count_nonzero(returned.shaped("x after the call", *x.shape) != x)}


def answered(**values):
    return measured(changed, {"x": X}, Answer(values={name.replace("_", " "): v for name, v in values.items()}))


def verdict(**values):
    return judge(RULE, [{"x": X}], [{"changed": np.array(0)}], [answered(**values)])


def test_what_is_compared_is_computed_from_what_was_returned():
    assert answered(x_after_the_call=X + np.array([0, 0, 1])).values == {"changed": 2}
    assert verdict(x_after_the_call=X).passed


@pytest.mark.parametrize("answer", [Answer(missing=("double",)), Answer(raised=Raised(type="KeyError", message="x"))])
def test_an_answer_without_arrays_stays_as_it_is(answer):
    assert measured(changed, {"x": X}, answer) is answer


def test_without_a_measure_arrays_are_compared_as_returned():
    answer = Answer(values={"output": X})
    assert measured(None, {"x": X}, answer) is answer
    assert measure_of("lab2_layers", "flatten") is None


@pytest.mark.parametrize(
    ("values", "rung", "got", "expected"),
    [
        ({}, "type", "", ""),
        ({"x_after_the_call": X[0]}, "shape", "[3]", "[2, 3]"),
        ({"x_after_the_call": X[:1]}, "shape", "[1, 3]", "[2, 3]"),
        ({"x_after_the_call": X + 1j}, "dtype", "complex128", "real numbers"),
    ],
)
def test_what_a_measure_cannot_use_is_a_finding_on_its_rung(values, rung, got, expected):
    found = verdict(**values)
    assert (found.score, found.rung, found.got, found.expected) == (0, rung, got, expected)
    assert found.reason.startswith("x after the call ")


def test_a_measure_that_falls_over_what_came_is_no_end_of_the_grader():
    def careless(returned, **_):
        return {"changed": int(returned["x"])}

    found = judge(RULE, [{"x": X}], [{"changed": 0}], [measured(careless, {"x": X}, Answer(values={"x": X}))])
    assert (found.score, found.rung) == (0, "values")
    assert found.reason == "Nothing can be made of what came back as x."


def test_names_travel_as_an_array():
    for words in (["conv1", "größe", "a b"], ["one"], []):
        assert Returned({"names": spelled(words)}).words("names") == words
    assert Returned({"names": np.array([104.0, 105, 10, 300])}).words("names") == ["hi", ","]


def test_a_measure_reads_a_thousand_words_at_most():
    assert len(Returned({"names": np.full(5000, 10)}).words("names")) == 1000


def test_arguments_are_returned_as_they_are_at_that_time():
    x, net = np.zeros(2), {"w": np.ones(1)}
    found = left(x=x, net=net)
    x += 1
    assert {name: value.tolist() for name, value in found.items()} == {
        "x after the call": [0, 0],
        "net w after the call": [1],
    }


def test_arrays_of_one_shape_are_stacked_and_another_stands_out():
    assert stacked([X, X]).shape == (2, 2, 3)
    assert stacked([X, X[0]]) is not None
    assert stacked([X, X[0]]).shape == (3,)
    assert stacked([X, "picture"]) == "picture"
    assert stacked([]).shape == (0,)


def test_numbers_make_a_row_whatever_holds_each_and_what_is_none_stands_out():
    row = in_a_row([1, np.int64(2), np.array(3)])
    assert (row.tolist(), row.dtype.kind) == ([1, 2, 3], "i")
    assert in_a_row([1, 2.5, np.float32(3)]).dtype.kind == "f"
    assert in_a_row([1, None]) is None
    assert in_a_row([1, "2"]) == "2"
    assert in_a_row([1, np.array([2])]).shape == (1,)
    assert in_a_row([]).shape == (0,)


def test_a_list_of_numbers_is_an_array_and_anything_else_is_left_alone():
    assert as_array([[1, 2], [3, 4]]).shape == (2, 2)
    assert as_array((1.5,)).tolist() == [1.5]
    assert as_array(X) is X
    for other in ([[1], [2, 3]], ["a"], [None], "text", {1}):
        assert as_array(other) is other


def test_an_answer_that_is_of_no_use_is_told_from_another():
    one, other = Answer(unfit=Unfit(output="x", rung="shape", got="[1]")), Answer(unfit=Unfit(output="x", rung="type"))
    assert (one.outcome, other.outcome) == ("x: shape [1]", "x: type")
