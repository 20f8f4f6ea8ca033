"""Every picture of the lab is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from aics.lab1_preprocessing.pictures.sampling import rings
from aics.lab2_layers.pictures.synthetic import shapes
from aics.lab3_vgg19 import pictures as show
from tests.drawing import assert_is_drawn

PICTURES, KINDS, NAMES = shapes(6)
RINGS = rings(40)

DRAWINGS = {
    "network_blocks": lambda: show.network_blocks(64, (16, 32, 64, 128, 128), (128, 128), 10),
    "layer_cost": lambda: show.layer_cost(3, 16, 3, 64, 64),
    "shifted_entries": lambda: show.shifted_entries(),
    "top_classes": lambda: show.top_classes([RINGS] * 2, np.array([[1, 0]] * 2), np.full((2, 2), 0.5), "ab", [1, 0]),
    "top_classes of one": lambda: show.top_classes([RINGS], np.array([[1]]), np.array([[0.9]]), ["ox", "cat, tabby"]),
    "batches": lambda: show.batches(7, 3),
    "confusion": lambda: show.confusion(KINDS, KINDS[::-1], NAMES),
    "cost_bars": lambda: show.cost_bars({"conv1": (10, 4), "relu1": (0, 0), "fc6": (3_000_000, 3_000_000)}),
    "time_bars": lambda: show.time_bars({"conv1": 0.2, "relu1": 0.1}, {"conv1": 7, "relu1": 0}),
    "divergence": lambda: show.divergence({}),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_draws(name):
    assert_is_drawn(DRAWINGS[name]())


def test_the_last_batch_is_what_is_left_over():
    assert "in batches of 3, 3, 1" in show.batches(7, 3).alt


def test_a_confusion_names_the_most_frequent_mistake():
    alt = show.confusion(np.array([0, 0, 1, 2]), np.array([0, 2, 1, 2]), NAMES).alt
    assert "75.0% lie on the diagonal" in alt
    assert f"{NAMES[0]} taken for {NAMES[2]}, 1x" in alt


def test_stopwatches_keep_the_least_time_and_change_no_answer():
    class Layer:
        size = 3

        def forward(self, x):
            return x + 1

    watched, seconds = show.stopwatches({"a": Layer(), "b": Layer()})
    assert (watched["a"].forward(2), watched["a"].size) == (3, 3)
    assert 0 < seconds["a"] < seconds["b"] == float("inf")
