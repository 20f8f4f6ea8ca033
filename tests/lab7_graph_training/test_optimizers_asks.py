"""The ask of the optimizers: the order in which it runs a graph; and the classes that the notebook gives."""

from __future__ import annotations

import numpy as np
import pytest

from aics import add_to_class
from aics.graph import GraphError
from aics.lab7_graph_training.doubles import PlainStore
from aics.lab7_graph_training.operators import training_graph
from aics.lab7_graph_training.optimizers_asks import hurried
from aics.lab7_graph_training.session import Session, waits_for
from autograder.authoring.namespace import solution_cells
from autograder.course import Lab

LAB = Lab("lab7_graph_training")


@pytest.fixture(scope="module")
def given():
    """The given classes and the solution's methods."""
    cells = dict(solution_cells(LAB))
    names = {"np": np, "add_to_class": add_to_class, "GraphError": GraphError, "gradients": lambda *_: [None]}
    for name in ("optimizer_classes_given", "optimizers_code"):
        exec(cells[name], names)
    return names


@pytest.fixture
def swap():
    """Two weights, each of which becomes the other: right only where both are read first."""
    graph = training_graph()
    first, last = (graph.variable(name, np.float32(value)) for name, value in (("a", 1), ("b", 5)))
    news = [graph.apply("Scale", other, by=1.0) for other in (last, first)]
    return graph, (first, last), news


@pytest.mark.parametrize("turn", [1, -1])
def test_what_waits_for_its_own_value_only_is_found_out(swap, turn):
    graph, weights, news = swap
    steps = [graph.apply("Assign", new, variable=weight) for new, weight in zip(news, weights, strict=True)]
    Session(graph, hurried(weights[::turn])).run(steps)
    assert [float(weight.node.value) for weight in weights] == ([5, 5] if turn == 1 else [1, 1])


@pytest.mark.parametrize("turn", [1, -1])
def test_what_waits_for_all_is_right_in_any_order(swap, turn):
    graph, weights, news = swap
    with graph.control_dependencies(news):
        steps = [graph.apply("Assign", new, variable=weight) for new, weight in zip(news, weights, strict=True)]
    walk = hurried(weights[::turn])
    Session(graph, walk).run(steps)
    assert [float(weight.node.value) for weight in weights] == [5, 1]
    order = walk(steps)
    assert all(order.index(other) < order.index(node) for node in order for other in waits_for(node))


def test_a_step_that_is_no_tensor_is_no_answer():
    class Listing:
        def __init__(self, store, learning_rate):
            pass

        def apply_gradients(self, pairs):
            return [gradient for gradient, _ in pairs]

    case = next(iter(LAB.questions["optimizers"].cases(np.random.default_rng(0))))
    assert LAB.asks.optimizers(Listing, Listing, Listing, Listing, **case) == {}


def test_a_loss_that_depends_on_nothing_is_refused_by_name(given):
    store = PlainStore(training_graph())
    store.variable(np.zeros(2, np.float32), "weight")
    loss = store.graph.placeholder("loss", ())
    with pytest.raises(GraphError, match=r"loss:0 depends on no variable that could be changed: weight:0"):
        given["GradientDescent"](store, 0.1).minimize(loss)
    assert set(store.graph.nodes) == {"weight", "loss"}


def test_slots_are_kept_untrained_and_out_of_the_scopes(given):
    store = PlainStore(training_graph())
    with store.variable_scope("fc1"):
        weight = store.variable(np.ones((2, 3), np.float32), "weight")
        optimizer = given["Adam"](store)
        slot = optimizer.slot(weight, "m")
    assert slot is optimizer.slot(weight, "m")
    assert slot.name == "Adam/fc1/weight/m:0"
    assert store.trainable == [weight]
    assert given["Adam"](store).slot(weight, "m") is not slot
