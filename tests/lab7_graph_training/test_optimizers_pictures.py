"""Pictures of optimizers: drawn, and what they say to those who cannot see them."""

from __future__ import annotations

import numpy as np
import pytest

from aics.lab7_graph_training import pictures as show
from tests.drawing import assert_is_drawn

WAY = np.array([[-9, 1], [-4, -0.5], [-1, 0.1]])
DRAWINGS = {
    "one_step": lambda: show.one_step(),
    "valley": lambda: show.valley({"one": WAY, "other": WAY / 2}, [1, 25]),
    "optimizer_losses": lambda: show.optimizer_losses({"one": np.linspace(2, 1, 30)}, {"one": 0.9}),
    "runs_by_beginning": lambda: show.runs_by_beginning({"one": [(0.9, 10), (0.8, 9)]}),
    "gradients_by_depth": lambda: show.gradients_by_depth({"sigmoid": [1e-6, 1e-3], "ReLU": [1e-3, 1e-2]}),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_draws(name):
    picture = DRAWINGS[name]()
    assert "nan" not in picture.alt
    assert_is_drawn(picture)


def test_the_valley_tells_how_high_each_still_is():
    assert "Height after 2 steps: one: 0.62; other: 0.16." in show.valley({"one": WAY, "other": WAY / 2}, [1, 25]).alt


def test_losses_end_with_a_mean_and_an_accuracy():
    alt = show.optimizer_losses({"one": [5.0] * 10 + [2.0] * 20}, {"one": 0.9}).alt
    assert "one ends at 2.000, and reads 90.0% of the test digits" in alt
