"""Runs training graphs: feeds, fetches, and variables that change while it runs.

    session = Session(graph)
    loss_now, _ = session.run([loss, train], {x: images, labels: digits})

For each choice of fetches the session asks once for a plan: the nodes in an order in which each comes after all that
it needs. Then a run is one pass over that plan. Lab 4's sessions find their way anew in each run, and know nothing of
assignments and of nodes that wait for others (`Graph.control_dependencies`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.graph import Graph, GraphError, Node, Tensor
from aics.lab7_graph_training.kernels import KERNELS, Compute
from aics.lab7_graph_training.shapes import fits
from aics.language import listed, tr

Array = NDArray[Any]
#: ``walk(fetches, fed)`` -> nodes, each after all that it takes and waits for; nothing behind a fed tensor.
Walk = Callable[[Sequence[Tensor], Collection[Tensor]], Sequence[Node]]


def waits_for(node: Node, fed: Collection[Tensor] = ()) -> list[Node]:
    """Return the nodes that have to run before this one: those of inputs that are not fed, and its control inputs."""
    return [*(tensor.node for tensor in node.inputs if tensor not in fed), *node.control_inputs]


def in_any_order(fetches: Sequence[Tensor], fed: Collection[Tensor] = ()) -> list[Node]:
    """Return what the fetches need, by Python's own graphlib.

    Raises GraphError where nodes wait for one another.
    """
    needed = [tensor.node for tensor in fetches if tensor not in fed]
    edges: dict[Node, list[Node]] = {}
    while needed:
        node = needed.pop()
        if node not in edges:
            edges[node] = waits_for(node, fed)
            needed += edges[node]
    try:
        return list(TopologicalSorter(edges).static_order())
    except CycleError as error:
        circle = " <- ".join(node.name for node in error.args[1])
        raise GraphError(tr("These nodes wait for one another: {circle}.", circle=circle)) from None


class Session:
    """Runs a graph; variables keep their values in the graph, from run to run.

    A variable is read by each node at the moment at which that node runs, so an assignment changes what nodes that run
    after it read.

    Parameters
    ----------
    graph : Graph
    walk : callable
        What plans a run; by default Python's own graphlib does.
    checked : bool
        Whether each value is looked at: the first node that gives nan or an infinity is an error that names it.
    """

    def __init__(self, graph: Graph, walk: Walk = in_any_order, checked: bool = False) -> None:
        self.graph, self.walk, self.checked = graph, walk, checked
        self._ready: dict[Node, Compute] = {}
        self._plans: dict[tuple[tuple[Tensor, ...], frozenset[Tensor]], Sequence[Node]] = {}

    def run(self, fetches: Tensor | str | Sequence[Tensor | str], feeds: Mapping[Tensor, Any] | None = None) -> Any:
        """Run what the fetches need, each node once, and return their values.

        fetches : a tensor, or a list of them; names such as "loss:0" will do  ->  an array, or a list of arrays
        feeds : tensor -> array

        Raises GraphError, which names the node, for a fetch that is none of the graph's, a feed that does not fit, a
        placeholder that is not fed, or a node that fails. Variables that were assigned before the failing node keep
        their new values.
        """
        if isinstance(fetches, Tensor | str):
            return self.run([fetches], feeds)[0]
        wanted = tuple(_fetched(self.graph, each) for each in fetches)
        values = {tensor: _fed(self.graph, tensor, value) for tensor, value in (feeds or {}).items()}
        key = wanted, frozenset(values)
        if key not in self._plans:
            self._plans[key] = self.walk(wanted, frozenset(values))
        for node in self._plans[key]:
            self._compute(node, values)
        return [_value(tensor, values) for tensor in wanted]

    def _compute(self, node: Node, values: dict[Tensor, Array]) -> None:
        if node.is_variable:
            return
        if node.is_placeholder:
            said = {"name": node.name, "dtype": node.outputs[0].dtype, "shape": list(node.outputs[0].shape)}
            raise GraphError(
                tr("The placeholder {name} is needed and was not fed: give this run a {dtype} {shape} for it.", **said)
            )
        if node not in self._ready:
            self._ready[node] = _kernel(node)
        arrays = [_value(tensor, values) for tensor in node.inputs]
        try:
            with np.errstate(all="ignore"):
                value = self._ready[node](*arrays)
        except Exception as error:
            said = {"node": node.name, "operator": node.op.name, "error": f"{type(error).__name__}: {error}"}
            shapes = ", ".join(f"{array.dtype.name} {list(array.shape)}" for array in arrays)
            raise GraphError(tr("{node}: {operator} of {shapes} failed: {error}", shapes=shapes, **said)) from error
        if self.checked and value.dtype.kind == "f" and not np.isfinite(value).all():
            raise GraphError(_no_number(node, arrays))
        values.setdefault(node.outputs[0], value)


def _no_number(node: Node, arrays: Sequence[Array]) -> str:
    """What is said of the first node that gives nan or an infinity: what it was given, and where to look."""
    given = [
        tr("{name} from {low:g} to {high:g}", name=tensor.name, low=float(array.min()), high=float(array.max()))
        for tensor, array in zip(node.inputs, arrays, strict=True)
        if array.size
    ]
    return tr(
        "{node}: {operator} gave nan or an infinity. It was given {inputs}. If these grow from step to step, lower the "
        "learning rate.",
        node=node.name,
        operator=node.op.name,
        inputs=listed(given) or tr("nothing"),
    )


def _kernel(node: Node) -> Compute:
    if node.op.name not in KERNELS:
        raise GraphError(tr("{node}: no kernel computes {operator}.", node=node.name, operator=node.op.name))
    return KERNELS[node.op.name](node)


def _value(tensor: Tensor, values: Mapping[Tensor, Array]) -> Array:
    """What was fed or computed; of a variable, what it holds at this moment."""
    if tensor in values:
        return values[tensor]
    if tensor.node.value is None:
        said = {"name": tensor.name, "node": tensor.node.name}
        raise GraphError(
            tr("{name} has no value in this run: the walk has to put {node} before the nodes that take it.", **said)
        )
    return tensor.node.value


def _of(graph: Graph, tensor: Any) -> bool:
    return isinstance(tensor, Tensor) and graph.nodes.get(tensor.node.name) is tensor.node


def _fetched(graph: Graph, fetch: Any) -> Tensor:
    """A fetch as a tensor. GraphError where it is none of the graph's."""
    tensor = graph.tensor(fetch) if isinstance(fetch, str) else fetch
    if not _of(graph, tensor):
        raise GraphError(tr("{what!r} is fetched, and is no tensor of this graph.", what=fetch))
    return tensor


def _fed(graph: Graph, tensor: Tensor, value: Any) -> Array:
    """A feed as an array. GraphError where it is for no tensor of the graph, or does not fit."""
    if not _of(graph, tensor):
        raise GraphError(tr("{what!r} is fed, and is no tensor of this graph.", what=tensor))
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise GraphError(tr("{name} was fed what is no array: {error}", name=tensor.name, error=error)) from None
    own = array.dtype.kind in "iub" and not isinstance(value, np.ndarray | np.generic)
    if own or (array.dtype.kind == "f" and tensor.dtype.startswith("float")):
        array = array.astype(tensor.dtype, copy=False)  # Python's own numbers, and floats of another precision
    if array.dtype.name != tensor.dtype or not fits(array.shape, tensor.shape):
        said = {"name": tensor.name, "dtype": tensor.dtype, "shape": list(tensor.shape)}
        got = {"got": array.dtype.name, "size": list(array.shape)}
        raise GraphError(tr("{name} is {dtype} {shape}, and was fed {got} {size}.", **said, **got))
    return array
