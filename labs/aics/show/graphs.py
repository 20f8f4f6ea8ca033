"""A graph as a picture: operators as boxes, and the tensors that run between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from aics.language import tr
from aics.show.figure import (
    BLUE,
    GREEN,
    INK,
    LINE,
    MUTED,
    ORANGE,
    PALE,
    PAPER,
    PURPLE,
    RED,
    SKY,
    bare,
    box,
    new_picture,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aics.graph import Graph, Node
    from aics.show.picture import Picture

#: Colour of each type of device, always with its name beside it.
DEVICE_COLORS = {"numpy": SKY, "dlp": ORANGE, "onnxruntime": GREEN, "torch": PURPLE, "cuda": RED}
_WIDE, _TALL, _GAP = 2.1, 0.95, 0.75


def graph(graph: Graph, seconds: Mapping[Node, float] | None = None, devices: bool = True) -> Picture:
    """Draw a graph from left to right: operators as boxes, variables and placeholders as what they start from.

    seconds : node -> how long it ran. Where it is given, nodes that did not run are pale.
    devices : whether it is said where a node runs
    """
    columns = _columns(graph)
    rows = [max(2, len(nodes)) for nodes in columns]
    picture, (axis,) = new_picture(1.9 * len(columns), 0.9 * max(rows) + 0.3, alt=_in_words(graph, seconds or {}))
    places: dict[Node, tuple[float, float]] = {}
    for column, nodes in enumerate(columns):
        for row, node in enumerate(nodes):
            places[node] = (column * (_WIDE + _GAP), (row - (len(nodes) - 1) / 2) * 1.25)
    for node, (left, middle) in places.items():
        for source in node.inputs:
            start = places[source.node]
            arrow(axis, (start[0] + _WIDE, start[1]), (left, middle))
        _node(axis, node, left, middle, _role(node, seconds, devices), _face(node, seconds))
    axis.set_xlim(-0.15, len(columns) * (_WIDE + _GAP) - _GAP + 0.15)
    half = 1.25 * max(rows) / 2
    axis.set_ylim(half + 0.1, -half - 0.1)
    bare(axis)
    return picture


def _columns(graph: Graph) -> list[list[Node]]:
    """Nodes by column: behind all that they need; a source just before the first node that needs it."""
    depth: dict[Node, int] = {}
    nodes = graph.nodes.values()
    for node in nodes:
        depth[node] = 1 + max((depth[tensor.node] for tensor in node.inputs), default=-1)
    for node in nodes:
        if not node.inputs:
            behind = [depth[other] for other in nodes if any(t.node is node for t in other.inputs)]
            depth[node] = min(behind, default=1) - 1
    return [[node for node in depth if depth[node] == column] for column in range(max(depth.values()) + 1)]


def _in_words(graph: Graph, seconds: Mapping[Node, float]) -> str:
    """The graph for those who cannot see it."""
    return tr("A graph. {nodes}.", nodes=tr("; ").join(_of_node(node, seconds) for node in graph.nodes.values()))


def _of_node(node: Node, seconds: Mapping[Node, float]) -> str:
    """A node for those who cannot see it: what it is, where, from what, how long it ran, and its output's shape."""
    size = " x ".join("N" if side is None else str(side) for side in node.outputs[0].shape)
    said = {"name": node.name, "operator": node.op.name, "size": size}
    if not node.inputs:
        return tr("{name} ({operator}): {size}", **said)
    said |= {"device": node.device, "sources": tr(" and ").join(tensor.node.name for tensor in node.inputs)}
    if node not in seconds:
        return tr("{name} ({operator} on {device}, from {sources}): {size}", **said)
    ran = 1e3 * seconds[node]
    return tr("{name} ({operator} on {device}, from {sources}, ran {ran:.2f} ms): {size}", ran=ran, **said)


def _node(axis: Axes, node: Node, left: float, middle: float, role: str, face: str) -> None:
    """A box with a node's name, what it is and where, and the shape of what it makes."""
    edge = LINE if _is_source(node) else _color(node)
    box(axis, left, middle - _TALL / 2, _WIDE, _TALL, fill=True, facecolor=face, edgecolor=edge, linewidth=1.6)
    shape = "[" + ", ".join("None" if side is None else str(side) for side in node.outputs[0].shape) + "]"
    for text, drop, size in ((node.name, -0.27, 10), (role, 0.02, 8), (shape, 0.29, 8)):
        axis.text(left + _WIDE / 2, middle + drop, text, ha="center", va="center", fontsize=size, color=INK)


def _is_source(node: Node) -> bool:
    return node.is_placeholder or node.is_variable


def _color(node: Node) -> str:
    return DEVICE_COLORS.get(node.device.partition(":")[0], BLUE)


def _face(node: Node, seconds: Mapping[Node, float] | None) -> str:
    """What a box is filled with: paper for what others start from, pale where it did not run."""
    if _is_source(node):
        return PAPER
    return PALE if seconds and node not in seconds else _color(node) + "88"


def _role(node: Node, seconds: Mapping[Node, float] | None, devices: bool) -> str:
    """What a node is, where, and how long it ran if it did."""
    if _is_source(node) or not devices:
        return node.op.name
    if not seconds or node not in seconds:
        return tr("{operator} on {device}", operator=node.op.name, device=node.device)
    ran = {"operator": node.op.name, "device": node.device, "milliseconds": 1e3 * seconds[node]}
    return tr("{operator} on {device}: {milliseconds:.2f} ms", **ran)


def arrow(axis: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw an arrow from one point to another."""
    axis.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": MUTED, "linewidth": 1.2})
