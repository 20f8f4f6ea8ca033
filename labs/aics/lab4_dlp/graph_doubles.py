"""Small graphs that take notes: what asks hand to a student's session, registry and builder.

Three operators on rows of numbers: Minus (a - b), Times (a * b), and Parts, which has two outputs: what is above zero
and what is below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aics.graph.graph import Graph
from aics.graph.nodes import Node, Tensor
from aics.graph.operators import OpDef, Operators, Shape

Row = NDArray[np.float64]


class _Formula(NamedTuple):
    """What an operator takes, what it gives, and how."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    compute: Callable[..., Row | tuple[Row, ...]]

    def definition(self, name: str) -> OpDef:
        """The operator's definition: each output has the first input's shape."""

        def shapes(given: Sequence[Shape], _attributes: Mapping[str, object]) -> list[Shape]:
            return [given[0]] * len(self.outputs)

        return OpDef(name=name, inputs=self.inputs, outputs=self.outputs, shape_function=shapes)


_FORMULAS = {
    "Minus": _Formula(("a", "b"), ("y",), lambda a, b: a - b),
    "Times": _Formula(("a", "b"), ("y",), lambda a, b: a * b),
    "Parts": _Formula(("x",), ("above", "below"), lambda x: (np.maximum(x, 0), np.minimum(x, 0))),
}
#: Any other operator, of which only the name matters.
_NAMED = _Formula(("x",), ("y",), lambda x: x)


def operators(names: Sequence[str] = tuple(_FORMULAS)) -> Operators:
    """The three operators; others by name have one input and one output."""
    known = Operators()
    for name in names:
        known.add(_FORMULAS.get(name, _NAMED).definition(name))
    return known


def read_line(line: str) -> tuple[str, str, list[str]]:
    """Name, operator and inputs of a plan's line.

    >>> read_line("span = Minus(cut:1, w)")
    ('span', 'Minus', ['cut:1', 'w'])
    >>> read_line("x = placeholder")
    ('x', 'placeholder', [])
    """
    name, _, made = line.partition(" = ")
    operator, _, inputs = made.rstrip(")").partition("(")
    return name, operator, inputs.split(", ") if inputs else []


def planned(plan: Sequence[str], values: Mapping[str, Row], size: int) -> Graph:
    """The graph that a plan's lines describe, placeholders and variables of `size` numbers among them.

    A second line for a node gives its inputs anew: the one way to close a circle.
    """
    graph = Graph(operators())
    for name, operator, inputs in map(read_line, plan):
        if name in graph.nodes:
            for index, wanted in enumerate(inputs):
                graph.nodes[name].update_input(index, tensor(graph, wanted))
        elif operator == "placeholder":
            graph.placeholder(name, (size,))
        elif operator == "variable":
            graph.variable(name, values[name])
        else:
            graph.apply(operator, *(tensor(graph, wanted) for wanted in inputs), name=name)
    return graph


def tensor(graph: Graph, name: str) -> Tensor:
    """The tensor ``node:index``; the first output where no index is named."""
    node, _, index = name.partition(":")
    return graph.nodes[node].outputs[int(index or 0)]


class NotingKernels:
    """A registry with a kernel for each of the three operators, which notes each node that runs, by name.

    counted : callable, optional
        ``counted(name, *inputs)`` computes each node in the place of its operator: a row an output, or more.
    """

    def __init__(self, counted: Callable[..., Row] | None = None) -> None:
        self.ran: list[str] = []
        self._counted = counted

    def find(self, node: Node) -> type:
        """The kernel class, whatever the device."""
        compute, ran = self._computing(node), self.ran

        class Kernel:
            def __init__(self, node: Node) -> None:
                self._name = node.name

            def compute(self, *arrays: Row) -> Row | tuple[Row, ...]:
                ran.append(self._name)
                return compute(*arrays)

        return Kernel

    def _computing(self, node: Node) -> Callable[..., Row | tuple[Row, ...]]:
        counted = self._counted
        if counted is None:
            return _FORMULAS[node.op.name].compute

        def compute(*arrays: Row) -> Row | tuple[Row, ...]:
            rows = counted(node.name, *arrays)[: len(node.outputs)]
            return rows[0] if len(rows) == 1 else tuple(rows)

        return compute


def placed(rows: Sequence[tuple[str, str]]) -> list[Node]:
    """A node for each (operator, device), in one graph."""
    graph = Graph(operators(sorted({name for name, _ in rows})))
    x = graph.placeholder("x", (1,))
    for name, device in rows:
        with graph.device(device):
            graph.apply(name, x)
    return [node for node in graph.nodes.values() if node.inputs]
