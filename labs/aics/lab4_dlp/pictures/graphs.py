"""Pictures of graphs: nodes and tensors, what a fetch needs, and which machine has which kernel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from aics.language import plural, tr
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


def machines() -> Picture:
    """Draw one graph of operators, and below it the machines that could run it, with a kernel for each operator."""
    operators = ("Conv", "Relu", "MaxPool", "...", "Softmax")
    devices = {
        "numpy": tr("the layers of lab 2"),
        "dlp": tr("the course's card"),
        "onnxruntime": tr("fast CPU code"),
        "cuda": tr("a GPU"),
    }
    alt = tr(
        "Above, one graph: {operators}. Below, four machines: {machines}. Each has a kernel for every operator; which "
        "of them runs is decided by one word.",
        operators=", ".join(operators),
        machines=tr(", ").join(tr("{name} ({what})", name=name, what=what) for name, what in devices.items()),
    )
    picture, (axis,) = new_picture(9.5, 3.6, alt=alt)
    for place, name in enumerate(operators):
        box(axis, 2.1 * place, 0, 1.5, 0.7, fill=True, facecolor=PAPER, edgecolor=INK, linewidth=1.4)
        axis.text(2.1 * place + 0.75, 0.35, name, ha="center", va="center", fontsize=10)
        if place:
            _arrow(axis, (2.1 * place - 0.6, 0.35), (2.1 * place, 0.35))
    axis.text(4.95, -0.3, tr("what is to be computed: one graph"), ha="center", fontsize=10)
    for row, (name, words) in enumerate(devices.items()):
        top = 1.75 + 0.62 * row
        for place in range(len(operators)):
            style = {"fill": True, "facecolor": DEVICE_COLORS[name] + "88", "edgecolor": DEVICE_COLORS[name]}
            box(axis, 2.1 * place, top, 1.5, 0.4, linewidth=1, **style)
        axis.text(-0.2, top + 0.2, name, ha="right", va="center", fontsize=10)
        axis.text(10.15, top + 0.2, words, ha="left", va="center", fontsize=9)
    below = tr("who computes it: a kernel for each operator, on each machine")
    axis.text(4.95, 1.45, below, ha="center", fontsize=10)
    axis.set_xlim(-2.4, 12.8)
    axis.set_ylim(4.3, -0.6)
    bare(axis)
    return picture


def graph(graph: Graph, seconds: Mapping[Node, float] | None = None) -> Picture:
    """Draw a graph from left to right: operators as boxes, variables and placeholders as what they start from.

    seconds : node -> how long it ran. Where it is given, nodes that did not run are pale.
    """
    columns = _columns(graph)
    rows = [max(2, len(nodes)) for nodes in columns]
    picture, (axis,) = new_picture(1.9 * len(columns), 0.9 * max(rows) + 0.3, alt=_in_words(graph, seconds or {}))
    places: dict[Node, tuple[float, float]] = {}
    for column, nodes in enumerate(columns):
        for row, node in enumerate(nodes):
            places[node] = (column * (_WIDE + _GAP), (row - (len(nodes) - 1) / 2) * 1.25)
    for node, (left, middle) in places.items():
        for tensor in node.inputs:
            start = places[tensor.node]
            _arrow(axis, (start[0] + _WIDE, start[1]), (left, middle))
        _node(axis, node, left, middle, seconds)
    axis.set_xlim(-0.15, len(columns) * (_WIDE + _GAP) - _GAP + 0.15)
    half = 1.25 * max(rows) / 2
    axis.set_ylim(half + 0.1, -half - 0.1)
    bare(axis)
    return picture


def _columns(graph: Graph) -> list[list[Node]]:
    """Nodes by column: behind all that they need; a source just before the first node that needs it."""
    depth: dict[Node, int] = {}
    for node in graph.nodes.values():
        depth[node] = 1 + max((depth[tensor.node] for tensor in node.inputs), default=-1)
    for node in graph.nodes.values():
        if not node.inputs:
            behind = [depth[other] for other in graph.nodes.values() if any(t.node is node for t in other.inputs)]
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


def _node(axis: Axes, node: Node, left: float, middle: float, seconds: Mapping[Node, float] | None) -> None:
    """A box with a node's name, what it is and where, and the shape of what it makes."""
    kind = node.device.partition(":")[0]
    source = node.is_placeholder or node.is_variable
    color = LINE if source else DEVICE_COLORS.get(kind, BLUE)
    idle = bool(seconds) and node not in (seconds or {}) and not source
    face = PAPER if source else PALE if idle else color + "88"
    box(axis, left, middle - _TALL / 2, _WIDE, _TALL, fill=True, facecolor=face, edgecolor=color, linewidth=1.6)
    shape = "[" + ", ".join("None" if side is None else str(side) for side in node.outputs[0].shape) + "]"
    role = _role(node, None if source or not seconds else seconds.get(node))
    for text, drop, size in ((node.name, -0.27, 10), (role, 0.02, 8), (shape, 0.29, 8)):
        axis.text(left + _WIDE / 2, middle + drop, text, ha="center", va="center", fontsize=size, color=INK)


def _role(node: Node, seconds: float | None) -> str:
    """What a node is, where, and how long it ran if it did."""
    if node.is_placeholder or node.is_variable:
        return node.op.name
    if seconds is None:
        return tr("{operator} on {device}", operator=node.op.name, device=node.device)
    ran = {"operator": node.op.name, "device": node.device, "milliseconds": 1e3 * seconds}
    return tr("{operator} on {device}: {milliseconds:.2f} ms", **ran)


def _arrow(axis: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    axis.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": MUTED, "linewidth": 1.2})


def needed() -> Picture:
    """Draw a small graph with one tensor marked as fetched, and leave open what has to run for it."""
    alt = tr(
        "A graph to think about. Placeholders x and y, a variable w. Node a is made from x and w, b from a, c from a "
        "and y, d from b and a, e from c and d. The output of d is marked: it is fetched."
    )
    picture, (axis,) = new_picture(8, 2.7, alt=alt)
    places = {"x": (0, 0), "w": (0, 1), "y": (1, 2), "a": (1, 0.5), "b": (2, 0), "c": (2, 1.6), "d": (3, 0.5)}
    places["e"] = (4, 1.2)
    sources = {"x": tr("placeholder"), "y": tr("placeholder"), "w": tr("variable")}
    edges = ("x a", "w a", "a b", "a c", "y c", "b d", "a d", "c e", "d e")
    for start, end in map(str.split, edges):
        (x0, y0), (x1, y1) = places[start], places[end]
        _arrow(axis, (1.6 * x0 + 0.9, y0), (1.6 * x1, y1))
    for name, (column, row) in places.items():
        style = {"edgecolor": ORANGE, "linewidth": 3} if name == "d" else {"edgecolor": INK, "linewidth": 1.2}
        face = PAPER if name in sources else SKY + "88"
        box(axis, 1.6 * column, row - 0.25, 0.9, 0.5, fill=True, facecolor=face, **style)
        axis.text(1.6 * column + 0.45, row, name, ha="center", va="center", fontsize=11)
        if name in sources:
            axis.text(1.6 * column + 0.45, row + 0.4, sources[name], ha="center", va="center", fontsize=8)
    axis.text(1.6 * 3 + 0.45, 0.05, tr("fetched"), ha="center", fontsize=9)
    axis.set_xlim(-0.2, 7.6)
    axis.set_ylim(2.65, -0.5)
    bare(axis)
    return picture


def kernel_table(kernels: Mapping[tuple[str, str], object]) -> Picture:
    """Draw which operator has a kernel on which type of device.

    kernels : (operator, device type) -> kernel class
    """
    operators = list(dict.fromkeys(operator for operator, _ in kernels))
    devices = list(dict.fromkeys(device for _, device in kernels))
    picture, (axis,) = new_picture(8, 0.7 + 0.42 * len(devices), alt=_who_has_what(kernels, operators, devices))
    for row, device in enumerate(devices):
        for column, operator in enumerate(operators):
            there = (operator, device) in kernels
            color = DEVICE_COLORS.get(device, BLUE) + "88" if there else PAPER
            style = {"edgecolor": LINE if there else RED, "linestyle": "-" if there else "--"}
            box(axis, column * 1.6, row * 0.6, 1.5, 0.5, fill=True, facecolor=color, linewidth=1.2, **style)
            # As a plural, since lab 2's labels say "kernel" too, of a convolution, which is another word in Chinese.
            text = plural("kernel", "kernels", 1) if there else tr("none yet")
            axis.text(column * 1.6 + 0.75, row * 0.6 + 0.26, text, ha="center", va="center", fontsize=9)
        axis.text(-0.15, row * 0.6 + 0.26, device, ha="right", va="center", fontsize=10)
    for column, operator in enumerate(operators):
        axis.text(column * 1.6 + 0.75, -0.12, operator, ha="center", va="bottom", fontsize=10)
    axis.set_xlim(-1.7, len(operators) * 1.6)
    axis.set_ylim(len(devices) * 0.6, -0.5)
    bare(axis)
    return picture


def _who_has_what(kernels: Mapping[tuple[str, str], object], operators: Sequence[str], devices: Sequence[str]) -> str:
    """The table of kernels for those who cannot see it."""
    pairs = [(operator, device) for device in devices for operator in operators]
    holes = [tr("{operator} on {device}", operator=o, device=d) for o, d in pairs if (o, d) not in kernels]
    said = {"operators": ", ".join(operators), "devices": ", ".join(devices)}
    if not holes:
        return tr("Operators {operators}; devices {devices}. Every operator has a kernel on every device.", **said)
    return tr(
        "Operators {operators}; devices {devices}. Every operator has a kernel on every device, but {holes}.",
        holes=", ".join(holes),
        **said,
    )
