"""Lab 7: how each question on what TensorBoard reads calls the student's code.

Bytes travel as arrays of uint8; what is in them is read in `aics.lab7_graph_training.watching_measures`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.check.ask import Outputs
from aics.doubles.calls import overridden
from aics.graph import Graph, OpDef, Operators
from aics.lab7_graph_training.protobuf import write_field, write_varint

Bytes = NDArray[np.uint8]


def event_file(
    varint: Callable[[int], Any],
    field: Callable[[int, bytes], Any],
    masked_crc: Callable[[bytes], Any],
    record: Callable[[bytes], Any],
    version_event: Callable[[float], Any],
    scalar_event: Callable[..., Any],
    histogram_event: Callable[..., Any],
    *,
    about: str,
    numbers: Sequence[int] | NDArray[np.int64] = (),
    number: int = 0,
    data: Bytes | None = None,
    wall_time: float = 0.0,
    step: int = 0,
    tag: str = "",
    values: NDArray[np.float32] = np.zeros(1, np.float32),
) -> Outputs:
    """What one of the functions gives, as bytes; `about` says which."""
    given = b"" if data is None else data.tobytes()
    if about == "varint":
        return {f"varint of {int(each)}": octets(varint(int(each))) for each in numbers}
    if about == "field":
        return {"field": octets(field(number, given))}
    if about == "masked_crc":
        return {"masked crc": masked_crc(given)}
    if about == "record":
        return {"record": octets(record(given))}
    if about == "version_event":
        return {"event": octets(version_event(wall_time))}
    if about == "scalar_event":
        return {"event": octets(scalar_event(wall_time, step, tag, float(np.ravel(values)[0])))}
    return {"event": octets(histogram_event(wall_time, step, tag, values))}


def graph_def(
    graph_def: Callable[[Graph], Any],
    varint: Callable[[int], bytes],
    field: Callable[[int, bytes], bytes],
    *,
    nodes: Sequence[Mapping[str, Any]],
) -> Outputs:
    """The bytes for a graph of these nodes; finished functions stand in for those of the question before."""
    with overridden(varint, write_varint), overridden(field, write_field):
        return {"graph": octets(graph_def(_graph(nodes)))}


def gradient_summary(gradient_summary: Callable[[NDArray[Any]], Any], *, gradient: NDArray[Any]) -> Outputs:
    """The entries of the dict; nothing where something else came back."""
    answer = gradient_summary(gradient)
    return dict(answer) if isinstance(answer, dict) and all(isinstance(name, str) for name in answer) else {}


def octets(value: Any) -> Any:
    """Bytes as an array that can travel; anything else as it is."""
    return np.frombuffer(value, np.uint8) if isinstance(value, bytes | bytearray) else value


def _graph(nodes: Sequence[Mapping[str, Any]]) -> Graph:
    """A graph of nodes, each ``{"name", "op", "inputs", "outputs", "device", "after"}``.

    inputs : names of tensors, such as "split:1"; outputs : how many; after : names of nodes that it waits for
    """
    graph = Graph(Operators())
    for node in nodes:
        inputs = [graph.tensor(name) for name in node["inputs"]]
        waiting = [graph.tensor(name) for name in node["after"]]
        scope, _, name = node["name"].rpartition("/")
        with graph.device(node["device"]), graph.control_dependencies(waiting), graph.name_scope(scope or ""):
            if node["op"] == "Placeholder":
                graph.placeholder(name, (None, 4))
            elif node["op"] == "Variable":
                graph.variable(name, np.zeros(4, np.float32))
            else:
                _define(graph.operators, node["op"], len(inputs), node["outputs"])
                graph.apply(node["op"], *inputs, name=name)
    return graph


def _define(operators: Operators, name: str, inputs: int, outputs: int) -> None:
    """An operator of so many inputs and outputs, unless there is one of this name."""
    if all(each.name != name for each in operators):
        given, made = (tuple(f"{letter}{i}" for i in range(n)) for letter, n in (("x", inputs), ("y", outputs)))
        operators.add(OpDef(name=name, inputs=given, outputs=made, shape_function=lambda _s, _a: [(4,)] * outputs))
