"""Pictures of half precision and mixed training: drawn, with alt text that says what they show."""

from __future__ import annotations

import numpy as np
import pytest

from aics.lab6_mixed_sparse import pictures as show
from tests.drawing import assert_is_drawn

RNG = np.random.default_rng(0)
SPOILED = [np.array([True, False, False]), np.array([False, True, False]), np.zeros(3, bool)]
LOSSES = np.linspace(2, 0.1, 50)
SCALES = np.repeat([2.0**20, 2.0**19, 2.0**18, 2.0**19], [1, 1, 30, 18])
DRAWINGS = {
    "half_spacing": show.half_spacing,
    "half_bits": show.half_bits,
    "exponents alone": lambda: show.exponents({"one": np.array([1e-9, 1e-6, 0.1])}),
    "cast_errors": lambda: show.cast_errors(np.array([1 / 3, -1e-6, 0.0]), np.array([1 / 3, -1e-6, 0], np.float16)),
    "running_sums": show.running_sums,
    "exponents": lambda: show.exponents({"one": np.array([1e-9, 1e-6, 0.1])}, {"one": SPOILED}),
    "exponents of zeros": lambda: show.exponents(
        {"a": np.zeros(2), "b": np.ones(2)}, {key: [np.zeros(2, bool)] * 3 for key in "ab"}
    ),
    "spoiled_shares": lambda: show.spoiled_shares({0: (1, 0, 0), 10: (0, 0.01, 0), 30: (0, 0, 1)}),
    "spoiled_shares, none good": lambda: show.spoiled_shares({0: (1, 0, 0), 30: (0, 0, 1)}),
    "lost_updates": lambda: show.lost_updates(*RNG.normal(0, 1, (2, 9, 3)).astype(np.float16), step=0.1),
    "mixed_flow": show.mixed_flow,
    "loss_and_scale": lambda: show.loss_and_scale({"a": {"loss": LOSSES}, "b": {"loss": LOSSES, "scale": SCALES}}),
    "loss_and_scale of few": lambda: show.loss_and_scale({"a": {"loss": [2.0, np.inf], "scale": [4.0, 4.0]}}),
    "memory_bars": lambda: show.memory_bars(
        {"here": {"weights": 4e6, "masters": 0}, "there": {"weights": 2e8, "masters": 8}}
    ),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_draws(name):
    assert_is_drawn(DRAWINGS[name]())


def test_sums_of_ones_stop_at_2048():
    assert "5000 ones: 5000 in float32, 2048 in float16" in show.running_sums().alt


def test_stuck_weights_are_named():
    alone = np.array([[1.0, 2.0]] * 3, np.float16)
    copies = alone - np.float16(0.5) * np.arange(3, dtype=np.float16)[:, None]
    assert "1: does not move by itself; 2: does not move by itself" in show.lost_updates(copies, alone, step=0.5).alt


def test_skipped_steps_are_counted():
    alt = show.loss_and_scale({"run": {"loss": LOSSES, "scale": SCALES}}).alt
    assert "scale 2^20 at first, 2^19 at last, 2 steps skipped" in alt


def test_bars_say_megabytes():
    alt = show.memory_bars({"here": {"weights": 4e6, "masters": 0}}).alt
    assert alt == "Bytes. here: weights 4.00 MB, masters 0.00 MB."


def test_bits_are_those_of_the_number():
    assert "1 is 0 01111 0000000000; -2048 is 1 11010 0000000000" in show.half_bits((1.0, -2048.0)).alt
