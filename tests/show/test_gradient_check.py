"""The gradient check: right layers pass to rounding, every wrong gradient is found, and the picture says where."""

from __future__ import annotations

import numpy as np
import pytest

from aics import show
from aics.layers.layers_1 import FullyConnectedLayer, ReLULayer
from aics.layers.layers_2 import ConvolutionalLayer
from aics.show.gradient_check import compared
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.course import Lab
from tests.drawing import assert_is_drawn

X, PICTURES, LABELS = (4, 5), (2, 2, 6, 5), [2, 0, 4, 1]
SOLUTION = run_cells(solution_cells(Lab("lab2_layers")))
RIGHT_ONES = {
    "fully connected": (SOLUTION["FullyConnectedLayer"](5, 3), X, None),
    "relu": (SOLUTION["ReLULayer"](), X, None),
    "softmax": (SOLUTION["SoftmaxLossLayer"](), X, LABELS),
    "convolution": (SOLUTION["ConvolutionalLayer"](3, 2, 3, 1, 2), PICTURES, None),
    "fast convolution": (SOLUTION["ConvolutionalLayer"](3, 2, 3, 1, 2, type=1), PICTURES, None),
    "pooling": (SOLUTION["MaxPoolingLayer"](3, 2), (2, 2, 7, 5), None),
    "flatten": (SOLUTION["FlattenLayer"]([2, 6, 5], [60]), PICTURES, None),
    "finished fully connected": (FullyConnectedLayer(5, 3), X, None),
    "finished relu": (ReLULayer(), X, None),
    "finished convolution": (ConvolutionalLayer(3, 2, 3, 1, 2, type=1), PICTURES, None),
}


@pytest.mark.parametrize("name", RIGHT_ONES)
def test_a_right_layer_passes(name):
    layer, x, label = RIGHT_ONES[name]
    for each in compared(layer, x, label=label):
        assert not each.wrong.any(), each.finding
        assert "right" in each.finding


def spoiled(spoil):
    """A right layer whose gradients go through ``spoil(layer, bottom_diff)``."""
    layer = SOLUTION["FullyConnectedLayer"](5, 3)
    right = layer.backward
    layer.backward = lambda top_diff: spoil(layer, right(top_diff))
    return layer


def test_a_single_wrong_entry_is_found_and_named():
    def spoil(layer, bottom_diff):
        layer.d_weight[2, 1] *= 1.01
        return bottom_diff

    bottom_diff, d_weight, d_bias = compared(spoiled(spoil), X)
    assert not bottom_diff.wrong.any()
    assert not d_bias.wrong.any()
    assert np.argwhere(d_weight.wrong).tolist() == [[2, 1]]
    assert "d_weight: 1 of 15 entries are wrong. Worst at [2, 1]:" in d_weight.finding
    assert "Worst at [2, 1]" in show.gradient_check(spoiled(spoil), X).alt


@pytest.mark.parametrize("factor", [np.nan, np.inf, 0, -1])
def test_a_gradient_that_is_no_number_or_zero_or_turned_is_wrong(factor):
    bottom_diff, *_ = compared(spoiled(lambda _, diff: diff * factor), X)
    assert bottom_diff.wrong.all()
    assert_is_drawn(show.gradient_check(spoiled(lambda _, diff: diff * factor), X))


def test_a_missing_gradient_and_one_of_another_shape_are_told():
    with pytest.raises(ValueError, match="there is no bottom_diff"):
        compared(spoiled(lambda *_: None), X)
    with pytest.raises(ValueError, match=r"bottom_diff has the shape \[4, 3\], and its array has \[4, 5\]"):
        compared(spoiled(lambda _, diff: diff[:, :3]), X)


def test_an_empty_stub_says_so_itself():
    def unwritten(*_):
        raise NotImplementedError("lab 2, relu: return bottom_diff")

    with pytest.raises(NotImplementedError):
        compared(spoiled(unwritten), X)


def test_a_known_mistake_is_seen():
    lab = Lab("lab2_layers")
    known = {(v.question, v.name): v.source for v in lab.misconceptions}
    source = known["conv_backward", "overlaps_overwritten"]
    names = run_cells(solution_cells(lab), {"conv_backward_code": source})
    assert any(each.wrong.any() for each in compared(names["ConvolutionalLayer"](3, 2, 3, 1, 1), PICTURES))


def test_it_is_drawn():
    layer, x, _ = RIGHT_ONES["convolution"]
    assert_is_drawn(show.gradient_check(layer, x))
