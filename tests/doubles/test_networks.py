"""Layers are made as a plan lists them, and networks without running their __init__."""

from __future__ import annotations

import numpy as np
import pytest

from aics.doubles.networks import kind_of, layers_of, without_init


class Layer:
    def __init__(self, *sizes):
        self.sizes, self.params = sizes, None

    def load_param(self, weight, bias):
        self.params = weight, bias


PLAN = [["conv1_1", 3, 2, 4, 1, 1], ["relu1_1"], ["fc6", 5, 6]]
CLASSES = {"conv": Layer, "relu": Layer, "fc": Layer}


def test_a_plans_layers_get_their_sizes_and_weights():
    count = 2 * 3 * 3 * 4 + 4 + 5 * 6 + 6
    layers = layers_of(CLASSES, PLAN, np.arange(count))
    assert {name: layer.sizes for name, layer in layers.items()} == {name: tuple(sizes) for name, *sizes in PLAN}
    weight, bias = layers["conv1_1"].params
    assert (weight.shape, bias.tolist()) == ((2, 3, 3, 4), [72, 73, 74, 75])
    weight, bias = layers["fc6"].params
    assert (weight.shape, bias.tolist()) == ((5, 6), [list(range(106, 112))])
    assert layers["relu1_1"].params is None


def test_without_numbers_there_are_no_weights():
    assert all(layer.params is None for layer in layers_of(CLASSES, PLAN).values())


def test_a_network_without_a_file_has_the_given_attributes_only():
    class Net:
        def __init__(self):
            raise OSError("no file")

    assert vars(without_init(Net, size=3)) == {"size": 3}


@pytest.mark.parametrize(("name", "kind"), [("conv3_2", "conv"), ("fc6", "fc"), ("flatten", "flatten")])
def test_a_layers_name_says_its_kind(name, kind):
    assert kind_of(name) == kind
