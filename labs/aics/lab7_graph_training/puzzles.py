"""Lab 7's part of "The notes are wrong": four errors of notes on training with graphs, and what tries a correction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.graph import Graph, GraphError, Tensor
from aics.lab7_graph_training.operators import training_graph
from aics.lab7_graph_training.session import Session
from aics.language import noted, tr
from aics.notes import Puzzle, Solve, Tried

Array = NDArray[Any]


def _tensor(value: object) -> Tensor:
    """What was returned, if it is a tensor."""
    if not isinstance(value, Tensor):
        raise GraphError(tr("a tensor is to be returned, got {kind}.", kind=type(value).__name__))
    return value


def _cross_entropy(loss_of: Callable[[Graph, Tensor, Tensor], Tensor]) -> list[Tried]:
    """Three batches; the last is sure of its answer, and right."""
    graph = training_graph()
    rng = np.random.default_rng(0)
    batches: list[tuple[str, Array, Array]] = [
        (tr("5 digits, all 10 classes alike"), np.zeros((5, 10)), np.arange(5)),
        (tr("4 things of 3 classes"), rng.normal(size=(4, 3)), rng.integers(0, 3, 4)),
        (tr("1 thing, sure and right: logits 120 and 0"), np.array([[120.0, 0.0]]), np.array([0])),
    ]
    tried = []
    for what, logits, truth in batches:
        labels = np.eye(logits.shape[1], dtype=np.float32)[truth]
        given = [graph.placeholder("given", array.shape) for array in (logits, labels)]
        loss = Session(graph).run(_tensor(loss_of(graph, *given)), dict(zip(given, (logits, labels), strict=True)))
        shifted = logits - logits.max(1, keepdims=True)
        right = np.log(np.exp(shifted).sum(1)) - shifted[np.arange(len(truth)), truth]
        tried.append(Tried(what=what, got=loss, wanted=right.mean()))
    return tried


def _weight_shape(logits_of: Callable[[Graph, Tensor], Tensor]) -> list[Tried]:
    """Three images through the layer, and how many numbers it learns."""
    graph = training_graph()
    x = graph.placeholder("x", (None, 784))
    logits = Session(graph).run(_tensor(logits_of(graph, x)), {x: np.ones((3, 784), np.float32)})
    learned = sum(node.value.size for node in graph.nodes.values() if node.value is not None)
    return [
        Tried(what=tr("shape of the logits of 3 images"), got=logits.shape, wanted=(3, 10)),
        Tried(what=tr("numbers that are learned"), got=learned, wanted=7850),
    ]


def _relu_logits(logits_of: Callable[[Graph, Tensor, Tensor, Tensor], Tensor]) -> list[Tried]:
    """Six rows of numbers, of whose logits about half are negative."""
    graph, rng = training_graph(), np.random.default_rng(0)
    x, weight, bias = (rng.normal(size=size).astype(np.float32) for size in ((6, 5), (5, 10), (10,)))
    given = [graph.placeholder("x", (None, 5)), graph.variable("weight", weight), graph.variable("bias", bias)]
    logits = Session(graph).run(_tensor(logits_of(graph, *given)), {given[0]: x})
    right = x.astype(np.float64) @ weight + bias
    return [
        Tried(what=tr("negative logits among 60"), got=int(np.sum(logits < 0)), wanted=int(np.sum(right < 0))),
        Tried(what=tr("logits of the first row"), got=logits[0], wanted=right[0]),
    ]


def _growing_graph(losses_of: Callable[..., Sequence[Any]], count: int = 50) -> list[Tried]:
    """Many batches; how many nodes the graph has in the end."""
    graph = training_graph()
    x = graph.placeholder("x", (None,))
    batches = np.random.default_rng(0).normal(size=(count, 4)).astype(np.float32)

    def loss_of(x: Tensor) -> Any:
        return graph.apply("Mean", _tensor(graph.apply("Square", x)))

    losses = losses_of(Session(graph), loss_of, x, list(batches))
    return [
        Tried(what=tr("the losses"), got=np.array(losses, np.float64), wanted=(batches**2.0).mean(1)),
        Tried(what=tr("nodes after {count} batches", count=count), got=len(graph.nodes), wanted=3),
    ]


#: Prints what a student's correction gives; in the notebook, `solve`.
solve = Solve(
    {
        "cross_entropy": Puzzle(
            tried_by=_cross_entropy,
            moral=noted(
                "The mean went over all N x 10 products, nine of ten of which are 0: a loss ten times too small, and "
                "gradients with it, as if the learning rate were a tenth. And where the softmax has become 0 its "
                "logarithm is minus infinity, and that times 0 is nan, for the best answer that there is: so both are "
                "computed by one operator, which never takes the logarithm of 0."
            ),
        ),
        "weight_shape": Puzzle(
            tried_by=_weight_shape,
            moral=noted(
                "28 x 28 is 784. Nobody had run these lines: a graph knows its shapes before there is any data, "
                "and says so in the very line that is wrong."
            ),
        ),
        "relu_logits": Puzzle(
            tried_by=_relu_logits,
            moral=noted(
                "Logits are compared, so that they have to be free to fall. Behind a ReLU none falls below 0, and a "
                "class whose logits are 0 for every digit gets no gradient any more: it has died."
            ),
        ),
        "growing_graph": Puzzle(
            tried_by=_growing_graph,
            moral=noted(
                "Whatever makes a node belongs before the loop. A graph only grows: each batch made its loss anew, "
                "with minimize it would have made all gradients and slots anew, and the sessions would have become "
                "slower and slower without a word."
            ),
        ),
    }
)
