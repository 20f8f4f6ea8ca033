"""Pictures of gradient rules: the nodes that a rule adds, and each rule beside differences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from aics.graph import Graph, Node, Tensor
from aics.lab7_graph_training.operators import training_graph
from aics.lab7_graph_training.rules_tried import Tried, try_rules
from aics.language import tr
from aics.show.figure import BLUE, FAINT, GREEN, INK, LINE, MUTED, ORANGE, PAPER, RED, SKY, bare, box, new_picture
from aics.show.gradient_check import SINGLE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aics.show.picture import Picture

Rule = Callable[[Graph, Node, Tensor], Any]
_WIDE, _TALL, _GAP = 1.9, 0.8, 0.6
#: Attributes of nodes that are drawn; the other operators need none.
_ATTRIBUTES: dict[str, dict[str, Any]] = {
    "Conv2D": {"pad": 1},
    "MaxPool": {"kernel_size": 2, "stride": 2},
    "Reshape": {"shape": (-1, 48)},
}


def rule_before_after() -> Picture:
    """Draw the node of e^x, and beside it what its rule adds: one Mul, which takes dy and the node's own output."""
    alt = tr(
        "Left, before: x goes into a node Exp, which gives y. Right, after its rule was called: the same two nodes, "
        "and below them dy goes into a new node Mul. It takes y too and gives dx. The way back runs from right to left."
    )
    picture, axes = new_picture(8.5, 2.5, alt=alt, columns=2, width_ratios=[1, 1])
    for axis, title, after in zip(axes, (tr("before"), tr("after the rule of Exp")), (False, True), strict=True):
        graph = training_graph()
        x = graph.placeholder("x", (None, 5))
        y = graph.apply("Exp", x, name="y")
        assert isinstance(y, Tensor)
        before = list(graph.nodes.values())
        gradients: dict[str, Any] = {}
        if after:
            gradients = {"dx": graph.apply("Mul", graph.placeholder("dy", y.shape), y)}
        _draw(axis, graph, before, gradients)
        bare(axis, title)
    return picture


def rule_nodes(rules: Mapping[str, Rule], operator: str) -> Picture:
    """Draw one node of an operator, and below it the nodes that its rule adds."""
    graph = training_graph()
    inputs = [graph.placeholder(name, shape) for name, shape in _inputs(operator).items()]
    y = graph.apply(operator, *inputs, name="y", **_ATTRIBUTES.get(operator, {}))
    assert isinstance(y, Tensor)
    before = list(graph.nodes.values())
    dy = graph.placeholder("dy", y.shape)
    answer = rules[operator](graph, y.node, dy)
    gradients = {f"d{t.node.name}": g for t, g in zip(inputs, answer, strict=True) if g is not None}
    said = {"operator": operator, "nodes": _in_words(graph, before, gradients)}
    alt = tr("A node {operator}, and below it what its rule has added, from right to left: {nodes}.", **said)
    picture, (axis,) = new_picture(8.5, 2.6, alt=alt)
    _draw(axis, graph, before, gradients)
    bare(axis, tr("what the rule of {operator} adds", operator=operator))
    return picture


def _inputs(operator: str) -> dict[str, tuple[int | None, ...]]:
    """Small shapes that the operator takes."""
    if operator == "MatMul":
        return {"a": (None, 3), "b": (3, 5)}
    if operator == "SoftmaxCrossEntropy":
        return {"logits": (None, 5), "labels": (None, 5)}
    if operator in ("Conv2D", "MaxPool", "Reshape"):
        return {"x": (None, 3, 4, 4), **({"weight": (3, 3, 3, 2)} if operator == "Conv2D" else {})}
    return {"x": (None, 5), **({"bias": (5,)} if operator == "BiasAdd" else {})}


def _in_words(graph: Graph, before: list[Node], gradients: Mapping[str, Tensor]) -> str:
    """The new nodes for those who cannot see them."""
    results = {tensor.node: name for name, tensor in gradients.items()}
    parts = []
    for node in (each for each in graph.nodes.values() if each not in before):
        if not node.is_placeholder:
            said = {"operator": node.op.name, "sources": tr(" and ").join(t.node.name for t in node.inputs)}
            named = {**said, "name": node.name, "result": results.get(node)}
            parts.append(tr("{name} ({operator} of {sources})", **named))
            if node in results:
                parts[-1] = tr("{name} ({operator} of {sources}), which is {result}", **named)
    return tr("; ").join(parts)


def _draw(axis: Axes, graph: Graph, before: list[Node], gradients: Mapping[str, Tensor]) -> None:
    """The old nodes above, from left to right; the new ones below, from right to left."""
    added = [node for node in graph.nodes.values() if node not in before]
    depth = {node: 0 for node in added if node.is_placeholder}
    for node in added:
        depth.setdefault(node, 1 + max((depth.get(t.node, 0) for t in node.inputs), default=0))
    last = max([2, *depth.values()])
    *sources, made = before
    places = {node: (0.0, row * 0.95) for row, node in enumerate(sources)} | {made: (float(last), 0.0)}
    top = 0.95 * max(len(sources), 1) + 0.5
    stacked: dict[int, int] = {}
    for node in added:
        above = stacked.setdefault(depth[node], 0)
        stacked[depth[node]] += 1
        places[node] = (float(last - depth[node]), top + above * 0.95)
    results = {tensor.node: name for name, tensor in gradients.items()}
    for node, place in places.items():
        for source in (tensor.node for tensor in node.inputs):
            _arrow(axis, places[source], place, ORANGE if source in added else MUTED)
    for node, (column, row) in places.items():
        _box(axis, node, column * (_WIDE + _GAP), row, node in added, results.get(node, ""))
    lowest = max(row for _, row in places.values())
    axis.set_xlim(-0.15, last * (_WIDE + _GAP) + _WIDE + 0.15)
    axis.set_ylim(max(lowest, 1.95) + _TALL / 2 + 0.35, -_TALL / 2 - 0.1)


def _arrow(axis: Axes, start: tuple[float, float], end: tuple[float, float], color: str) -> None:
    """From one box to another, out of the side that faces it."""
    (left, top), (right, bottom) = start, end
    x0, x1, style = left * (_WIDE + _GAP), right * (_WIDE + _GAP), "arc3"
    if top == bottom and left - right > 1:  # below the boxes between them
        ends = (x0 + _WIDE / 2, top + _TALL / 2), (x1 + _WIDE / 2, bottom + _TALL / 2)
        style = "arc3,rad=-0.12"
    elif left == right:
        ends = (x0 + _WIDE / 2, top + _TALL / 2), (x1 + _WIDE / 2, bottom - _TALL / 2)
    else:
        forward = left < right
        ends = (x0 + _WIDE * forward, top), (x1 + _WIDE * (not forward), bottom)
    arrow = {"arrowstyle": "->", "color": color, "linewidth": 1.3, "connectionstyle": style}
    axis.annotate("", ends[1], ends[0], arrowprops=arrow)


def _box(axis: Axes, node: Node, left: float, middle: float, added: bool, result: str) -> None:
    face = PAPER if node.is_placeholder else (ORANGE if added else SKY) + "77"
    edge = LINE if node.is_placeholder else ORANGE if added else BLUE
    style = {"facecolor": face, "edgecolor": edge, "linewidth": 1.5, "linestyle": "--" if added else "-"}
    box(axis, left, middle - _TALL / 2, _WIDE, _TALL, fill=True, **style)
    name = node.name if node.is_placeholder else result or (node.name if not added else "")
    shape = "[" + ", ".join("None" if side is None else str(side) for side in node.outputs[0].shape) + "]"
    title = name if node.is_placeholder else f"{name} = {node.op.name}" if name else node.op.name
    for text, drop, size in ((title, -0.13, 9 if len(title) < 20 else 8), (shape, 0.17, 8)):
        axis.text(left + _WIDE / 2, middle + drop, text, ha="center", va="center", fontsize=size, color=INK)


def rule_checks(rules: Mapping[str, Rule]) -> Picture:
    """Draw how far each of the ten rules is from differences: a dot for each gradient, one row for each operator."""
    found = try_rules(rules)
    alt = tr("Each rule beside differences. {findings}", findings=" ".join(_finding(tried) for tried in found))
    picture, (axis, words) = new_picture(8.5, 3.6, alt=alt, columns=2, width_ratios=[1, 1.15], sharey=True)
    allowed = SINGLE[1]
    axis.axvspan(allowed, 30, color=RED, alpha=0.1, linewidth=0)
    axis.axvline(allowed, color=LINE, linewidth=1)
    for row, tried in enumerate(found):
        for each in tried.gradients:
            wrong = bool(each.wrong.any())
            error = float(np.clip(np.nan_to_num(each.errors.max(), nan=20), 3e-7, 20))
            axis.plot(error, row, "s" if wrong else "o", color=RED if wrong else GREEN, markersize=6)
        color = MUTED if tried.unwritten else RED if tried.problem or tried.wrong else INK
        words.text(0, row, _remark(tried), va="center", fontsize=8, color=color)
    axis.set(xscale="log", xlim=(2e-7, 30), ylim=(len(found) - 0.5, -0.5))
    axis.set_yticks(range(len(found)), [tried.operator for tried in found], fontsize=9)
    axis.set_xlabel(tr("largest relative error"), fontsize=9)
    axis.grid(axis="y", color=FAINT, linewidth=0.6)
    words.set_axis_off()
    return picture


def _remark(tried: Tried) -> str:
    """What stands beside an operator's dots."""
    if tried.problem:
        return tried.problem if len(tried.problem) < 62 else f"{tried.problem[:60]}..."
    if not tried.wrong:
        return tr("agrees with the differences")
    worst = tried.wrong[0]
    place = worst.worst
    said = {"name": worst.name, "wrong": int(worst.wrong.sum()), "size": worst.wrong.size}
    values = {"got": worst.backward[place], "wanted": worst.numeric[place]}
    return tr("{name}: {wrong} of {size} wrong, such as {got:.3g}, not {wanted:.3g}", **said, **values)


def _finding(tried: Tried) -> str:
    return tr("{operator}: {remark}.", operator=tried.operator, remark=_remark(tried))
