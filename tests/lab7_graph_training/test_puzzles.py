"""Lab 7's puzzles: the notes' lines are found wrong as they stand in the notebook, and each correction right."""

from __future__ import annotations

import numpy as np
import pytest

from aics.lab7_graph_training.puzzles import solve
from autograder.authoring.source import source_notebook
from autograder.course import Lab

PUZZLES = ("cross_entropy", "weight_shape", "relu_logits", "growing_graph")


def dense(graph, x, size=784):
    weight = graph.variable("weight", np.zeros((size, 10), np.float32))
    return graph.apply("BiasAdd", graph.apply("MatMul", x, weight), graph.variable("bias", np.zeros(10, np.float32)))


def stable(graph, logits, labels):
    return graph.apply("Mean", graph.apply("SoftmaxCrossEntropy", logits, labels))


def built_once(session, loss_of, x, batches):
    loss = loss_of(x)
    return [session.run(loss, {x: batch}) for batch in batches]


MENDED = {
    "cross_entropy": stable,
    "weight_shape": dense,
    "relu_logits": lambda graph, x, weight, bias: graph.apply("BiasAdd", graph.apply("MatMul", x, weight), bias),
    "growing_graph": built_once,
}


@pytest.fixture(scope="module")
def as_in_the_notes():
    """What each puzzle's cell prints as it stands."""
    cells = source_notebook(Lab("lab7_graph_training")).cells
    return [cell.source for cell in cells if "\nsolve(" in cell.source]


def test_every_puzzle_stands_in_the_notebook(as_in_the_notes):
    assert [source.partition('solve("')[2].partition('"')[0] for source in as_in_the_notes] == list(PUZZLES)


def test_the_notes_are_wrong(as_in_the_notes, capsys):
    for name, source in zip(PUZZLES, as_in_the_notes, strict=True):
        exec(source, {"np": np, "solve": solve})
        assert capsys.readouterr().out.startswith(f"{name}: not yet.")


@pytest.mark.parametrize("name", PUZZLES)
def test_a_correction_is_right(name):
    assert solve.told(name, MENDED[name]).startswith(f"{name}: right. ")


@pytest.mark.parametrize("name", PUZZLES)
@pytest.mark.parametrize("mended", [None, lambda *_: None, lambda *_: 3.0])
def test_what_is_no_correction_is_told_without_an_error(name, mended):
    assert solve.told(name, mended).startswith(f"{name}: not yet.")


def half_mended(graph, logits, labels):
    """Ten times the mean: right for ten classes, and nan where a softmax is 0."""
    products = graph.apply("Mul", labels, graph.apply("Log", graph.apply("Softmax", logits)))
    return graph.apply("Scale", graph.apply("Mean", graph.apply("Neg", products)), by=10.0)


def test_half_a_correction_is_told_what_holds_and_what_does_not():
    digits, three, sure = solve.told("cross_entropy", half_mended).splitlines()[1:]
    assert digits.endswith("gives 2.3026, as it should")
    assert "should be" in three
    assert "gives nan, should be" in sure


def test_a_graph_that_learns_other_numbers_is_told_how_many():
    def with_another(graph, x):
        graph.variable("more", np.zeros(5, np.float32))
        return dense(graph, x)

    assert "gives 7855, should be 7850" in solve.told("weight_shape", with_another)
