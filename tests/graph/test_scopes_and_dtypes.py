"""What training graphs need of a graph: dtypes, scopes that can be left, nodes that wait, tensors by name."""

from __future__ import annotations

import numpy as np
import pytest

from aics.graph import Graph, GraphError, OpDef, Operators, shapes


@pytest.fixture
def graph():
    operators = Operators()
    for name, inputs, dtype_function in [
        ("Relu", ("x",), None),
        ("Positive", ("x",), lambda _dtypes, _attributes: ["bool"]),
        ("Zero", (), None),
    ]:
        shape_function = shapes.same if inputs else lambda _shapes, _attributes: [()]
        definition = {"inputs": inputs, "outputs": ("y",), "shape_function": shape_function}
        operators.add(OpDef(name=name, dtype_function=dtype_function, **definition))
    return Graph(operators)


def test_a_tensor_has_the_dtype_that_it_was_given_or_float32(graph):
    assert graph.placeholder("x", ()).dtype == "float32"
    assert graph.placeholder("digits", (None,), "int64").dtype == "int64"
    assert graph.variable("step", np.zeros((), np.int64)).dtype == "int64"


def test_an_output_has_its_first_inputs_dtype_unless_the_operator_says_another(graph):
    x = graph.placeholder("x", (3,), "float64")
    assert graph.apply("Relu", x).dtype == "float64"
    assert graph.apply("Positive", x).dtype == "bool"
    assert graph.apply("Zero").dtype == "float32"


def test_scopes_lie_in_one_another_and_an_empty_name_leaves_them_all(graph):
    assert graph.scope == ""
    with graph.name_scope("net"), graph.name_scope("fc1"):
        assert graph.scope == "net/fc1/"
        with graph.name_scope(""):
            assert graph.scope == ""
            assert graph.placeholder("top", ()).name == "top:0"
            with graph.name_scope("gradients"):
                assert graph.scope == "gradients/"
        assert graph.scope == "net/fc1/"
    assert graph.scope == ""


def test_a_scope_is_left_when_an_error_goes_through_it(graph):
    with pytest.raises(ZeroDivisionError), graph.name_scope("a"), graph.control_dependencies([]):
        raise ZeroDivisionError
    assert graph.scope == ""


def test_a_name_that_is_taken_gets_a_number(graph):
    names = [graph.placeholder("x", ()).name for _ in range(3)]
    assert names == ["x:0", "x_1:0", "x_2:0"]


def test_nodes_in_the_block_wait_and_others_do_not(graph):
    a, b, c = (graph.placeholder(name, ()) for name in "abc")
    with graph.control_dependencies([a, b]):
        with graph.control_dependencies([b, c]):
            inner = graph.apply("Zero")
        outer = graph.apply("Zero")
    free = graph.apply("Zero")
    assert inner.node.control_inputs == (a.node, b.node, c.node)
    assert outer.node.control_inputs == (a.node, b.node)
    assert free.node.control_inputs == ()


def test_tensors_are_found_by_name(graph):
    with graph.name_scope("fc1"):
        weight = graph.variable("weight", np.zeros(3))
    assert graph.tensor("fc1/weight:0") is weight
    assert graph.tensor("fc1/weight") is weight


@pytest.mark.parametrize("name", ["fc1/wieght", "fc1/weight:1", "fc1/weight:x", "fc1/weight:-1"])
def test_an_unknown_tensor_is_refused_with_what_comes_close(graph, name):
    with graph.name_scope("fc1"):
        graph.variable("weight", np.zeros(3))
    with pytest.raises(GraphError) as caught:
        graph.tensor(name)
    assert f"no tensor {name}" in str(caught.value)
    assert "fc1/weight." in str(caught.value)


def test_nothing_that_is_like_it_is_said(graph):
    with pytest.raises(GraphError, match="none that is like it"):
        graph.tensor("weight")
