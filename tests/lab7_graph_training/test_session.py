"""Sessions with state: each node once, assignments in their order, and every refusal in its words."""

from __future__ import annotations

import numpy as np
import pytest

from aics.graph import GraphError
from aics.lab7_graph_training.operators import training_graph
from aics.lab7_graph_training.session import Session, in_any_order, waits_for


def zeros(*shape):
    return np.zeros(shape, np.float32)


@pytest.fixture
def graph():
    return training_graph()


def refused(call, *words):
    with pytest.raises(GraphError) as caught:
        call()
    for word in words:
        assert word in str(caught.value)


# Runs


def test_one_fetch_gives_an_array_and_a_list_a_list(graph):
    x = graph.placeholder("x", (None, 2))
    y = graph.apply("Square", x, name="y")
    session, feeds = Session(graph), {x: [[1, 2], [3, 4]]}
    assert session.run(y, feeds).tolist() == [[1, 4], [9, 16]]
    assert [value.tolist() for value in session.run([y, x], feeds)] == [[[1, 4], [9, 16]], [[1, 2], [3, 4]]]
    assert session.run("y:0", feeds).tolist() == session.run("y", feeds).tolist()


def test_what_is_fed_is_not_computed_nor_what_lies_behind_it(graph):
    x = graph.placeholder("x", (2,))
    y = graph.apply("Exp", x)
    z = graph.apply("Neg", y)
    assert Session(graph).run(z, {y: [1.0, 2.0]}).tolist() == [-1, -2]


def test_a_walk_is_asked_once_for_each_choice_of_fetches_and_again_when_the_graph_grew(graph):
    asked = []

    def walk(fetches, fed):
        asked.append(fetches)
        return in_any_order(fetches, fed)

    x = graph.placeholder("x", ())
    y, session = graph.apply("Exp", x), Session(graph, walk)
    for _ in range(3):
        session.run(y, {x: 0.0})
    assert len(asked) == 1
    z = graph.apply("Neg", y)
    assert session.run(z, {x: 0.0}) == -1
    assert len(asked) == 2


def test_a_node_that_many_take_runs_once(graph):
    counter = graph.variable("counter", zeros())
    one = graph.apply("AssignAdd", graph.apply("Const", value=np.float32(1)), variable=counter)
    total = one
    for _ in range(20):
        total = graph.apply("Add", total, one)
    Session(graph).run(total)
    assert counter.node.value == 1


def test_assignments_stay_from_run_to_run_and_are_shared_by_sessions(graph):
    weight = graph.variable("weight", zeros(2))
    down = graph.apply("AssignSub", graph.apply("Const", value=np.array([1, 2], np.float32)), variable=weight)
    Session(graph).run(down)
    assert Session(graph).run([down, weight])[0].tolist() == [-2, -4]
    assert not weight.node.value.flags.writeable


def test_a_node_that_waits_reads_the_new_value(graph):
    weight = graph.variable("weight", zeros())
    up = graph.apply("AssignAdd", graph.apply("Const", value=np.float32(5)), variable=weight)
    before = graph.apply("Scale", weight, by=1.0)
    with graph.control_dependencies([before]):
        up = graph.apply("AssignAdd", graph.apply("Const", value=np.float32(5)), variable=weight)
    with graph.control_dependencies([up]):
        after = graph.apply("Scale", weight, by=1.0)
    assert [float(value) for value in Session(graph).run([after, before])] == [5, 0]
    assert waits_for(after.node) == [weight.node, up.node]


def test_a_group_runs_all_that_it_waits_for(graph):
    names = [graph.variable(name, zeros()) for name in "ab"]
    ups = [graph.apply("AssignAdd", graph.apply("Const", value=np.float32(1)), variable=v) for v in names]
    with graph.control_dependencies(ups):
        group = graph.apply("NoOp", name="group")
    assert Session(graph).run(group) == 0
    assert [float(v.node.value) for v in names] == [1, 1]


# Feeds


@pytest.mark.parametrize("fed", [1, 1.5, [1, 2, 3], np.array([1.0, 2, 3])])
def test_pythons_numbers_and_other_floats_are_taken(graph, fed):
    x = graph.placeholder("x", np.shape(fed))
    assert Session(graph).run(graph.apply("Neg", x), {x: fed}).dtype == np.float32


@pytest.mark.parametrize(
    ("dtype", "shape", "fed", "words"),
    [
        ("float32", (None, 3), zeros(2, 4), ["x:0", "float32 [None, 3]", "[2, 4]"]),
        ("float32", (2,), np.array([1, 2]), ["x:0", "int64"]),
        ("float32", (2,), np.array([1, 2], np.uint8), ["uint8"]),
        ("int64", (2,), [0.5, 1.5], ["x:0 is int64", "float64"]),
        ("int64", (2,), zeros(2), ["x:0 is int64", "float32"]),
        ("float32", (2,), [[1], [2, 3]], ["x:0"]),
        ("float32", (), "three", ["x:0"]),
        ("float32", (), None, ["x:0", "object"]),
    ],
)
def test_a_feed_that_does_not_fit_is_refused(graph, dtype, shape, fed, words):
    x = graph.placeholder("x", shape, dtype)
    refused(lambda: Session(graph).run(x, {x: fed}), *words)


def test_a_feed_for_another_graph_is_refused(graph):
    other = training_graph().placeholder("x", ())
    mine = graph.placeholder("x", ())
    refused(lambda: Session(graph).run(mine, {other: 1.0}), "x:0", "no tensor of this graph")
    refused(lambda: Session(graph).run(mine, {"x": 1.0}), "'x'", "no tensor of this graph")


# Refusals


def test_a_placeholder_that_is_not_fed_is_named(graph):
    x = graph.placeholder("images", (None, 2))
    refused(lambda: Session(graph).run(graph.apply("Neg", x)), "images", "not fed")


def test_an_unknown_name_is_refused_with_what_is_like_it(graph):
    graph.placeholder("labels", ())
    refused(lambda: Session(graph).run("label:0"), "label:0", "labels")


@pytest.mark.parametrize("what", [3, None, "node", "other"])
def test_a_fetch_that_is_no_tensor_of_the_graph_is_refused(graph, what):
    x = graph.placeholder("x", ())
    fetch = {"node": x.node, "other": training_graph().placeholder("x", ())}.get(what, what)
    refused(lambda: Session(graph).run([fetch], {x: 1.0}), "is fetched", "no tensor of this graph")


def test_a_node_that_fails_is_named_with_what_it_got(graph):
    a, b = graph.placeholder("a", (None, None)), graph.placeholder("b", (None, 2))
    y = graph.apply("MatMul", a, b, name="scores")
    refused(
        lambda: Session(graph).run(y, {a: zeros(2, 3), b: zeros(4, 2)}), "scores: MatMul", "float32 [2, 3]", "[4, 2]"
    )


def test_what_was_assigned_before_the_failing_node_stays(graph):
    weight, x = graph.variable("weight", zeros()), graph.placeholder("x", (None,))
    up = graph.apply("AssignAdd", graph.apply("Const", value=np.float32(1)), variable=weight)
    with graph.control_dependencies([up]):
        fails = graph.apply("Reshape", x, shape=(2, 2))
    refused(lambda: Session(graph).run(fails, {x: zeros(3)}), "reshape: Reshape")
    assert weight.node.value == 1


def test_nodes_that_wait_for_one_another_are_named(graph):
    x = graph.placeholder("x", ())
    a = graph.apply("Neg", x, name="a")
    b = graph.apply("Neg", a, name="b")
    a.node.update_input(0, b)
    refused(lambda: Session(graph).run(b, {x: 1.0}), "wait for one another", "a", "b")


@pytest.mark.parametrize(("value", "gives"), [(-1.0, "nan"), (0.0, "-inf")])
def test_a_checked_session_names_the_first_node_that_gives_no_number(graph, value, gives):
    x = graph.placeholder("x", ())
    loss = graph.apply("Neg", graph.apply("Log", x, name="log_of_it"), name="loss")
    assert not np.isfinite(Session(graph).run(loss, {x: value})), gives
    refused(lambda: Session(graph, checked=True).run(loss, {x: value}), "log_of_it: Log", "nan or an infinity")


def test_a_walk_that_leaves_a_node_out_is_told_which_value_is_missing(graph):
    x = graph.placeholder("x", ())
    y = graph.apply("Exp", x, name="y")
    z = graph.apply("Neg", y)
    refused(lambda: Session(graph, lambda *_: [z.node]).run(z, {x: 1.0}), "y:0", "no value in this run")


def test_an_operator_without_a_kernel_is_named():
    from aics.graph import Graph, OpDef, Operators, shapes

    operators = Operators()
    operators.add(OpDef(name="Sinc", inputs=("x",), outputs=("y",), shape_function=shapes.same))
    graph = Graph(operators)
    x = graph.placeholder("x", ())
    refused(lambda: Session(graph).run(graph.apply("Sinc", x), {x: 1.0}), "sinc", "no kernel computes Sinc")
