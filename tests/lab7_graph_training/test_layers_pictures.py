"""What the pictures of layers and networks say."""

from __future__ import annotations

import numpy as np

from aics.lab7_graph_training.pictures import layers


def test_pictures_have_words():
    rng = np.random.default_rng(0)
    assert "hidden/weight (784, 300)" in layers.layer_scope().alt
    assert "cross-entropy" in layers.two_losses().alt
    assert "3136" in layers.digit_network().alt
    assert layers.filters(rng.normal(size=(1, 5, 5, 32))).alt.startswith("32 filters of 5 x 5")
    assert "Ten pictures" in layers.weights_as_pictures(rng.normal(size=(784, 10))).alt


def test_only_what_is_read_wrong_is_shown():
    pictures, labels = np.zeros((3, 28, 28)), np.array([4, 5, 6])
    assert layers.read_wrong(pictures, labels, np.array([4, 9, 6])).alt == "Digits that were read wrong: 5, read as 9"
    assert layers.read_wrong(pictures, labels, labels) == "All 3 are read right."


def test_the_loss_curve_says_where_it_is_and_stays_inside():
    curve = layers.LossCurve([2.0, 1.0, float("nan"), 0.5], 8)
    assert repr(curve) == "step 4 of 8: loss 0.500"
    points = curve._repr_html_().split('points="')[1].split('"')[0].split()
    heights = [float(point.split(",")[1]) for point in points]
    assert heights == sorted(heights)
    assert min(heights) >= 0
    assert max(heights) <= curve.HEIGHT - curve.BELOW


def test_the_table_of_dialects():
    table = layers.dialects({"raw graph": (4, 25450, 0.0), "Keras": (4, 25450, 1e-7)})
    assert repr(table).splitlines()[2].split() == ["Keras", "4", "25,450", "1.0e-07"]
    assert table._repr_html_().count("<tr>") == 3
