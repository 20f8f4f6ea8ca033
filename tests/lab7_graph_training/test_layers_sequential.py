"""Sequential and argument scopes: what they print, keep, and say where a training goes wrong."""

from __future__ import annotations

import numpy as np
import pytest

from aics.lab7_graph_training.arg_scopes import arg_scope, with_scopes
from aics.lab7_graph_training.doubles import PlainStore
from aics.lab7_graph_training.operators import training_graph
from aics.lab7_graph_training.sequential import Sequential, TrainingError
from aics.lab7_graph_training.session import Session


def dense(units):
    def layer(store, x, name, is_training):
        assert is_training.dtype == "bool"
        with store.variable_scope(name):
            weight = store.get_variable("weight", (x.shape[1], units))
            return store.graph.apply("MatMul", x, weight, name="logits")

    return layer


class Pushing:
    """Adds a number to the weight in every step: no optimizer, but something that changes a variable."""

    def __init__(self, store, by):
        self.store, self.by = store, by

    def minimize(self, loss):
        graph, (weight,) = self.store.graph, self.store.trainable
        push = graph.apply("Const", value=np.full(weight.shape, self.by, np.float32))
        with graph.control_dependencies([loss]):
            return graph.apply("AssignAdd", push, variable=weight, name="push")


class Folder:
    def __init__(self):
        self.saved = []

    def save(self, variables, step):
        self.saved.append((step, sorted(variables)))


def model(by=0.0):
    store = PlainStore(training_graph())
    made = Sequential(store, (4,), [dense(3)])
    made.compile(Pushing(store, by))
    return made


ROWS = np.random.default_rng(0).normal(size=(20, 4)).astype(np.float32)
LABELS = np.arange(20) % 3


def test_fit_keeps_a_share_aside_and_saves_after_each_epoch(capsys):
    saver, made = Folder(), model()
    history = made.fit(ROWS, LABELS, epochs=2, batch_size=8, validation_split=0.2, saver=saver)
    assert saver.saved == [(2, ["layer1/weight"]), (4, ["layer1/weight"])]
    assert [sorted(row) for row in history] == [["accuracy", "loss", "validation accuracy", "validation loss"]] * 2
    assert history[0]["loss"] == pytest.approx(np.log(3), rel=1e-5)  # all weights are 0
    assert capsys.readouterr().out.splitlines()[1].startswith("epoch 2 of 2: loss 1.099, accuracy ")


def test_evaluate_weighs_a_smaller_last_batch_by_its_size():
    made = model(1.0)
    values = np.random.default_rng(1).normal(size=(4, 3)).astype(np.float32)
    made.store.variables["layer1/weight"].node.load(values)
    logits = ROWS @ values
    losses = np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(20), LABELS]
    score = made.evaluate(ROWS, LABELS, batch_size=7)
    assert score.loss == pytest.approx(losses.mean(), rel=1e-5)
    assert score.accuracy == pytest.approx(np.mean(logits.argmax(axis=1) == LABELS))
    np.testing.assert_array_equal(made.predict(ROWS), logits.argmax(axis=1))


def test_nan_names_step_and_node_and_changes_nothing():
    saver, made = Folder(), model(3e38)
    node = made.store.variables["layer1/weight"].node
    with pytest.raises(TrainingError) as error:
        made.fit(ROWS, LABELS, batch_size=10, epochs=3, saver=saver)
    said = str(error.value)
    assert said.startswith("Step 2: ")
    assert "layer1/logits: MatMul gave nan or an infinity." in said
    assert "smaller learning rate" in said
    assert np.isfinite(node.value).all()
    assert saver.saved == []


def test_what_is_missing_is_said():
    store = PlainStore(training_graph())
    with pytest.raises(TrainingError, match="call compile, then fit"):
        Sequential(store, (4,), [dense(3)]).fit(ROWS, LABELS)
    with pytest.raises(TrainingError, match="There are 20 pictures and 19 labels"):
        model().fit(ROWS, LABELS[1:])


def test_the_innermost_scope_decides_and_the_call_before_it():
    layer = with_scopes(lambda name, **said: (name, said))
    other = with_scopes(lambda **said: said)
    with arg_scope([layer, other], a=1, b=2), arg_scope([layer], b=3):
        assert layer("x", c=4) == ("x", {"a": 1, "b": 3, "c": 4})
        assert layer("x", b=5) == ("x", {"a": 1, "b": 5})
        assert other() == {"a": 1, "b": 2}
    assert layer("x") == ("x", {})


def test_a_scope_ends_with_an_exception():
    layer = with_scopes(lambda **said: said)
    with pytest.raises(ZeroDivisionError), arg_scope([layer], a=1):
        1 / 0  # noqa: B018
    assert layer() == {}


def test_the_session_of_a_model_is_the_stores_graph():
    made = model()
    assert Session(made.store.graph).run("layer1/logits", {made.x: ROWS}).shape == (20, 3)
