"""Shape functions of the operators that a VGG needs.

Each takes the shapes of the inputs and the attributes, and returns the shapes of the outputs, before anything is
computed. The batch's size is None until the graph runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from aics.graph.errors import GraphError
from aics.graph.operators import Attributes, Shape
from aics.language import tr


def same(shapes: Sequence[Shape], _attributes: Attributes) -> list[Shape]:
    """Any shape -> the first input's shape."""
    return [shapes[0]]


def conv(shapes: Sequence[Shape], attributes: Attributes) -> list[Shape]:
    """x (N, Cin, H, W), weight (Cin, K, K, Cout), bias (Cout,) -> (N, Cout, Ho, Wo)."""
    x, weight, bias = shapes
    if len(x) != 4 or len(weight) != 4 or x[1] != weight[0]:
        said = {"x": list(x), "weight": list(weight)}
        raise GraphError(tr("x must be [N, Cin, H, W] and weight [Cin, K, K, Cout], got {x} and {weight}.", **said))
    if weight[1] != weight[2] or tuple(bias) != weight[3:]:
        said = {"weight": list(weight), "bias": list(bias)}
        raise GraphError(tr("weight {weight} and bias {bias} do not fit [Cin, K, K, Cout] and [Cout].", **said))
    (size,) = known_sizes(weight[1])
    return [(x[0], weight[3], *_windows(x, size, attributes["stride"], attributes["pad"]))]


def max_pool(shapes: Sequence[Shape], attributes: Attributes) -> list[Shape]:
    """x (N, C, H, W) -> (N, C, Ho, Wo), without padding."""
    (x,) = shapes
    if len(x) != 4:
        raise GraphError(tr("x must be [N, C, H, W], got {x}.", x=list(x)))
    return [(*x[:2], *_windows(x, attributes["kernel_size"], attributes["stride"], 0))]


def flatten(shapes: Sequence[Shape], _attributes: Attributes) -> list[Shape]:
    """x (N, C, H, W) -> (N, H * W * C)."""
    (x,) = shapes
    if len(x) != 4:
        raise GraphError(tr("x must be [N, C, H, W], got {x}.", x=list(x)))
    return [(x[0], prod(known_sizes(*x[1:])))]


def fully_connected(shapes: Sequence[Shape], _attributes: Attributes) -> list[Shape]:
    """x (N, in), weight (in, out), bias (1, out) -> (N, out)."""
    x, weight, bias = shapes
    if len(x) != 2 or len(weight) != 2 or x[1] != weight[0] or tuple(bias) != (1, weight[1]):
        got = ", ".join(str(list(shape)) for shape in shapes)
        raise GraphError(tr("x, weight and bias must be [N, in], [in, out] and [1, out], got {got}.", got=got))
    return [(x[0], weight[1])]


def _windows(x: Shape, size: int, stride: int, pad: int) -> tuple[int, int]:
    """How many windows fit below one another, and beside one another."""
    rows, columns = known_sizes(*x[2:])
    if min(rows, columns) + 2 * pad < size:
        said = {"size": size, "rows": rows, "columns": columns, "pad": pad}
        raise GraphError(tr("a window of {size} does not fit into {rows} x {columns} with padding {pad}.", **said))
    height, width = ((side + 2 * pad - size) // stride + 1 for side in (rows, columns))
    return height, width


def known_sizes(*sizes: int | None) -> list[int]:
    """Return the sizes. Raises GraphError where one of them is None."""
    known = [size for size in sizes if size is not None]
    if len(known) != len(sizes):
        raise GraphError(tr("only the size of the batch may be None, got the sizes {sizes}.", sizes=list(sizes)))
    return known
