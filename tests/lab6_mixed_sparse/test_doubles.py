"""Lab 6's doubles: names of parameters, networks of which one part exists, places of a sparse matrix."""

from __future__ import annotations

import itertools

import numpy as np

from aics.lab6_mixed_sparse.doubles import (
    BackwardOnlyNet,
    by_parameter,
    entries,
    scattered,
    weights_of,
    with_scaled_gradients,
)


def test_parameters_have_the_names_of_the_notebook():
    assert list(by_parameter({"fc1_weight": np.zeros(1), "label": np.zeros(1)})) == ["fc1/weight", "label"]
    assert weights_of([("fc1/weight", [2, 3]), ("fc1/bias", [1, 3])]) == [("fc1/weight", [2, 3])]


def test_entries_that_a_dict_lacks_are_none_and_what_is_no_dict_goes_through():
    assert entries({"a": 1, "c": 3}, ["a", "b"], "numbers") == {"a": 1, "b": None}
    assert entries([1], ["a", "b"], "numbers") == {"the dict of numbers": [1]}


def test_a_net_without_forward_notes_what_it_is_handed_and_stores_gradients_in_half():
    net = BackwardOnlyNet({"fc1/weight": np.array([[1.0], [2.0]])})
    top_diff = np.array([[3.0, 0.0], [2.0**-26, 40000.0]])
    found = net.backward(top_diff)["fc1/weight"]
    assert found.dtype == np.float16
    assert found.tolist() == [[3, np.inf]]
    assert net.received[0] is top_diff


def test_a_nets_gradients_are_scaled_in_their_own_precision():
    class Net:
        def backward(self, top_diff):
            return top_diff

    found = with_scaled_gradients(Net(), 2.0**-10).backward(np.array([2.0**-14, 1.0], np.float16))
    assert found.dtype == np.float16
    assert found.tolist() == [2.0**-24, 2.0**-10]


def test_scattered_places_are_in_order_and_some_rows_are_empty():
    columns, ends = scattered(64, 50, 300)
    assert len(columns) == ends[-1] == 300
    assert (np.diff(ends) == 0).sum() >= 4
    for start, end in itertools.pairwise(ends):
        assert (np.diff(columns[start:end]) > 0).all()
