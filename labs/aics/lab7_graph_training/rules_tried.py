"""Gradient rules beside the definition of a derivative: one input is moved a little, and the outputs are looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.graph import Graph, Node, Tensor
from aics.lab7_graph_training.operators import training_graph
from aics.lab7_graph_training.session import Session
from aics.language import tr
from aics.show.gradient_check import SINGLE, Compared, numerical

Array = NDArray[Any]
#: rule(graph, node, dy) -> an entry for each input: a tensor, or None
Rule = Callable[[Graph, Node, Tensor], Any]


@dataclass
class Tried:
    """What the rule of one operator gives.

    `gradients` holds each of its gradients beside differences. `problem` says why there are none, or is empty;
    `unwritten` says that it is only because the rule is not written yet; `error` is what it raised.
    """

    operator: str
    gradients: list[Compared] = field(default_factory=list)
    problem: str = ""
    unwritten: bool = False
    error: Exception | None = None

    @property
    def wrong(self) -> list[Compared]:
        """The gradients that have wrong entries."""
        return [each for each in self.gradients if each.wrong.any()]


def try_rules(rules: Mapping[str, Rule]) -> list[Tried]:
    """Try the rules of the ten operators of the question, each on a small node of its own.

    Raises what the first of them raised where none of them gave anything: there is nothing to compare.
    """
    found: dict[str, Tried] = {}
    for operator, attributes, arrays in _nodes(np.random.default_rng(7)):
        tried = found.setdefault(operator, Tried(operator))
        if operator not in rules:
            tried.problem, tried.unwritten = tr("not written yet"), True
        if not tried.problem:
            _try(tried, rules, attributes, arrays)
    if not any(tried.gradients for tried in found.values()):
        for tried in found.values():
            if tried.error:
                raise tried.error
    return list(found.values())


def _try(tried: Tried, rules: Mapping[str, Rule], attributes: dict[str, Any], arrays: dict[str, Array]) -> None:
    try:
        tried.gradients += _compared(tried.operator, rules[tried.operator], attributes, arrays)
    except NotImplementedError as error:
        tried.problem, tried.unwritten, tried.error = tr("not written yet"), True, error
    except Exception as error:  # whatever a student's rule raises is shown beside its name
        tried.problem, tried.error = f"{type(error).__name__}: {error}", error
    if tried.problem:
        tried.gradients.clear()


def _compared(operator: str, rule: Rule, attributes: dict[str, Any], arrays: dict[str, Array]) -> list[Compared]:
    """The gradients of one node in float32, but for labels."""
    graph = training_graph()
    batches = {"x", "a", "logits", "labels"}
    shapes = {name: (None, *array.shape[1:]) if name in batches else array.shape for name, array in arrays.items()}
    inputs = {name: graph.placeholder(name, shape) for name, shape in shapes.items()}
    y = graph.apply(operator, *inputs.values(), **attributes)
    assert isinstance(y, Tensor)
    slope, session = graph.placeholder("dy", y.shape), Session(graph)
    feeds = {inputs[name]: array for name, array in arrays.items()}
    factors = np.asarray(np.random.default_rng(8).normal(size=session.run(y, feeds).shape), np.float32)
    answer = rule(graph, y.node, slope)
    if not isinstance(answer, tuple | list):
        raise TypeError(tr("a {kind} came back, not a tuple", kind=type(answer).__name__))

    def loss() -> float:
        return float(np.sum(factors * session.run(y, feeds).astype(np.float64)))

    step, *limits = SINGLE
    pairs = [(name, entry) for name, entry in zip(arrays, answer, strict=True) if name != "labels"]
    gradients = session.run([entry for _, entry in pairs], {**feeds, slope: factors})
    how = "".join(f", {name}" for name, value in attributes.items() if value is True)
    return [
        Compared(f"d{name}{how}", _of_shape(name, got, arrays[name]), numerical(loss, arrays[name], step), *limits)
        for (name, _), got in zip(pairs, gradients, strict=True)
    ]


def _of_shape(name: str, got: Array, array: Array) -> Array:
    if got.shape != array.shape:
        said = {"got": list(got.shape), "wanted": list(array.shape)}
        raise ValueError(tr("d{name} is {got}, not {wanted}", name=name, **said))
    return got


def _nodes(rng: np.random.Generator) -> list[tuple[str, dict[str, Any], dict[str, Array]]]:
    """Each operator with attributes and inputs; no number near 0, none of a picture's closer to another than a step."""

    def draw(*shape: int) -> Array:
        return np.asarray((0.2 + rng.random(shape)) * rng.choice([-1, 1], shape), np.float32)

    def apart(*shape: int) -> Array:
        order = rng.permutation(np.prod(shape)).reshape(shape)
        return np.asarray(order * (4 / order.size) - 1.99, np.float32)

    turns = [{"transpose_a": a, "transpose_b": b} for a in (False, True) for b in (False, True)]
    matrices = [("MatMul", how, {"a": draw(3, 3), "b": draw(3, 3)}) for how in turns]  # a wrong product fits too
    return [
        *matrices,
        ("BiasAdd", {}, {"x": draw(4, 3), "bias": draw(3)}),
        ("BiasAdd", {}, {"x": draw(2, 3, 2, 2), "bias": draw(3)}),
        *((name, {}, {"x": draw(4, 5)}) for name in ("Sigmoid", "Relu", "Square", "Mean")),
        ("SoftmaxCrossEntropy", {}, {"logits": draw(4, 5), "labels": np.eye(5, dtype=np.float32)[[0, 3, 3, 1]]}),
        ("Reshape", {"shape": (-1, 12)}, {"x": draw(4, 3, 2, 2)}),
        ("Conv2D", {"stride": 2, "pad": 1}, {"x": draw(2, 2, 5, 5), "weight": draw(2, 3, 3, 2)}),
        ("MaxPool", {"kernel_size": 3, "stride": 2}, {"x": apart(1, 2, 5, 5)}),
    ]
