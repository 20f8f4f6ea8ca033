"""Pictures of scopes, of first values and of dropout say what they show."""

from __future__ import annotations

import numpy as np

from aics.lab7_graph_training import pictures
from aics.lab7_graph_training.operators import training_graph


def test_scopes_tell_variables_their_readers_and_what_is_trained():
    graph = training_graph()
    with graph.name_scope("fc"):
        weight = graph.variable("weight", np.zeros((3, 2), np.float32))
        for name in ("left", "right"):
            graph.apply("MatMul", graph.placeholder(name, (None, 3)), weight, name=f"{name}_product")
        graph.variable("seen", np.zeros(()))
    said = pictures.scopes(graph, [weight]).alt
    assert "fc/weight (trained; [3, 2], read by 2 nodes)" in said
    assert "fc/seen ([], read by 0 nodes)" in said
    texts = {text.get_text() for text in pictures.scopes(graph).axes[0].texts}
    assert {"fc/", "weight", "left_product", "MatMul"} <= texts


def test_depths_tell_each_layers_spread():
    outputs = [np.full((4, 4), 0.5) * np.array([1, -1, 1, -1]) / 2**layer for layer in range(10)]
    picture = pictures.depths({"halved": outputs, "again": outputs})
    assert "halved: 0.5, 0.25, 0.062, 0.0078, 0.00098" in picture.alt
    assert len(picture.axes) == 10


def test_dropped_counts_what_is_gone_among_what_was_there():
    digit = np.array([[0, 1, 1], [0, 1, 1]])
    half = np.array([[0, 2, 0], [0, 0, 2]])
    assert "50%, 50% of its pixels" in pictures.dropped([half, half], digit, digit).alt
