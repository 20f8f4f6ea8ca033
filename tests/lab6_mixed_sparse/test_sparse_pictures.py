"""The pictures of sparse training: drawn with alt text, and what the alt text says."""

from __future__ import annotations

import numpy as np
import pytest

from aics.lab6_mixed_sparse import pictures as show
from tests.drawing import assert_is_drawn

RNG = np.random.default_rng(0)
ROOM = {"A": 25, "B": 32}


def raced(yours, dense=1e-4):
    """Three rounds for each density: of a sparse product with these times, and of the dense one."""
    return [{"yours": [0.9 * time, time, 1.2 * time], "dense": [dense] * 3} for time in yours]


DRAWINGS = {
    "weight_sizes": lambda: show.weight_sizes({"fc1": RNG.normal(size=(20, 30)), "fc2": RNG.normal(size=(5, 4))}),
    "pruned_accuracy": lambda: show.pruned_accuracy([1, 0.5, 0.1], [0.97, 0.96, 0.3]),
    "sparse_cycle": lambda: show.sparse_cycle(),
    "layer_shares": lambda: show.layer_shares({"weights": {"a": 0.9, "b": 0.1}, "importance": {"a": 0.2, "b": 0.8}}),
    "vessels": lambda: show.vessels(ROOM, [("first", {"A": 60, "B": 20}), ("then", {"A": 25, "B": 32})]),
    "pixel_maps": lambda: show.pixel_maps({"one": RNG.random(784), "two\nlines": np.zeros(784)}),
    "accuracy_by_density": lambda: show.accuracy_by_density({"paper": {1.0: 0.98, 0.05: 0.97}}, low=0.9),
    "compressed_rows": lambda: show.compressed_rows(np.array([[0, 7], [0, 0], [1, 2]])),
    "density_race": lambda: show.density_race([0.01, 0.1], raced([1e-5, 3e-4]), "dense", title="a race."),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_draws(name):
    picture = DRAWINGS[name]()
    assert "nan" not in picture.alt
    assert_is_drawn(picture)


def test_the_cycle_takes_out_as_many_as_it_grows():
    alt = show.sparse_cycle().alt
    assert "8 and 8 are active. Pruned: 6" in alt
    assert "Regrown: 6 new ones" in alt
    assert "6 and 10 are active" in alt


def test_the_three_rows_of_a_small_matrix():
    alt = show.compressed_rows(np.array([[0, 7], [0, 0], [1, 2]])).alt
    assert "data 7, 1, 2; indices 1, 0, 1; indptr 0, 1, 1, 3" in alt


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        ([1e-5, 3e-4], "faster up to 1 % of the weights"),
        ([1e-5, 2e-5], "faster up to 10 % of the weights"),
        ([2e-4, 3e-4], "never faster"),
    ],
)
def test_a_race_says_where_sparse_and_dense_meet(seconds, said):
    assert said in show.density_race([0.01, 0.1], raced(seconds), "dense").alt


def test_a_race_is_not_decided_by_one_slow_round():
    rounds = raced([1e-5, 1e-5])
    rounds[1]["yours"][0] = 1.0
    assert "faster up to 10 %" in show.density_race([0.01, 0.1], rounds, "dense").alt


def test_a_map_says_how_much_lies_in_the_middle():
    middle = np.zeros((28, 28))
    middle[10:18, 10:18] = 1
    assert "100% in the middle quarter" in show.pixel_maps({"ink": middle.ravel()}).alt
