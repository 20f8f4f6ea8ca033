"""Pictures of walks: a tower of diamonds, the order of a plan, and a graph with its way back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from aics.language import tr
from aics.show.figure import BLUE, GREEN, INK, LINE, MUTED, ORANGE, PALE, PAPER, RED, SKY, bare, box, new_picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aics.graph import Graph, Node, Tensor
    from aics.show.picture import Picture

_WIDE, _TALL, _GAP = 1.5, 0.62, 0.55
#: Where arrows are drawn, Matplotlib's order has 3; what is to cover them has more.
_ABOVE = 4
#: How far an arrow bends, as a part of its length.
_BEND = 0.17
#: node -> (left edge, middle)
Places = Mapping["Node", tuple[float, float]]


def diamonds(levels: int) -> Picture:
    """Draw a tower in which each level takes the one below twice, and beside it how often a plain function runs."""
    runs = [3 * 2**n - 2 for n in range(41)]
    alt = tr(
        "Left, a tower of {levels} levels. Each is a node Add that takes the level below twice, once directly and once "
        "by way of a node Neg. Right, runs against levels, on a logarithmic scale: planned, 2n + 1, which is 81 at 40 "
        "levels; by a function that calls itself for each input, 3 times 2 to the n less 2, which is {runs:.1e}.",
        levels=levels,
        runs=float(runs[-1]),
    )
    picture, (tower, plot) = new_picture(9, 3.6, alt=alt, columns=2, width_ratios=(1, 1.5))
    for level in range(levels + 1):
        _small(tower, 0, level, "Add" if level else tr("bottom"), SKY if level else PAPER)
        if level:
            _small(tower, 1.5, level - 0.5, "Neg", SKY)
            _arrow(tower, (0.5, level - 0.75), (0.5, level - 0.25))
            _arrow(tower, (1.0, level - 0.95), (1.7, level - 0.75))
            _arrow(tower, (1.7, level - 0.25), (1.0, level - 0.05))
    tower.set_xlim(-0.3, 2.8)
    tower.set_ylim(-0.5, levels + 0.5)
    bare(tower)
    counts = range(41)
    plot.semilogy(counts, runs, color=RED, linewidth=2)
    plot.semilogy(counts, [2 * n + 1 for n in counts], color=BLUE, linewidth=2)
    plot.text(23, 2e9, tr("an input at a time"), color=RED, ha="right", fontsize=10)
    plot.text(30, 300, tr("planned: each node once"), color=BLUE, ha="center", fontsize=10)
    plot.axhline(8.64e10, color=INK, linewidth=0.8, linestyle=":")
    plot.text(0, 1.3e11, tr("a day, at a microsecond a run"), fontsize=9)
    plot.set_xlabel(tr("levels"))
    plot.set_ylabel(tr("runs of nodes"))
    plot.spines[["top", "right"]].set_visible(False)
    return picture


def _small(axis: Axes, left: float, middle: float, text: str, color: str) -> None:
    face = color if color == PAPER else color + "88"
    box(axis, left, middle - 0.25, 1, 0.5, fill=True, facecolor=face, edgecolor=INK, linewidth=1.2)
    axis.text(left + 0.5, middle, text, ha="center", va="center", fontsize=9)


def _arrow(axis: Axes, start: tuple[float, float], end: tuple[float, float], color: str = MUTED, **style: Any) -> None:
    axis.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": color, "linewidth": 1.2, **style})


def order(graph: Graph, order: Sequence[Node], fetched: Tensor, fed: Tensor | None = None) -> Picture:
    """Draw a graph with the turn of each node of a plan; what is not in it is pale."""
    turns = {node: number for number, node in enumerate(order, 1)}
    words = tr(", ").join(f"{number} {node.name}" for node, number in turns.items())
    idle = tr(", ").join(node.name for node in graph.nodes.values() if node not in turns) or tr("none")
    said = {"name": fetched.node.name, "words": words, "idle": idle}
    alt = tr("A graph. {name} is fetched. The plan: {words}. Nodes that stay out: {idle}.", **said)
    places = _columns(graph)
    high = 1 + max(abs(middle) for _, middle in places.values())
    picture, (axis,) = new_picture(9.5, 0.75 * high + 0.7, alt=alt)
    for node, (left, middle) in places.items():
        for source in node.inputs:
            start = places[source.node]
            needed = node in turns and source is not fed
            _arrow(axis, (start[0] + _WIDE, start[1]), (left, middle), MUTED if needed else PALE)
        color = ORANGE if node is fetched.node else BLUE
        known = fed is not None and node is fed.node
        style = {"edgecolor": GREEN, "linewidth": 3} if known else {"edgecolor": LINE, "linewidth": 1.2}
        _named(axis, left, middle, node.name, color + "44" if node in turns else PALE if not known else PAPER, **style)
        if node in turns:
            _badge(axis, left, middle, turns[node])
        elif known:
            axis.text(left + _WIDE / 2, middle - 0.45, tr("fed"), ha="center", fontsize=8)
    _settled(axis, places)
    return picture


def _named(axis: Axes, left: float, middle: float, name: str, face: str, **style: Any) -> None:
    """A node's box; arrows to others pass behind it."""
    for color in (PAPER, face):
        place = (left, middle - _TALL / 2, _WIDE, _TALL)
        box(axis, *place, fill=True, facecolor=color, zorder=_ABOVE, **style)
    axis.text(left + _WIDE / 2, middle, name, ha="center", va="center", fontsize=9, zorder=_ABOVE + 1)


def _badge(axis: Axes, left: float, middle: float, number: int) -> None:
    """A number in a circle, at a box's corner."""
    circle = {"boxstyle": "circle,pad=0.22", "facecolor": PAPER, "edgecolor": INK, "linewidth": 1}
    corner = (left + 0.04, middle - _TALL / 2 + 0.02)
    axis.text(*corner, str(number), ha="center", va="center", fontsize=8, bbox=circle, zorder=_ABOVE + 2)


def _depths(nodes: Collection[Node]) -> dict[Node, int]:
    """How many nodes of these come before each, along the longest way; a source stands before its first consumer."""
    depth: dict[Node, int] = {}
    for node in nodes:
        depth[node] = 1 + max((depth[tensor.node] for tensor in node.inputs if tensor.node in depth), default=-1)
    for node in nodes:
        if not any(tensor.node in depth for tensor in node.inputs):
            behind = [depth[other] for other in nodes if any(tensor.node is node for tensor in other.inputs)]
            depth[node] = max(0, min(behind, default=1) - 1)
    return depth


def _columns(graph: Graph) -> dict[Node, tuple[float, float]]:
    """A place for each node: its depth says the column."""
    return _stacked(_depths(list(graph.nodes.values())), 0.5)


def _stacked(depth: Mapping[Node, int], stagger: float) -> dict[Node, tuple[float, float]]:
    """Nodes of one column one below the other; one that is alone is lower by `stagger` in every second column."""
    places = {}
    for column in sorted(set(depth.values())):
        nodes = [node for node in depth if depth[node] == column]
        for row, node in enumerate(nodes):
            shift = stagger * (column % 2) if len(nodes) == 1 else 0
            places[node] = (column * (_WIDE + _GAP), row - (len(nodes) - 1) / 2 + shift)
    return places


def _settled(axis: Axes, places: Places) -> None:
    lefts, middles = zip(*places.values(), strict=True)
    axis.set_xlim(min(lefts) - 0.3, max(lefts) + _WIDE + 0.2)
    axis.set_ylim(max(middles) + 0.65, min(middles) - 0.7)
    bare(axis)


def gradient_sum() -> Picture:
    """Draw a tensor that three nodes take, and the three terms of its gradient, which come back along the arrows."""
    alt = tr(
        "Node a is taken by b and by c; d takes b and c, and the loss takes d. Back along the arrows come gradients: "
        "from the loss to d, from d to b and to c, and from b and c one term each to a, which are added up."
    )
    picture, (axis,) = new_picture(8, 2.4, alt=alt)
    places = {"a": (0, 0), "b": (1, -0.7), "c": (1, 0.7), "d": (2, 0), tr("loss"): (3, 0)}
    edges = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("d", tr("loss"))]
    for start, end in edges:
        (x0, y0), (x1, y1) = places[start], places[end]
        _arrow(axis, (2.6 * x0 + 0.9, y0), (2.6 * x1, y1), BLUE, connectionstyle="arc3,rad=0.12")
        _arrow(axis, (2.6 * x1, y1 + 0.1), (2.6 * x0 + 0.9, y0 + 0.1), ORANGE, connectionstyle="arc3,rad=0.12")
    for name, (column, row) in places.items():
        box(axis, 2.6 * column, row - 0.27, 0.9, 0.54, fill=True, facecolor=SKY + "88", edgecolor=INK, linewidth=1.2)
        axis.text(2.6 * column + 0.45, row, name, ha="center", va="center", fontsize=11)
    axis.text(0.45, 0.72, tr("the sum\nof two terms"), ha="center", fontsize=9)
    axis.text(8.25, 0.5, "∂L/∂L = 1", ha="center", fontsize=9)
    axis.set_xlim(-0.6, 9)
    axis.set_ylim(1.15, -1.1)
    bare(axis)
    return picture


def both_halves(graph: Graph, forward: Collection[str]) -> Picture:
    """Draw a graph's forward half from left to right, and below it what was added, from right to left.

    forward : names of the nodes that were there before
    """
    ahead = [node for name, node in graph.nodes.items() if name in forward]
    added = [node for name, node in graph.nodes.items() if name not in forward]
    depth = _depths(ahead)
    last = max(depth.values())
    back = {node: last - min(column, last) for node, column in _depths(added).items()}
    places = _stacked(depth, 0.16)
    low = max(middle for _, middle in places.values())
    below = _stacked(back, 0.16)
    shift = low + 1.4 - min((middle for _, middle in below.values()), default=0.0)
    places |= {node: (left, middle + shift) for node, (left, middle) in below.items()}
    picture, (axis,) = new_picture(10, 0.72 * (shift + 2.2), alt=_halves_in_words(ahead, added))
    for node, (left, middle) in places.items():
        for source in (tensor.node for tensor in node.inputs):
            _joined(axis, places[source], (left, middle), source in below, node in below)
    for node, (left, middle) in places.items():
        color = ORANGE if node in below else BLUE
        name = node.name.removeprefix("gradients/")
        _named(axis, left, middle, name, color + "44", edgecolor=color, linewidth=1.3)
    _settled(axis, places)
    return picture


def _joined(axis: Axes, start: tuple[float, float], end: tuple[float, float], late: bool, back: bool) -> None:
    """An arrow of a forward half, of a backward one, or from the one into the other.

    One that skips a column bends around what stands there.
    """
    skips = abs(end[0] - start[0]) > 1.5 * (_WIDE + _GAP)
    bend = {"connectionstyle": f"arc3,rad={_BEND}"} if skips else {}
    if back and late:
        _arrow(axis, (start[0], start[1]), (end[0] + _WIDE, end[1]), ORANGE, **bend)
    elif back:
        half = _TALL / 2
        _arrow(axis, (start[0] + _WIDE / 2, start[1] + half), (end[0] + _WIDE / 2, end[1] - half), LINE, linestyle=":")
    else:
        _arrow(axis, (start[0] + _WIDE, start[1]), end, BLUE, **bend)


def _halves_in_words(ahead: Sequence[Node], added: Sequence[Node]) -> str:
    def listed(nodes: Sequence[Node]) -> str:
        return tr(", ").join(node.name.removeprefix("gradients/") for node in nodes)

    said = {"count": len(ahead), "forward": listed(ahead), "more": len(added), "backward": listed(added)}
    return tr(
        "A graph of {count} nodes in blue: {forward}. Below it, in orange and from right to left, the {more} that were "
        "added for its gradients: {backward}. Dotted arrows lead from forward values to nodes that need them again.",
        **said,
    )
