"""Graphs written down line by line, for questions about graphs: a case is text that a person can read.

    n0 = placeholder
    n1 = variable
    n2 = Mul(n0, n1)
    n3 = Neg(n2) after n1
    n4 = counter

A counter is a variable that holds a whole number. Behind ``after`` stand nodes that have to run first, although nothing
is taken from them. A second line for a node gives it other inputs: the one way to close a circle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aics.graph import Graph, Tensor
from aics.lab7_graph_training.operators import training_graph


class Line(NamedTuple):
    """One line of a plan."""

    name: str
    operator: str
    inputs: tuple[str, ...]
    after: tuple[str, ...]


def read_line(line: str) -> Line:
    """Take a line apart.

    >>> read_line("n3 = Add(n2, n1) after n0, n1")
    Line(name='n3', operator='Add', inputs=('n2', 'n1'), after=('n0', 'n1'))
    """
    name, _, made = line.partition(" = ")
    made, _, after = made.partition(" after ")
    operator, _, inputs = made.rstrip(")").partition("(")
    return Line(name, operator, _names(inputs), _names(after))


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(", ")) if text else ()


def written_out(plan: Sequence[str], block: Sequence[str], times: int, end: Sequence[str] = ()) -> list[str]:
    """Return the plan's lines, the block's so many times, with ``{i}`` = 1, 2, ... and ``{j}`` one less, and the end's.

    >>> written_out(["a0 = placeholder"], ["a{i} = Neg(a{j})"], 2)
    ['a0 = placeholder', 'a1 = Neg(a0)', 'a2 = Neg(a1)']
    """
    repeated = [line.format(i=i, j=i - 1) for i in range(1, times + 1) for line in block]
    return [*plan, *repeated, *end]


def planned(lines: Sequence[str], values: Mapping[str, NDArray[Any]] | None = None) -> Graph:
    """Return the graph that the lines describe.

    values : name of a variable -> its value; of a placeholder -> an array of its shape and dtype; 0 where there is none
    """
    graph = training_graph()
    for line in map(read_line, lines):
        inputs = [graph.tensor(name) for name in line.inputs]
        if line.name in graph.nodes:
            for index, tensor in enumerate(inputs):
                graph.nodes[line.name].update_input(index, tensor)
            continue
        with graph.control_dependencies([graph.tensor(name) for name in line.after]):
            _make(graph, line, inputs, (values or {}).get(line.name, np.zeros((), np.float32)))
    return graph


def _make(graph: Graph, line: Line, inputs: Sequence[Tensor], value: NDArray[Any]) -> None:
    """Add the node of one line; a source has the shape and the dtype of `value`."""
    if line.operator == "counter":
        graph.variable(line.name, np.zeros((), np.int64))
    elif line.operator == "variable":
        graph.variable(line.name, value)
    elif line.operator == "placeholder":
        graph.placeholder(line.name, value.shape, value.dtype.name)
    else:
        graph.apply(line.operator, *inputs, name=line.name)
