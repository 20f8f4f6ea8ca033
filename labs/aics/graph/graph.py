"""A graph: the plan of a computation, and of the devices that run it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any

import numpy as np

from aics.graph.errors import GraphError
from aics.graph.nodes import PLACEHOLDER, VARIABLE, Node, Tensor
from aics.graph.operators import FLOAT, REQUIRED, Attributes, OpDef, Operators, Shape
from aics.language import tr

#: Where a node runs if no device is named.
DEFAULT_DEVICE = "numpy:0"


def _own_shape(_shapes: Sequence[Shape], attributes: Attributes) -> list[Shape]:
    return [attributes["shape"]]


def _own_dtype(_dtypes: Sequence[str], attributes: Attributes) -> list[str]:
    return [attributes["dtype"]]


_SOURCES = {
    name: OpDef(
        name=name,
        outputs=("value",),
        attributes={"shape": REQUIRED, "dtype": FLOAT},
        shape_function=_own_shape,
        dtype_function=_own_dtype,
    )
    for name in (PLACEHOLDER, VARIABLE)
}


class Graph:
    """A graph's nodes, in the order in which they were made.

    Parameters
    ----------
    operators : Operators
        What the graph's nodes can be.

    Attributes
    ----------
    nodes : dict of str to Node
    """

    def __init__(self, operators: Operators) -> None:
        self.operators = operators
        self.nodes: dict[str, Node] = {}
        self._scopes: list[str] = []
        self._devices: list[str] = [DEFAULT_DEVICE]
        self._awaited: list[tuple[Node, ...]] = [()]
        self._numbered: dict[str, int] = {}

    def placeholder(self, name: str, shape: Shape, dtype: str = FLOAT) -> Tensor:
        """Add a node whose value is fed when the graph runs, and return its tensor; None in `shape` fits any size."""
        return self._add(_SOURCES[PLACEHOLDER], name, (), {"shape": tuple(shape), "dtype": dtype}).outputs[0]

    def variable(self, name: str, value: np.ndarray) -> Tensor:
        """Add a node that keeps `value` from run to run, and return its tensor.

        ``tensor.node.load(other)`` gives it another value.
        """
        attributes = {"shape": np.shape(value), "dtype": np.asarray(value).dtype.name}
        node = self._add(_SOURCES[VARIABLE], name, (), attributes)
        node.load(value)
        return node.outputs[0]

    def apply(self, operator: str, *inputs: Tensor, name: str = "", **attributes: Any) -> Tensor | tuple[Tensor, ...]:
        """Add a node, which is one use of an operator, on the current device and in the current name scope.

        Returns its output, or a tuple of them where there are several. Raises GraphError, with the node's name, where
        inputs or attributes do not fit the operator.
        """
        op = self.operators[operator]
        name = name or operator.lower()
        whole = f"{self.scope}{name}"
        strangers = [tensor for tensor in inputs if not isinstance(tensor, Tensor)]
        if strangers:
            who = {"node": whole, "operator": operator, "kind": type(strangers[0]).__name__}
            raise GraphError(
                tr("{node}: {operator} takes tensors, got a {kind}. graph.variable makes one of an array.", **who)
            )
        if len(inputs) != len(op.inputs):
            who = {"node": whole, "operator": operator, "inputs": ", ".join(op.inputs) or tr("none")}
            counts = {"count": len(op.inputs), "got": len(inputs)}
            raise GraphError(tr("{node}: {operator} takes {count} inputs ({inputs}), got {got}.", **who, **counts))
        try:
            outputs = self._add(op, name, inputs, op.filled(attributes)).outputs
        except GraphError as error:
            raise GraphError(tr("{node}: {error}", node=whole, error=error)) from None
        return outputs[0] if len(outputs) == 1 else outputs

    @contextmanager
    def name_scope(self, name: str) -> Iterator[None]:
        """Put ``name/`` before the names of all nodes that are made in the with block; "" leaves all scopes."""
        self._scopes.append(name)
        try:
            yield
        finally:
            self._scopes.pop()

    @contextmanager
    def device(self, name: str) -> Iterator[None]:
        """Place all nodes that are made in the with block on a device; the innermost block decides.

        name : type and number of the device; ``dlp:0`` is the first device of type dlp
        """
        if not name.partition(":")[0]:
            raise GraphError(tr("A device is a type and a number, such as dlp:0; got {name!r}.", name=name))
        self._devices.append(name)
        try:
            yield
        finally:
            self._devices.pop()

    @property
    def scope(self) -> str:
        """What stands before the names of nodes that are made now, such as ``conv1/``; "" outside all scopes."""
        inner = self._scopes[::-1]
        inner = inner[: inner.index("")] if "" in inner else inner
        return "".join(f"{name}/" for name in reversed(inner))

    @contextmanager
    def control_dependencies(self, tensors: Iterable[Tensor]) -> Iterator[None]:
        """Let all nodes that are made in the with block wait until the nodes of these tensors have run."""
        nodes = dict.fromkeys([*self._awaited[-1], *(tensor.node for tensor in tensors)])
        self._awaited.append(tuple(nodes))
        try:
            yield
        finally:
            self._awaited.pop()

    def tensor(self, name: str) -> Tensor:
        """Return the tensor of that name: ``fc1/weight:0``, or ``fc1/weight`` for a node's first output.

        Raises GraphError, with the names that come closest, if there is none.
        """
        node, _, index = name.partition(":")
        outputs = self.nodes[node].outputs if node in self.nodes else ()
        if (not index.isdigit() and index) or int(index or 0) >= len(outputs):
            close = ", ".join(get_close_matches(node, self.nodes, cutoff=0.5)) or tr("none that is like it")
            raise GraphError(tr("There is no tensor {name} in this graph; there is: {close}.", name=name, close=close))
        return outputs[int(index or 0)]

    def _add(self, op: OpDef, name: str, inputs: Sequence[Tensor], attributes: Attributes) -> Node:
        node = Node(self._unused(f"{self.scope}{name}"), op, inputs, attributes, self._devices[-1])
        node.control_inputs = self._awaited[-1]
        self.nodes[node.name] = node
        return node

    def _unused(self, name: str) -> str:
        """The name itself, or with ``_1``, ``_2`` ... behind it where another node has it."""
        number, unused = self._numbered.get(name, 0), name
        while unused in self.nodes:
            number += 1
            unused = f"{name}_{number}"
        self._numbered[name] = number  # all below are taken: in a graph of thousands the search would take longest
        return unused

    def __repr__(self) -> str:
        places = ", ".join(dict.fromkeys(node.device for node in self.nodes.values())) or "nowhere yet"
        return f"<Graph of {len(self.nodes)} nodes on {places}>"
