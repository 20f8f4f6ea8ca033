"""Each question on state stands on its own, and its answers keep their promises beyond what is asked."""

from __future__ import annotations

import nbformat
import numpy as np
import pytest

from aics.check.judge import judge
from aics.graph import GraphError
from aics.lab7_graph_training.operators import training_graph
from aics.lab7_graph_training.session import Session
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.public_cases import public_cases
from autograder.authoring.start import working_folder
from autograder.course import Lab

LAB = Lab("lab7_graph_training")
QUESTIONS = ("variables", "initializers", "dropout")
each_question = pytest.mark.parametrize("question", QUESTIONS)


def stub_of(question):
    name = f"{question}_code"
    return next(c.source for c in nbformat.read(LAB.released, 4).cells if c.id == name)


def run(exchanged):
    with working_folder(LAB) as folder:
        return run_cells(solution_cells(LAB), exchanged, beside=folder)


@pytest.fixture(scope="module")
def solved():
    return run({})


def verdict(question, namespace):
    cases = public_cases(LAB.questions[question])
    answers = [LAB.answer(question, namespace, case) for case in cases]
    expected = [LAB.questions[question].expected(**case) for case in cases]
    return judge(LAB.rule(question), cases, expected, answers)


@each_question
def test_a_question_is_judged_while_the_others_are_still_empty(question):
    namespace = run({f"{name}_code": stub_of(name) for name in QUESTIONS if name != question})
    assert verdict(question, namespace).passed


@each_question
def test_an_empty_stub_names_itself(question):
    assert f"lab 7, {question}:" in verdict(question, run({f"{question}_code": stub_of(question)})).reason


def test_what_is_refused_leaves_the_graph_as_it_was(solved):
    graph = training_graph()
    store = solved["VariableStore"](graph)
    store.get_variable("weight", (2, 3))
    before = list(graph.nodes)
    for wrong in ({"name": "weight", "shape": (2, 3)}, {"name": "bias"}):
        with pytest.raises(GraphError, match=wrong["name"]):
            store.get_variable(**wrong)
    with pytest.raises(GraphError, match="int32"):
        solved["constant"](graph, 0.5, dtype="int32")
    assert list(graph.nodes) == before
    assert list(store.variables) == ["weight"]
    assert len(store.trainable) == 1


def test_what_was_learned_survives_reuse(solved):
    graph = training_graph()
    store = solved["VariableStore"](graph)
    weight = store.get_variable("weight", (3,), np.ones)
    step = graph.apply("AssignAdd", solved["constant"](graph, [1.0, 2.0, 3.0]), variable=weight)
    Session(graph).run(step)
    with pytest.raises(GraphError), store.variable_scope("other", reuse=True):
        store.get_variable("weight", (3,), np.ones)
    assert weight.node.value.tolist() == [2, 3, 4]


def test_dropout_in_training_is_x_on_average(solved):
    graph = training_graph()
    x, is_training = graph.placeholder("x", (None, 40)), graph.placeholder("is_training", (), dtype="bool")
    y, session = solved["dropout"](graph, x, 0.6, is_training, seed=5), Session(graph)
    values = np.random.default_rng(0).normal(size=(30, 40)).astype(np.float32)
    runs = [session.run(y, {x: values, is_training: True}) for _ in range(400)]
    error = np.abs(np.mean(runs, 0) - values) / np.abs(values)
    assert error.max() < 6 * np.sqrt(0.6 / 0.4 / 400)
