"""A graph's names as boxes in boxes: what each scope holds, which variables there are, and who reads them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple

from aics.graph import Graph, Node, Tensor
from aics.language import plural, tr
from aics.show.figure import FAINT, INK, LINE, MUTED, ORANGE, PALE, PAPER, bare, box, new_picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aics.show.picture import Picture

#: Sizes in the picture's own unit: a node, the space around it, and the line with a scope's name.
WIDE, TALL, GAP, HEAD = 2.2, 0.86, 0.14, 0.36
#: Nodes in a row, at most.
IN_A_ROW = 4
#: What a scope holds: a node, or the entries of the scope within it, by their names.
Tree = Mapping[str, "Node | Tree"]


class _Size(NamedTuple):
    width: float
    height: float


def scopes(graph: Graph, trained: Collection[Tensor] = ()) -> Picture:
    """Draw a graph's nodes in the boxes of their scopes; variables are filled, with a thick edge if trained."""
    tree = _tree(graph)
    size = _size(tree)
    readers = {
        name: sum(name == tensor.node.name for node in graph.nodes.values() for tensor in node.inputs)
        for name in graph.nodes
    }
    picture, (axis,) = new_picture(0.9 * size.width, 0.9 * size.height, alt=_in_words(graph, trained, readers))
    _draw(axis, tree, 0, 0, trained, readers)
    axis.set_xlim(-0.05, size.width + 0.05)
    axis.set_ylim(size.height + 0.05, -0.05)
    bare(axis)
    return picture


def _tree(graph: Graph) -> Tree:
    tree: dict[str, object] = {}
    for name, node in graph.nodes.items():
        *path, last = name.split("/")
        inner = tree
        for scope in path:
            inner = inner.setdefault(f"{scope}/", {})  # type: ignore[assignment]
        inner[last] = node
    return tree  # type: ignore[return-value]


def _rows(tree: Tree) -> list[list[tuple[str, Node | Tree]]]:
    """A scope's own nodes, some in a row, then each scope in it, a row of its own."""
    nodes: list[tuple[str, Node | Tree]] = [each for each in tree.items() if isinstance(each[1], Node)]
    rows = [nodes[start : start + IN_A_ROW] for start in range(0, len(nodes), IN_A_ROW)]
    return [*rows, *([each] for each in tree.items() if not isinstance(each[1], Node))]


def _size(entry: Node | Tree) -> _Size:
    if isinstance(entry, Node):
        return _Size(WIDE, TALL)
    rows = [[_size(each) for _, each in row] for row in _rows(entry)]
    width = max((sum(size.width + GAP for size in row) for row in rows), default=WIDE) + GAP
    return _Size(width, HEAD + sum(max(size.height for size in row) + GAP for row in rows))


def _draw(
    axis: Axes, tree: Tree, left: float, top: float, trained: Collection[Tensor], readers: Mapping[str, int]
) -> None:
    y = top + HEAD
    for row in _rows(tree):
        x = left + GAP
        for name, entry in row:
            width, height = _size(entry)
            if isinstance(entry, Node):
                _node(axis, name, entry, x, y, entry.outputs[0] in trained, readers[entry.name])
            else:
                box(axis, x, y, width, height, fill=True, facecolor=PALE, edgecolor=LINE, linewidth=1)
                axis.text(x + GAP, y + HEAD / 2, name, ha="left", va="center", fontsize=10, color=INK)
                _draw(axis, entry, x, y, trained, readers)
            x += width + GAP
        y += max(_size(entry).height for _, entry in row) + GAP


def _node(axis: Axes, name: str, node: Node, left: float, top: float, trained: bool, readers: int) -> None:
    face = ORANGE + "88" if node.is_variable else PAPER
    edge = {"edgecolor": INK, "linewidth": 2.6} if trained else {"edgecolor": FAINT, "linewidth": 1}
    box(axis, left, top, WIDE, TALL, fill=True, facecolor=face, **edge)
    axis.text(left + WIDE / 2, top + 0.27, name, ha="center", va="center", fontsize=9, color=INK)
    color = INK if node.is_variable else MUTED  # on orange, which a dark page keeps, the paler one is faint
    axis.text(left + WIDE / 2, top + 0.61, _role(node, readers), ha="center", va="center", fontsize=8, color=color)


def _role(node: Node, readers: int) -> str:
    """What a node is; of a variable its shape and how many nodes read it."""
    if not node.is_variable:
        return node.op.name
    shape = str(list(node.outputs[0].shape))
    return plural("{shape}, read by 1 node", "{shape}, read by {count} nodes", readers, shape=shape)


def _in_words(graph: Graph, trained: Collection[Tensor], readers: Mapping[str, int]) -> str:
    """The same for those who cannot see it."""
    rows = []
    for name, node in graph.nodes.items():
        said = {"name": name, "role": _role(node, readers[name])}
        marked = node.outputs[0] in trained
        rows.append(tr("{name} (trained; {role})", **said) if marked else tr("{name} ({role})", **said))
    return tr("The names of a graph, as boxes in boxes: {nodes}.", nodes=tr("; ").join(rows))
