"""Every picture of the lab is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from aics.lab2_layers import pictures as show
from tests.drawing import assert_is_drawn

POINTS, LABELS = show.spirals(20)
PICTURES, KINDS, NAMES = show.shapes(6)
HOUSE = show.scene(24, 32)

DRAWINGS = {
    "matrix_product": lambda: show.matrix_product(),
    "relu": lambda: show.relu(),
    "softmax": lambda: show.softmax((3.0, 0.0, -2.0), right=2),
    "window": lambda: show.window(6, 3, 2, 0),
    "window with no position": lambda: show.window(2, 3, 1, 0),
    "sliding": lambda: show.sliding(),
    "coverage": lambda: show.coverage(),
    "img2col": lambda: show.img2col(4, 5, 3),
    "feature_maps": lambda: show.feature_maps(HOUSE, np.stack([HOUSE, -HOUSE]), ("as it is", "negative")),
    "filters": lambda: show.filters(show.EDGE_FILTERS),
    "filters of zeros": lambda: show.filters({"nothing": np.zeros((3, 3))}),
    "pooling": lambda: show.pooling(),
    "overlapping pooling": lambda: show.pooling(np.arange(25).reshape(5, 5), 3, 2),
    "pooled": lambda: show.pooled([HOUSE, HOUSE[::2, ::2]]),
    "speed_bars": lambda: show.speed_bars({"forward": (2.0, 0.01), "backward": (8.0, 0.02)}),
    "winograd_tiles": lambda: show.winograd_tiles(),
    "winograd_count": lambda: show.winograd_count(24, 40, 256, 256),
    "decision_map": lambda: show.decision_map(POINTS, LABELS, lambda p: np.c_[p, -p[:, :1]], [1.1, 0.4]),
    "predictions": lambda: show.predictions(PICTURES, KINDS, KINDS[::-1], NAMES),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_draws(name):
    assert_is_drawn(DRAWINGS[name]())


def test_windows_are_counted():
    assert "4 positions fit, 0 cell(s)" in show.window(7, 3, 2, 1).alt
    assert "2 positions fit, 1 cell(s)" in show.window(6, 3, 2, 0).alt


def test_pooling_marks_the_first_of_equal_numbers():
    picture = show.pooling([[7, 7], [7, 7]])
    assert "gradients of 1 go to [[1.0, 0.0], [0.0, 0.0]]" in picture.alt


def test_edge_filters_ignore_flat_areas():
    assert all(values.shape == (3, 3) and values.sum() == 0 for values in show.EDGE_FILTERS.values())


def test_scenes_are_plain_float32_and_repeatable():
    assert HOUSE.dtype == np.float32
    assert HOUSE.shape == (24, 32)
    assert 0 <= HOUSE.min() < HOUSE.max() <= 1
    assert PICTURES.shape == (6, 1, 12, 12)
    assert PICTURES.dtype == np.float32
    assert np.array_equal(PICTURES, show.shapes(6)[0])
