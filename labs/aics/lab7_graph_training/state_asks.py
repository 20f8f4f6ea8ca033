"""Lab 7: how the questions on variables, their first values and dropout call the student's code.

An ask gets names from the notebook by position and one case's arrays by keyword, calls the code and returns what came
back, name by name. It knows no right answer, and computes nothing of what came back: what is counted and compared is
in `aics.lab7_graph_training.state_measures`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.check.returned import spelled, stacked
from aics.graph import GraphError, Tensor
from aics.lab7_graph_training.operators import training_graph
from aics.lab7_graph_training.scripts import run_script
from aics.lab7_graph_training.session import Session

#: What an ask returns: name of each output -> what came back.
Outputs = dict[str, object]


def variables(VariableStore: Any, constant: Any, *, about: str, script: Sequence[str], names: Sequence[str]) -> Outputs:
    """What a script's lines bring: the tensors, flags and numbers that they give a name to, and the store's lists.

    The script, Python, knows `store`, `graph`, `constant`, `np` and `GraphError`. One to be refused has `names` for
    its refusal's message.
    """
    graph = training_graph()
    store = VariableStore(graph)
    known = {"store": store, "graph": graph, "constant": constant, "np": np, "GraphError": GraphError}
    made: dict[str, Any] = dict(known)
    try:
        run_script(script, made)
    except GraphError as error:
        if not names:
            raise
        return {"refusal": spelled([error])}
    if names:
        return {}
    kept = {key: value for key, value in made.items() if key not in known}
    tensors = {key: value for key, value in kept.items() if isinstance(value, Tensor)}
    found: Outputs = {"tensors": spelled(f"{key} {each.node.name} {each.dtype}" for key, each in tensors.items())}
    found |= {"variables": spelled(store.variables), "trainable": spelled(each.node.name for each in store.trainable)}
    found |= {f"value of {key}": _value(each) for key, each in tensors.items()}
    return found | {key: value for key, value in kept.items() if isinstance(value, bool | int)}


def _value(tensor: Tensor) -> object:
    """What a variable or a constant holds; for any other node zero."""
    value = tensor.node.attributes.get("value", 0) if tensor.node.value is None else tensor.node.value
    return np.array(value)


# First values

#: Two small draws, which are only compared with one another.
SMALL = (7, 9)


def initializers(
    fans: Any,
    truncated_normal: Any,
    xavier: Any,
    he: Any,
    filled: Any,
    *,
    shape: tuple[int, ...],
    seed: int,
    mean: float,
    stddev: float,
    value: float,
) -> Outputs:
    """The fans of a shape, an array that is full of a value, and the draws of the three that draw.

    Each of these draws for the shape, then for a small one twice with the same seed and once with another.
    """
    own: dict[str, Any] = {"mean": mean, "stddev": stddev}
    found: Outputs = dict(zip(("fan_in", "fan_out"), fans(shape), strict=True))
    found["filled"] = filled(SMALL, value)
    drawing: dict[str, Callable[..., Any]] = {"xavier": xavier, "he": he}
    drawing["truncated_normal"] = lambda shape, rng: truncated_normal(shape, rng, **own)
    for name, draw in drawing.items():
        found[name] = draw(shape, np.random.default_rng(seed))
        seeds = {"": seed, " again": seed, " with another seed": seed + 1}
        found |= {f"{name}, small{which}": draw(SMALL, np.random.default_rng(n)) for which, n in seeds.items()}
    return found


# Dropout

#: Runs in training.
RUNS = 4


def dropout(dropout: Any, *, x: NDArray[np.float32], rate: float, seeds: Sequence[int], known_batch: bool) -> Outputs:
    """What two dropouts, of two seeds, make of `x` in several runs in training, in one in use, and if built anew."""

    def built() -> Callable[[bool], Any]:
        graph = training_graph()
        features = graph.placeholder("x", x.shape if known_batch else (None, *x.shape[1:]))
        is_training = graph.placeholder("is_training", (), dtype="bool")
        ends = [dropout(graph, features, rate, is_training, seed=seed) for seed in seeds]
        session = Session(graph)
        return lambda training: stacked(session.run(ends, {features: x.copy(), is_training: np.array(training)}))

    run, again = built(), built()
    found: Outputs = {f"run {number}": run(True) for number in range(1, RUNS + 1)}
    return found | {"in use": run(False), "run 1 of a graph built anew": again(True)}
