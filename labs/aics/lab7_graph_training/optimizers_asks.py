"""Lab 7: how the question on optimizers calls the student's code.

The graph is the ask's own, gradients and all, so that an optimizer is asked about, and not what finds gradients.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.graph import Node, Tensor
from aics.lab7_graph_training.doubles import PlainStore
from aics.lab7_graph_training.operators import training_graph
from aics.lab7_graph_training.session import Session, Walk, in_any_order

#: Steps of each path.
STEPS = 20
Array = NDArray[np.float32]
Apply = Callable[..., Any]


def optimizers(
    GradientDescent: Any,
    Momentum: Any,
    Adam: Any,
    Adadelta: Any,
    *,
    kind: str,
    options: Sequence[tuple[str, float | bool]],
    weights: Array,
    target: Array,
    idle: Array,
    backwards: bool,
) -> dict[str, object]:
    """Two weights whose product has to become `target`, after each step; and one that has no gradient.

    weights (2, K, K), target (K, K), idle (any shape); the session assigns as soon as the graph lets it,
    to the last weight first where `backwards`
    """
    kinds = {"GradientDescent": GradientDescent, "Momentum": Momentum, "Adam": Adam, "Adadelta": Adadelta}
    store = PlainStore(training_graph())
    first, last = (store.variable(value, f"weight{number}") for number, value in enumerate(weights, 1))
    still = store.variable(idle, "idle")
    to_first, to_last = _gradients(store.graph.apply, first, last, target)
    optimizer = kinds[kind](store, **dict(options))
    step = optimizer.apply_gradients([(to_first, first), (None, still), (to_last, last)])
    if not isinstance(step, Tensor):
        return {}
    hurry = hurried([last, first] if backwards else [first, last])
    session, path = Session(store.graph, hurry), []
    for _ in range(STEPS):
        session.run(step)
        path.append([first.node.value, last.node.value])
    both = np.array(path).swapaxes(0, 1)
    return {
        **{f"weight {number} after each step": values for number, values in enumerate(both, 1)},
        "weight without a gradient": still.node.value,
    }


def _gradients(apply: Apply, first: Tensor, last: Tensor, target: Array) -> tuple[Tensor, Tensor]:
    """The gradients of half the squared error of ``first @ last``: each depends on both weights."""
    error = apply("Sub", apply("MatMul", first, last), apply("Const", value=target))
    return apply("MatMul", error, last, transpose_b=True), apply("MatMul", first, error, transpose_a=True)


def hurried(weights: Sequence[Tensor]) -> Walk:
    """A walk that changes the weights as early as the graph permits, the first one first where it may.

    Any order that a graph permits may come: one that is right only in another order has an edge too few.
    """

    def walk(fetches: Sequence[Tensor], fed: Collection[Tensor] = ()) -> list[Node]:
        needed = dict.fromkeys(in_any_order(fetches, fed))
        changing = [node for weight in weights for node in needed if node.attributes.get("variable") is weight]
        before = sorted((in_any_order(node.outputs, fed) for node in changing), key=len)
        return list(dict.fromkeys(node for nodes in before for node in nodes) | needed)

    return walk
