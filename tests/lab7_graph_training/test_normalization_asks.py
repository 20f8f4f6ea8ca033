"""The questions on batch normalization and the LSTM stand on their own, and refuse what does not fit by name."""

from __future__ import annotations

import nbformat
import numpy as np
import pytest

from aics.check.judge import judge
from aics.graph import GraphError
from aics.lab7_graph_training.doubles import PlainStore
from aics.lab7_graph_training.operators import training_graph
from aics.lab7_graph_training.session import Session
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.public_cases import public_cases
from autograder.authoring.start import working_folder
from autograder.course import Lab

LAB = Lab("lab7_graph_training")
QUESTIONS = ("batch_norm", "lstm")


def stub_of(question):
    return next(c.source for c in nbformat.read(LAB.released, 4).cells if c.id == f"{question}_code")


def run(exchanged):
    with working_folder(LAB) as folder:
        return run_cells(solution_cells(LAB), exchanged, beside=folder)


@pytest.fixture(scope="module")
def finished():
    """The names of the notebook with every solution."""
    return run({})


def verdict(question, namespace):
    cases = public_cases(LAB.questions[question])
    answers = [LAB.answer(question, namespace, case) for case in cases]
    return judge(LAB.rule(question), cases, [LAB.questions[question].expected(**case) for case in cases], answers)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_judged_while_the_others_are_still_empty(question):
    namespace = run({f"{name}_code": stub_of(name) for name in LAB.questions if name != question})
    assert verdict(question, namespace).passed


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_empty_stub_names_itself(question):
    assert f"lab 7, {question}:" in verdict(question, run({f"{question}_code": stub_of(question)})).reason


class Layer:
    """The solution's layer in a graph of its own."""

    def __init__(self, finished, shape, dtype="bool"):
        self.graph = training_graph()
        self.store = PlainStore(self.graph)
        self.x = self.graph.placeholder("x", shape)
        self.is_training = self.graph.placeholder("is_training", (), dtype)
        self.y = finished["batch_norm"](self.store, self.x, self.is_training, name="norm")

    def run(self, x, **fed):
        feeds = {self.x: np.asarray(x, np.float32)} | {getattr(self, name): value for name, value in fed.items()}
        return Session(self.graph).run([self.y, *self.store.updates], feeds)


def test_a_switch_that_is_no_bool_is_refused_with_the_nodes_name(finished):
    with pytest.raises(GraphError, match=r"norm/.*condition must be bool, got float32"):
        Layer(finished, (None, 3), "float32")


def test_rows_of_a_text_are_refused_with_the_nodes_name(finished):
    with pytest.raises(GraphError, match=r"norm/.*\[N, C\] or \[N, C, H, W\], got \[None, 3, 7\]"):
        Layer(finished, (None, 3, 7))


def test_a_switch_that_is_not_fed_is_named(finished):
    with pytest.raises(GraphError, match="placeholder is_training"):
        Layer(finished, (None, 3)).run(np.ones((2, 3)))


def test_whole_numbers_are_not_taken_for_features(finished):
    layer = Layer(finished, (None, 3))
    with pytest.raises(GraphError, match=r"x:0 is float32 \[None, 3\], and was fed int64 \[2, 3\]"):
        Session(layer.graph).run(layer.y, {layer.x: np.ones((2, 3), np.int64), layer.is_training: True})


def test_two_layers_of_one_network_share_nothing(finished):
    graph = training_graph()
    store, x = PlainStore(graph), graph.placeholder("x", (None, 4))
    is_training = graph.placeholder("is_training", (), "bool")
    for name in ("one", "two"):
        x = finished["batch_norm"](store, x, is_training, name=name)
    assert len(store.variables) == 8
    assert len(store.trainable) == len(store.updates) == 4


def test_the_answer_at_use_does_not_depend_on_who_else_is_there(finished):
    layer, batch = Layer(finished, (None, 3)), np.random.default_rng(0).normal(2, 3, (8, 3))
    for _ in range(3):
        layer.run(batch, is_training=True)
    alone, together = (layer.run(rows, is_training=False)[0][0] for rows in (batch[:1], batch))
    np.testing.assert_array_equal(alone, together)


def test_a_channel_without_variance_stays_finite(finished):
    y = Layer(finished, (None, 2)).run(np.ones((4, 2)), is_training=True)[0]
    np.testing.assert_allclose(y, 0, atol=1e-3)


def test_an_lstm_keeps_a_cell_behind_an_open_gate_for_28_rows(finished):
    weight, bias = np.zeros((5, 8), np.float32), np.repeat(np.float32([-30, 30, 0, 0]), 2)
    h, c = np.zeros((1, 2), np.float32), np.array([[0.5, -2.0]], np.float32)
    for _ in range(28):
        h, c, kept = finished["lstm_step"](np.ones((1, 3), np.float32), h, c, weight, bias)
    np.testing.assert_allclose(c, [[0.5, -2.0]])
    _, _, dc, _, _ = finished["lstm_step_backward"](np.zeros((1, 2)), np.ones((1, 2)), kept)
    np.testing.assert_allclose(dc, 1)
