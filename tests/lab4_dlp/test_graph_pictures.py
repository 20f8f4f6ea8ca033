"""Pictures of graphs and backends say in words what they draw."""

from __future__ import annotations

import numpy as np
import pytest

from aics.lab4_dlp import pictures as show
from aics.lab4_dlp.graph_doubles import planned, tensor
from aics.show.figure import PALE
from tests.drawing import assert_is_drawn

PLAN = ["x = placeholder", "w = variable", "a = Minus(x, w)", "b = Times(a, x)"]


@pytest.fixture
def graph():
    return planned(PLAN, {"w": np.zeros(3)}, 3)


def faces(picture):
    from matplotlib.colors import to_hex

    return [to_hex(patch.get_facecolor(), keep_alpha=True).upper() for patch in picture.axes[0].patches]


def test_a_graph_is_told_node_by_node(graph):
    alt = show.graph(graph).alt
    assert "a (Minus on numpy:0, from x and w): 3" in alt
    assert "x (Placeholder): 3" in alt


def test_nodes_that_did_not_run_are_pale(graph):
    everything = dict.fromkeys(graph.nodes.values(), 0.001)
    assert PALE not in faces(show.graph(graph, everything))
    picture = show.graph(graph, {tensor(graph, "a").node: 0.001})
    assert faces(picture).count(PALE) == 1
    assert "ran 1.00 ms" in picture.alt


def test_every_node_has_a_place_of_its_own(graph):
    patches = show.graph(graph).axes[0].patches
    places = {(round(p.get_x(), 3), round(p.get_y(), 3)) for p in patches if hasattr(p, "get_width")}
    assert len(places) == len(graph.nodes)


def test_a_missing_kernel_is_named():
    kernels = {("Conv", "numpy"): 1, ("Relu", "numpy"): 1, ("Relu", "dlp"): 1}
    assert show.kernel_table(kernels).alt.endswith("but Conv on dlp.")
    assert show.kernel_table(kernels | {("Conv", "dlp"): 1}).alt.endswith("on every device.")


def test_the_table_of_backends_has_the_best_classes_and_says_what_is_modelled():
    rows = [
        show.BackendRow("numpy", np.array([0.1, 0.7, 0.2]), 0.002),
        show.BackendRow("dlp", np.array([0.6, 0.3, 0.1]), 0.004, 5e-6),
    ]
    table = show.backends(rows, ["<ant>", "bee", "cat"], {"dlp": 0.01})
    first, second = repr(table).splitlines()[1:3]
    assert first.split()[:7] == ["numpy", "bee", "70.0%,", "cat", "20.0%,", "<ant>", "10.0%"]
    assert "the reference" in first
    assert second.endswith("1.0e-02             4.0 ms     5 µs")
    assert "no measurement" in repr(table)
    assert "&lt;ant&gt;" in table._repr_html_()
    assert "<ant>" not in table._repr_html_()


def test_without_a_model_there_is_no_column_for_it():
    table = show.backends([show.BackendRow("numpy", np.ones(1), 1.0)], ["one"], {})
    assert "model" not in repr(table)


def test_errors_of_layers_are_told_for_each_device():
    alt = show.layer_errors(["conv", "relu"], {"dlp": [0.1, 0.02], "torch": [0.0, 1e-7]}).alt
    assert "dlp from 2.0e-02 to 1.0e-01, largest at conv" in alt
    assert "torch from 0.0e+00 to 1.0e-07, largest at relu" in alt


def test_a_layer_above_its_bound_is_named():
    assert "10 to 20 times above" in show.layer_bounds({"a": 0.1, "b": 0.2}, {"a": 2, "b": 2}).alt
    assert show.layer_bounds({"a": 3, "b": 0.2}, {"a": 2, "b": 2}).alt.startswith("Above their bound: a.")


@pytest.mark.parametrize("draw", [show.machines, show.needed, show.product_error])
def test_a_picture_has_alt_text_and_can_be_drawn(draw):
    assert_is_drawn(draw())


def test_bounds_tell_their_numbers():
    picture = show.bounds([1, 4], [0.01, 0.02], [0.1, 0.4], worst=(4, 0.3))
    assert "4 terms: seen 0.02, bound 0.4" in picture.alt
    assert picture.alt.endswith("The worst layer, of 4 terms, is off by 0.3.")
    assert_is_drawn(picture)
