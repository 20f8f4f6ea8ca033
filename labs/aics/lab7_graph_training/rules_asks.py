"""Lab 7: how the question on gradient rules calls the student's code.

A graph holds one node. The student's rule adds its nodes, then all of them run twice, on batches of two sizes and with
other values of the variables.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.check.returned import spelled
from aics.graph import Graph, Tensor
from aics.lab7_graph_training.operators import training_graph
from aics.lab7_graph_training.session import Session

Array = NDArray[np.float32]
#: rule(graph, node, dy) -> an entry for each input
Rule = Callable[[Graph, Any, Tensor], Any]
#: What an ask returns: name of each output -> what came back.
Outputs = dict[str, object]


def op_gradients(
    GRADIENTS: Mapping[str, Rule],
    *,
    operator: str,
    attributes: Sequence[tuple[str, Any]],
    fed: Sequence[Sequence[int | None]],
    x: Array,
    dy: Array,
    x2: Array,
    dy2: Array,
    w: Array | None = None,
    w2: Array | None = None,
) -> Outputs:
    """What the rule for one node of this operator returned, run on x, w and dy, then on x2, w2 and dy2.

    `fed` are the shapes of inputs that are fed, None for the batch; an input behind them is a variable, which holds w
    in the first run and w2 in the second.
    """
    graph = training_graph()
    names = graph.operators[operator].inputs
    first, second = ([array for array in pair if array is not None] for pair in ((x, w), (x2, w2)))
    inputs = [graph.placeholder(name, tuple(shape)) for name, shape in zip(names, fed, strict=False)]
    inputs += [
        graph.variable(name, array.copy()) for name, array in zip(names[len(fed) :], first[len(fed) :], strict=True)
    ]
    settings: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in attributes}
    y = graph.apply(operator, *inputs, **settings)
    slope = graph.placeholder("dy", y.shape)  # type: ignore[union-attr]
    answer = GRADIENTS[operator](graph, y.node, slope)  # type: ignore[union-attr]
    if not isinstance(answer, tuple | list):
        return {"kind": spelled([type(answer).__name__])}
    found: Outputs = {"kind": spelled(["tuple"]), "entries": len(answer)}
    session = Session(graph)
    for run, arrays, dy_now in (("first", first, dy), ("second", second, dy2)):
        for tensor, array in zip(inputs, arrays, strict=True):
            if tensor.node.is_variable:
                tensor.node.load(array.copy())
        feeds = {tensor: array for tensor, array in zip(inputs, arrays, strict=True) if tensor.node.is_placeholder}
        found |= _run(session, dict(zip(names, answer, strict=False)), {**feeds, slope: dy_now}, run)
    return found


def _run(session: Session, entries: Mapping[str, Any], feeds: Mapping[Tensor, Array], run: str) -> Outputs:
    """The value of each entry that is a tensor; what is neither a tensor nor None as it is."""
    values = session.run([entry for entry in entries.values() if isinstance(entry, Tensor)], feeds)
    left = iter(values)
    told = {name: next(left) if isinstance(entry, Tensor) else entry for name, entry in entries.items()}
    return {f"gradient of {name}, {run} run": value for name, value in told.items() if value is not None}
