"""Lab 7: how the questions on walks, forwards and backwards through a graph, call the student's code."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.check.returned import spelled
from aics.graph import Graph, GraphError, Node, Tensor
from aics.lab7_graph_training.plans import planned, written_out
from aics.lab7_graph_training.session import Session, in_any_order, waits_for

Array = NDArray[Any]
#: Numbers of nodes are counted from 0 on again when they reach this one.
MODULUS = 9973

# Walks


def walk(
    walk: Any,
    *,
    about: str,
    plan: Sequence[str],
    block: Sequence[str],
    times: int,
    fetches: Sequence[Sequence[str]],
    fed: Sequence[str],
    numbers: Array,
    names: Sequence[str],
) -> dict[str, object]:
    """Walk a plan's graph once for each list of fetches; which nodes came, and what the fetches come to in that order.

    A node's number is one of `numbers`, plus seven times the numbers, so far, of all that it takes and waits for; what
    is fed has a number of its own. A graph to be refused has `names` for its refusal.
    """
    graph = _graph(tuple(plan), tuple(block), times)
    known = frozenset(graph.tensor(name) for name in fed)
    walks = [[graph.tensor(name) for name in wanted] for wanted in fetches]
    try:
        orders = [walk(wanted, known) for wanted in walks]
    except GraphError as error:
        said = str(error)
        return {"refusal": True, "nodes named": np.array([name in said for name in names])} if names else _again(error)
    if names or not all(isinstance(order, Collection) for order in orders):
        return {"refusal": False} if names else {}
    place = {node: number for number, node in enumerate(graph.nodes.values())}
    came = [np.sort(_places(order, place)) for order in orders]
    found = [_numbers(orders[turn], walks[turn], known, place, numbers.tolist()) for turn in (0, -1)]
    return {"nodes that came": np.concatenate(came), "numbers of the fetches": np.concatenate(found)}


def _again(error: GraphError) -> dict[str, object]:
    """Nothing was to be refused: the error goes on, so that it is shown."""
    raise error


@lru_cache(maxsize=4)
def _graph(plan: tuple[str, ...], block: tuple[str, ...], times: int) -> Graph:
    """The graph of a plan; kept, since a check that times calls the walk again and again."""
    return planned(written_out(plan, block, times))


def _places(order: Collection[Any], place: dict[Node, int]) -> Array:
    """The number of each node in the graph; -1 for what is no node of it."""
    return np.array([place.get(node, -1) if isinstance(node, Node) else -1 for node in order], np.int64)


def _numbers(
    order: Collection[Any],
    wanted: Sequence[Tensor],
    known: Collection[Tensor],
    place: dict[Node, int],
    numbers: Sequence[int],
) -> Array:
    """What the fetches come to when the nodes get their numbers in this order; 0 for a node without one."""
    found: dict[object, int] = {}
    for node in (node for node in order if node in place):
        before = sum(found.get(other, 0) for other in waits_for(node, known))
        given = sum(numbers[place[tensor.node] % len(numbers)] for tensor in node.inputs if tensor in known)
        found[node] = (numbers[place[node] % len(numbers)] + 7 * (before + given)) % MODULUS
    return np.array([-1 if tensor in known else found.get(tensor.node, 0) for tensor in wanted], np.int64)


def walk_yardstick(*, fetches: Sequence[Sequence[str]], **case: Any) -> dict[str, object]:
    """One of the walks by Python's own graphlib, which takes about as long as all of them take the reference."""
    return walk(in_any_order, fetches=fetches[:1], **case)


# Backwards


def gradients(
    gradients: Any,
    *,
    about: str,
    plan: Sequence[str],
    block: Sequence[str],
    times: int,
    end: Sequence[str],
    loss: str,
    wanted: Sequence[str],
    dtype: str,
    values: Array,
    names: Sequence[str],
) -> dict[str, object]:
    """The gradients that the graph gives on fresh numbers, and the nodes that were added to it.

    `values` has a row for each variable and placeholder of the plan, in turn. A call that must be refused has `names`
    for its refusal.
    """
    lines = written_out(plan, block, times, end)
    sources = [line.split(" = ")[0] for line in lines if line.endswith(("= variable", "= placeholder"))]
    rows = dict(zip(sources, values.astype(dtype), strict=True))
    graph = planned(lines, values=rows)
    before = set(graph.nodes)
    called: list[str] = []
    try:
        got = gradients(graph, graph.tensor(loss), [graph.tensor(name) for name in wanted], _noting(called))
    except GraphError as error:
        return {"refusal": spelled([error])} if names else _again(error)
    if names or not isinstance(got, list | tuple):
        return {}
    added = [node for name, node in graph.nodes.items() if name not in before]
    told = {
        "none": np.array([tensor is None for tensor in got], bool),
        "rules": spelled(called),
        "names": spelled(node.name for node in added),
        "operators": spelled(node.op.name for node in added),
    }
    tensors = {name: tensor for name, tensor in zip(wanted, got, strict=False) if tensor is not None}
    feeds = {graph.tensor(name): rows[name] for name in sources if graph.nodes[name].is_placeholder}
    brought = Session(graph).run(list(tensors.values()), feeds)
    return told | {f"gradient of {name}": array for name, array in zip(tensors, brought, strict=True)}


Rule = Callable[[Graph, Node, Tensor], tuple[Tensor | None, ...]]


def _mul(graph: Graph, node: Node, dy: Tensor) -> tuple[Tensor | None, ...]:
    a, b = node.inputs
    return _apply(graph, "Mul", dy, b), _apply(graph, "Mul", dy, a)


def _square(graph: Graph, node: Node, dy: Tensor) -> tuple[Tensor | None, ...]:
    return (_apply(graph, "Mul", dy, _apply(graph, "Scale", node.inputs[0], by=2.0)),)


def _apply(graph: Graph, operator: str, *inputs: Tensor, **attributes: Any) -> Tensor:
    tensor = graph.apply(operator, *inputs, **attributes)
    assert isinstance(tensor, Tensor)
    return tensor


#: Rules of this question's own. None of them makes a node Add, and none is for Exp.
RULES: dict[str, Rule] = {
    "Add": lambda _graph, _node, dy: (dy, dy),
    "Sub": lambda graph, _node, dy: (dy, _apply(graph, "Neg", dy)),
    "Mul": _mul,
    "Neg": lambda graph, _node, dy: (_apply(graph, "Neg", dy),),
    "Square": _square,
    "Floor": lambda _graph, _node, _dy: (None,),
    "ReshapeLike": lambda graph, node, dy: (_apply(graph, "ReshapeLike", dy, node.inputs[0]), None),
    "Sum": lambda graph, node, dy: (_apply(graph, "Fill", dy, node.inputs[0]),),
}


def _noting(called: list[str]) -> dict[str, Rule]:
    """The rules, each of which notes the node that it is called for."""

    def noted(rule: Rule) -> Rule:
        def call(graph: Graph, node: Node, dy: Tensor) -> tuple[Tensor | None, ...]:
            called.append(node.name)
            return rule(graph, node, dy)

        return call

    return {operator: noted(rule) for operator, rule in RULES.items()}
