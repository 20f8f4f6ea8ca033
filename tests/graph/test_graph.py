"""Operators, nodes and graphs: what is accepted, what is refused, and in which words."""

from __future__ import annotations

import numpy as np
import pytest

from aics.graph import REQUIRED, Graph, GraphError, OpDef, Operators, shapes


def op(name="Relu", **changes):
    given = {"inputs": ("x",), "outputs": ("y",), "shape_function": shapes.same} | changes
    return OpDef(name=name, **given)


@pytest.fixture
def graph():
    operators = Operators()
    operators.add(op())
    operators.add(op("Minus", inputs=("a", "b")))
    operators.add(op("Pool", attributes={"size": REQUIRED, "stride": 1}))
    operators.add(op("Split", outputs=("low", "high"), shape_function=lambda shapes, _: [shapes[0], shapes[0]]))
    return Graph(operators)


def refused(call, *words):
    with pytest.raises(GraphError) as caught:
        call()
    for word in words:
        assert word in str(caught.value)


# Operators


def test_given_values_come_before_defaults():
    assert op(attributes={"a": 1, "b": 2}).filled({"b": 3}) == {"a": 1, "b": 3}


def test_zero_and_none_are_defaults_like_any_other():
    assert op(attributes={"a": 0, "b": None}).filled({}) == {"a": 0, "b": None}


def test_an_attribute_without_a_default_must_be_given():
    refused(lambda: op(attributes={"size": REQUIRED}).filled({}), "Relu", "size")


def test_an_unknown_attribute_is_refused_with_the_known_ones():
    refused(lambda: op(attributes={"stride": 1}).filled({"strides": 2}), "strides", "it has: stride")


def test_an_operator_is_added_once():
    operators = Operators()
    operators.add(op())
    refused(lambda: operators.add(op()), "Relu")
    assert [definition.name for definition in operators] == ["Relu"]


def test_an_unknown_operator_is_refused_with_the_known_ones():
    operators = Operators()
    refused(lambda: operators["Conv"], "Conv", "none yet")
    operators.add(op())
    refused(lambda: operators["Conv"], "There are: Relu")


# Building


def test_shapes_are_known_before_anything_runs(graph):
    x = graph.placeholder("x", (None, 3))
    y = graph.apply("Relu", x)
    assert y.shape == (None, 3)
    assert y.node.inputs == (x,)
    assert y.node.value is None


def test_an_operator_with_several_outputs_gives_them_all(graph):
    low, high = graph.apply("Split", graph.placeholder("x", (2,)))
    assert (low.name, high.name) == ("split:0", "split:1")
    assert low.node is high.node


def test_a_variable_holds_its_value_and_locks_it(graph):
    array = np.ones(3)
    w = graph.variable("w", array)
    assert w.node.is_variable
    assert not w.node.is_placeholder
    assert w.node.value is array
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 2


def test_a_variable_takes_another_value_of_its_shape_only(graph):
    w = graph.variable("w", np.ones(3))
    w.node.load(np.zeros(3))
    assert not w.node.value.any()
    refused(lambda: w.node.load(np.zeros(4)), "w", "[4]")
    refused(lambda: graph.placeholder("x", (3,)).node.load(np.zeros(3)), "x")


def test_names_are_unique_and_scoped(graph):
    x = graph.placeholder("x", (3,))
    with graph.name_scope("one"), graph.name_scope("two"):
        names = [graph.apply("Relu", x, name="r").node.name for _ in range(3)]
    assert names == ["one/two/r", "one/two/r_1", "one/two/r_2"]
    assert graph.apply("Relu", x).node.name == "relu"
    assert list(graph.nodes) == ["x", *names, "relu"]


def test_the_innermost_device_counts_and_ends_with_its_block(graph):
    x = graph.placeholder("x", (3,))
    with graph.device("dlp:0"):
        first = graph.apply("Relu", x)
        with graph.device("cuda:1"):
            second = graph.apply("Relu", x)
        third = graph.apply("Relu", x)
    last = graph.apply("Relu", x)
    assert [t.node.device for t in (first, second, third, last)] == ["dlp:0", "cuda:1", "dlp:0", "numpy:0"]


def test_a_block_that_fails_still_ends(graph):
    with pytest.raises(ZeroDivisionError), graph.device("dlp:0"), graph.name_scope("s"):
        raise ZeroDivisionError
    assert graph.placeholder("x", (1,)).node.device == "numpy:0"
    assert "x" in graph.nodes


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda g, x: g.apply("Conv", x), ("no operator Conv", "Relu")),
        (lambda g, x: g.apply("Minus", x, name="m"), ("m: Minus takes 2 inputs (a, b), got 1",)),
        (lambda g, _x: g.apply("Relu", np.ones(3), name="r"), ("r: Relu takes tensors, got a ndarray",)),
        (lambda g, x: g.apply("Pool", x, name="p"), ("p: Pool needs a value for size",)),
        (lambda g, x: g.apply("Pool", x, name="p", size=2, width=3), ("p: Pool has no attribute width",)),
        (lambda g, _x: g.device(":0").__enter__(), ("dlp:0",)),
    ],
)
def test_what_does_not_fit_is_refused_by_name(graph, call, words):
    x = graph.placeholder("x", (3,))
    refused(lambda: call(graph, x), *words)
    assert list(graph.nodes) == ["x"]


def test_a_shape_function_that_gives_too_few_shapes_is_told(graph):
    graph.operators.add(op("Bad", outputs=("a", "b")))
    refused(lambda: graph.apply("Bad", graph.placeholder("x", (1,)), name="bad"), "bad", "1 shapes for 2 outputs")


def test_a_node_can_be_tied_into_a_circle_but_not_to_another_shape(graph):
    x = graph.placeholder("x", (3,))
    y = graph.apply("Relu", graph.apply("Relu", x))
    first = y.node.inputs[0].node
    first.update_input(0, y)
    assert first.inputs == (y,)
    refused(lambda: first.update_input(0, graph.placeholder("wide", (4,))), "wide:0")


def test_a_graph_and_its_parts_say_what_they_are(graph):
    x = graph.placeholder("x", (None, 3))
    with graph.device("dlp:0"):
        y = graph.apply("Relu", x, name="r")
    assert repr(y) == "<Tensor r:0 [None, 3]>"
    assert repr(y.node) == "<Node r: Relu on dlp:0 -> [None, 3]>"
    assert repr(graph) == "<Graph of 2 nodes on numpy:0, dlp:0>"
