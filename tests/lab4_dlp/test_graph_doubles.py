"""The small graphs that asks hand to students."""

from __future__ import annotations

import numpy as np

from aics.lab4_dlp.graph_doubles import NotingKernels, placed, planned, tensor

PLAN = ["x = placeholder", "w = variable", "cut = Parts(x)", "end = Minus(cut:1, w)"]


def test_a_plan_becomes_a_graph_in_its_order():
    graph = planned(PLAN, {"w": np.arange(3.0)}, 3)
    assert list(graph.nodes) == ["x", "w", "cut", "end"]
    assert graph.nodes["end"].inputs == (tensor(graph, "cut:1"), tensor(graph, "w"))
    assert tensor(graph, "cut") is graph.nodes["cut"].outputs[0]


def test_a_second_line_for_a_node_closes_a_circle():
    graph = planned([*PLAN, "cut = Parts(end)"], {"w": np.zeros(3)}, 3)
    assert graph.nodes["cut"].inputs == (tensor(graph, "end"),)


def test_kernels_compute_and_count():
    graph, kernels = planned(PLAN, {"w": np.zeros(3)}, 3), NotingKernels()
    above, below = kernels.find(graph.nodes["cut"])(graph.nodes["cut"]).compute(np.array([1.0, -2.0, 0.0]))
    assert (above.tolist(), below.tolist()) == ([1, 0, 0], [0, -2, 0])
    minus = kernels.find(graph.nodes["end"])(graph.nodes["end"])
    assert minus.compute(np.array([5.0]), np.array([2.0])) == [3]
    assert sorted(kernels.ran) == ["cut", "end"]


def test_nodes_are_placed_where_it_was_said():
    nodes = placed([("Conv", "dlp:10"), ("Relu", "d:0")])
    assert [(node.op.name, node.device) for node in nodes] == [("Conv", "dlp:10"), ("Relu", "d:0")]
