"""Lab 7: how the questions on batch normalization and the LSTM call the student's code.

An ask gets names from the notebook by position and one case's arrays by keyword, and returns what came back, name by
name. Stores are doubles, so that one empty stub does not cost the next question.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.check.returned import spelled, stacked
from aics.graph import Tensor
from aics.lab7_graph_training.doubles import PlainStore
from aics.lab7_graph_training.operators import training_graph
from aics.lab7_graph_training.session import Session

#: What an ask returns: name of each output -> what came back.
Outputs = dict[str, object]
Floats = NDArray[np.float32]
#: The variables of a batch normalization.
VARIABLES = ("gamma", "beta", "moving_mean", "moving_variance")


class _Layer:
    """A batch normalization by the student's function, with what has to be fed."""

    def __init__(self, batch_norm: Callable[..., Tensor], like: Floats, name: str, **settings: float) -> None:
        self.graph = training_graph()
        self.store = PlainStore(self.graph)
        self.x = self.graph.placeholder("x", (None, *like.shape[1:]))
        self.is_training = self.graph.placeholder("is_training", (), "bool")
        self.y = batch_norm(self.store, self.x, self.is_training, name=name, **settings)
        self.session = Session(self.graph)
        self.variables = {short: self.store.variables.get(f"{name}/{short}") for short in VARIABLES}

    @property
    def whole(self) -> bool:
        """Whether all four variables are there under their names."""
        return None not in self.variables.values()

    def values(self, *names: str, when: str) -> Outputs:
        """What these variables hold now."""
        return {f"{name} {when}": np.array(_there(self.variables[name]).node.value) for name in names}

    def load(self, **values: Floats) -> None:
        """Give variables other values."""
        for name, value in values.items():
            _there(self.variables[name]).node.load(value.copy())

    def run(self, batch: Floats, training: bool) -> Any:
        """Compute y, and whatever has to run beside it."""
        feeds = {self.x: batch, self.is_training: training}
        return self.session.run([self.y, *self.store.updates], feeds)[0]


def _there(tensor: Tensor | None) -> Tensor:
    if tensor is None:
        raise KeyError("variable")
    return tensor


def batch_norm(
    batch_norm: Callable[..., Tensor],
    batch_norm_gradient: Callable[..., tuple[Tensor, Tensor, Tensor]],
    *,
    about: str,
    batches: Floats,
    at_use: Floats,
    gamma: Floats,
    beta: Floats,
    dy: Floats,
    momentum: float,
    epsilon: float,
    name: str,
) -> Outputs:
    """Run some batches in training and one at use; for the case about gradients, the way back of the first batch.

    batches : (runs, N, C) or (runs, N, C, H, W), at_use : another N, dy : of one batch's shape
    """
    layer = _Layer(batch_norm, batches[0], name, momentum=momentum, epsilon=epsilon)
    found: Outputs = {"names": spelled(layer.store.variables)}
    found["trainable"] = spelled(tensor.node.name for tensor in layer.store.trainable)
    if not layer.whole:
        return found
    if about.startswith("gradients"):
        layer.load(gamma=gamma, beta=beta)
        return found | _ways_back(layer, batch_norm_gradient, batches[0], dy, epsilon)
    found |= layer.values(*VARIABLES, when="at the beginning")
    layer.load(gamma=gamma, beta=beta)
    found["y in training"] = stacked([layer.run(batch, True) for batch in batches])
    found |= layer.values("moving_mean", "moving_variance", when="after training")
    found["y at use"] = layer.run(at_use, False)
    return found | layer.values("moving_mean", "moving_variance", when="after use")


def _ways_back(
    layer: _Layer,
    batch_norm_gradient: Callable[..., tuple[Tensor, Tensor, Tensor]],
    x: Floats,
    dy: Floats,
    epsilon: float,
) -> Outputs:
    """The gradients of the function, called directly, then those that the rule of y's own node gives."""
    slope = layer.graph.placeholder("dy", layer.x.shape)
    feeds = {layer.x: x, slope: dy, layer.is_training: True}
    gamma = _there(layer.variables["gamma"])
    pairs = dict(
        zip(("dx", "dgamma", "dbeta"), batch_norm_gradient(layer.graph, layer.x, gamma, slope, epsilon), strict=True)
    )
    found: Outputs = dict(zip(pairs, layer.session.run(list(pairs.values()), feeds), strict=True))
    if layer.y.node.op.name != "WithGradient":
        return found
    own = {layer.x: "x", gamma: "gamma", layer.variables["beta"]: "beta"}
    by_rule = zip(layer.y.node.inputs[1:], layer.y.node.attributes["rule"](layer.graph, slope), strict=True)
    ways = {f"by the rule: {own[tensor]}": way for tensor, way in by_rule if tensor in own and way is not None}
    return found | dict(zip(ways, layer.session.run(list(ways.values()), feeds), strict=True))


def lstm(
    lstm_step: Callable[..., tuple[Any, Any, Any]],
    lstm_step_backward: Callable[..., tuple[Any, Any, Any, Any, Any]],
    *,
    about: str,
    x: Floats,
    h: Floats,
    c: Floats,
    weight: Floats,
    bias: Floats,
    dh: Floats,
    dc: Floats,
) -> Outputs:
    """Steps in a chain, then back through them; what the steps return for weight and bias is added up.

    x : (steps, N, inputs), dh : (steps, N, hidden), the gradient with respect to each h; dc : that of the last c
    """
    hidden, cells, memory = [], [], []
    for row in x:
        h, c, kept = lstm_step(row, h, c, weight, bias)
        hidden.append(h)
        cells.append(c)
        memory.append(kept)
    back, ways = [], []
    way, cell = np.zeros_like(dh[0]), dc
    for kept, slope in zip(reversed(memory), dh[::-1], strict=True):
        row, way, cell, *parameters = lstm_step_backward(way + slope, cell, kept)
        back.append(row)
        ways.append(parameters)
    found: Outputs = {"h": stacked(hidden), "c": stacked(cells), "dx": stacked(back[::-1])}
    return found | {"dh": way, "dc": cell, "dweight": _sum(ways, 0), "dbias": _sum(ways, 1)}


def _sum(ways: Sequence[Sequence[Any]], place: int) -> Any:
    total, *others = (way[place] for way in ways)
    for other in others:
        total = total + other
    return total
