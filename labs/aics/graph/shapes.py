"""Shape functions of the operators that a VGG needs.

Each takes the shapes of the inputs and the attributes, and gives the shapes of the outputs, before a single
number is computed. The batch's size is None until the graph runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aics.graph.errors import GraphError
from aics.graph.operators import Shape

Attributes = Mapping[str, object]


def same(shapes: Sequence[Shape], attributes: Attributes) -> list[Shape]:
    """One output of the first input's shape."""
    return [shapes[0]]


def conv(shapes: Sequence[Shape], attributes: Attributes) -> list[Shape]:
    """x (N, Cin, H, W), weight (Cin, K, K, Cout), bias (Cout,) -> (N, Cout, Ho, Wo)."""
    x, weight, bias = shapes
    if len(x) != 4 or len(weight) != 4 or x[1] != weight[0]:
        raise GraphError(f"x must be [N, Cin, H, W] and weight [Cin, K, K, Cout], got {list(x)} and {list(weight)}.")
    if weight[1] != weight[2] or tuple(bias) != weight[3:]:
        raise GraphError(f"weight {list(weight)} and bias {list(bias)} do not fit [Cin, K, K, Cout] and [Cout].")
    height, width = _windows(x, weight[1], attributes["stride"], attributes["pad"])
    return [(x[0], weight[3], height, width)]


def max_pool(shapes: Sequence[Shape], attributes: Attributes) -> list[Shape]:
    """x (N, C, H, W) -> (N, C, Ho, Wo), without padding."""
    (x,) = shapes
    if len(x) != 4:
        raise GraphError(f"x must be [N, C, H, W], got {list(x)}.")
    return [(*x[:2], *_windows(x, attributes["kernel_size"], attributes["stride"], 0))]


def flatten(shapes: Sequence[Shape], attributes: Attributes) -> list[Shape]:
    """x (N, C, H, W) -> (N, H * W * C)."""
    (x,) = shapes
    if len(x) != 4:
        raise GraphError(f"x must be [N, C, H, W], got {list(x)}.")
    return [(x[0], x[1] * x[2] * x[3])]


def fully_connected(shapes: Sequence[Shape], attributes: Attributes) -> list[Shape]:
    """x (N, in), weight (in, out), bias (1, out) -> (N, out)."""
    x, weight, bias = shapes
    if len(x) != 2 or len(weight) != 2 or x[1] != weight[0] or tuple(bias) != (1, weight[1]):
        got = ", ".join(str(list(shape)) for shape in shapes)
        raise GraphError(f"x, weight and bias must be [N, in], [in, out] and [1, out], got {got}.")
    return [(x[0], weight[1])]


def _windows(x: Shape, size: int, stride: int, pad: int) -> tuple[int, int]:
    """How many windows fit below and beside one another."""
    if min(x[2:]) + 2 * pad < size:
        raise GraphError(f"a window of {size} does not fit into {x[2]} x {x[3]} with padding {pad}.")
    height, width = ((side + 2 * pad - size) // stride + 1 for side in x[2:])
    return height, width
