"""What goes wrong in a graph that trains is one sentence: which node, what it was, what to do; and nothing is lost."""

from __future__ import annotations

import numpy as np
import pytest

from aics.graph import Graph, GraphError
from aics.lab7_graph_training.operators import training_graph
from aics.lab7_graph_training.session import Session


@pytest.fixture
def graph() -> Graph:
    return training_graph()


def refused(call) -> str:
    with pytest.raises(GraphError) as caught:
        call()
    said = str(caught.value)
    assert "\n" not in said
    return said


def test_integers_and_floats_are_not_mixed_and_what_changes_one_is_named(graph):
    floats, integers = graph.placeholder("x", (None,)), graph.placeholder("n", (None,), "int64")
    said = refused(lambda: graph.apply("Add", floats, integers, name="total"))
    assert said == "total: its inputs must have one dtype, got float32, int64. Cast changes a tensor's."
    assert list(graph.nodes) == ["x", "n"]
    assert graph.apply("Add", floats, graph.apply("Cast", integers, dtype="float32")).dtype == "float32"


def test_a_placeholder_that_is_not_fed_is_named_with_what_it_takes(graph):
    loss = graph.apply("Mean", graph.placeholder("images", (None, 784)), name="loss")
    said = refused(lambda: Session(graph).run(loss))
    assert said == "The placeholder images is needed and was not fed: give this run a float32 [None, 784] for it."


def test_an_unknown_name_is_answered_with_those_that_come_closest(graph):
    graph.placeholder("images", ())
    said = refused(lambda: Session(graph).run("image:0"))
    assert said == "There is no tensor image:0 in this graph; there is: images."


def test_a_loss_that_is_nan_names_the_node_that_began_and_what_it_was_given(graph):
    x = graph.placeholder("probabilities", (None,))
    loss = graph.apply("Mean", graph.apply("Log", x, name="logarithms"), name="loss")
    said = refused(lambda: Session(graph, checked=True).run(loss, {x: [0.0, 1.0]}))
    assert said.startswith("logarithms: Log gave nan or an infinity. It was given probabilities:0 from 0 to 1.")
    assert said.endswith("lower the learning rate.")


def test_a_node_that_was_given_nothing_has_a_sentence_too(graph):
    nan = graph.apply("Const", value=np.float32("nan"), name="unknown")
    assert "unknown: Const gave nan or an infinity. It was given nothing." in refused(
        lambda: Session(graph, checked=True).run(nan)
    )


@pytest.mark.parametrize("checked", [True, False])
def test_a_checked_session_keeps_nan_out_of_the_variables(graph, checked):
    weight, x = graph.variable("weight", np.ones((), np.float32)), graph.placeholder("x", ())
    step = graph.apply("AssignSub", graph.apply("Log", x), variable=weight)
    if checked:
        refused(lambda: Session(graph, checked=True).run(step, {x: -1.0}))
    else:
        Session(graph).run(step, {x: -1.0})
    assert (weight.node.value == 1) == checked


def test_a_walk_that_leaves_a_node_out_is_told_which(graph):
    x = graph.placeholder("x", ())
    y = graph.apply("Exp", x, name="y")
    z = graph.apply("Neg", y)
    said = refused(lambda: Session(graph, lambda *_: [z.node]).run(z, {x: 1.0}))
    assert said == "y:0 has no value in this run: the walk has to put y before the nodes that take it."
