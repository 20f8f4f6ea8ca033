"""Shapes and dtypes of this lab's operators, known before anything is computed.

Each function takes what it needs of the inputs (shapes, or dtypes) and the attributes, and returns those of the
outputs. A size is None where it is not known before the graph runs: that of the batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np

from aics.graph import GraphError
from aics.graph import shapes as spatial
from aics.graph.operators import Attributes, Shape
from aics.language import tr

Shapes = Sequence[Shape]
Dtypes = Sequence[str]


def fits(one: Shape, other: Shape) -> bool:
    """Return whether two shapes can be those of one array: the same sizes, where both are known."""
    return len(one) == len(other) and all(None in pair or pair[0] == pair[1] for pair in zip(one, other, strict=True))


def elementwise(shapes: Shapes, _attributes: Attributes) -> list[Shape]:
    """Two shapes that fit, or one of them () -> the other, with each size that either knows."""
    a, b = shapes
    if () in shapes:
        return [a or b]
    if not fits(a, b):
        raise GraphError(tr("shapes {a} and {b} differ, and neither is [].", a=list(a), b=list(b)))
    return [tuple(x if y is None else y for x, y in zip(a, b, strict=True))]


def like_second(shapes: Shapes, _attributes: Attributes) -> list[Shape]:
    """Anything, like -> like."""
    return [shapes[1]]


def scalar(_shapes: Shapes, _attributes: Attributes) -> list[Shape]:
    """Anything -> ()."""
    return [()]


def matmul(shapes: Shapes, attributes: Attributes) -> list[Shape]:
    """a (M, K), b (K, N) -> (M, N); transpose_a and transpose_b turn them first."""
    a, b = shapes
    if len(a) == len(b) == 2:
        m, k = a[::-1] if attributes["transpose_a"] else a
        inner, n = b[::-1] if attributes["transpose_b"] else b
        if None in (k, inner) or k == inner:
            return [(m, n)]
    said = {"a": list(a), "b": list(b), "ta": attributes["transpose_a"], "tb": attributes["transpose_b"]}
    raise GraphError(
        tr("matrices {a} and {b} do not fit one another (transpose_a is {ta}, transpose_b is {tb}).", **said)
    )


def bias_add(shapes: Shapes, _attributes: Attributes) -> list[Shape]:
    """x (N, C) or (N, C, H, W), bias (C,) -> x's shape."""
    x, bias = shapes
    if len(x) not in (2, 4) or tuple(bias) != (x[1],):
        raise GraphError(
            tr("x must be [N, C] or [N, C, H, W] and bias [C], got {x} and {bias}.", x=list(x), bias=list(bias))
        )
    return [x]


def per_channel(shapes: Shapes, _attributes: Attributes) -> list[Shape]:
    """values (C,), like (N, C) or (N, C, H, W) -> like's shape."""
    values, like = shapes
    return bias_add([like, values], _attributes)


def channels(shapes: Shapes, _attributes: Attributes) -> list[Shape]:
    """x (N, C) or (N, C, H, W) -> (C,)."""
    (x,) = shapes
    if len(x) not in (2, 4):
        raise GraphError(tr("x must be [N, C] or [N, C, H, W], got {x}.", x=list(x)))
    return [(x[1],)]


def rows(shapes: Shapes, _attributes: Attributes) -> list[Shape]:
    """x (N, classes) -> (N,)."""
    (x,) = shapes
    if len(x) != 2:
        raise GraphError(tr("x must be [N, classes], got {x}.", x=list(x)))
    return [x[:1]]


def per_row(shapes: Shapes, _attributes: Attributes) -> list[Shape]:
    """values (N,), like (N, classes) -> like's shape."""
    values, like = shapes
    if len(like) != 2 or not fits(values, like[:1]):
        raise GraphError(
            tr("values must be [N] and like [N, K], got {values} and {like}.", values=list(values), like=list(like))
        )
    return [like]


def cross_entropy(shapes: Shapes, _attributes: Attributes) -> list[Shape]:
    """logits (N, classes), labels (N, classes) -> (N,)."""
    logits, labels = shapes
    if len(logits) != 2 or not fits(logits, labels):
        raise GraphError(
            tr("logits and labels must both be [N, classes], got {a} and {b}.", a=list(logits), b=list(labels))
        )
    return [logits[:1]]


def reshape(shapes: Shapes, attributes: Attributes) -> list[Shape]:
    """x -> the attribute `shape`, where one size may be -1: what is left."""
    (x,), wanted = shapes, tuple(attributes["shape"])
    if wanted.count(-1) > 1 or min(wanted, default=0) < -1 or (None not in x and not _holds(x, wanted)):
        raise GraphError(tr("an array of shape {x} cannot become {wanted}.", x=list(x), wanted=list(wanted)))
    if -1 not in wanted:
        return [wanted]
    rest = prod(size for size in wanted if size != -1)
    left = None if None in x else prod(size for size in x if size is not None) // rest
    return [tuple(left if size == -1 else size for size in wanted)]


def conv(shapes: Shapes, attributes: Attributes) -> list[Shape]:
    """x (N, Cin, H, W), weight (Cin, K, K, Cout) -> (N, Cout, Ho, Wo)."""
    x, weight = shapes
    return spatial.conv([x, weight, weight[3:]], attributes)


def conv_back_input(shapes: Shapes, attributes: Attributes) -> list[Shape]:
    """x, weight, dy as Conv2D gives it -> x's shape."""
    *given, dy = shapes
    return _back(shapes[0], dy, conv(given, attributes)[0])


def conv_back_filter(shapes: Shapes, attributes: Attributes) -> list[Shape]:
    """x, weight, dy as Conv2D gives it -> weight's shape."""
    *given, dy = shapes
    return _back(shapes[1], dy, conv(given, attributes)[0])


def max_pool_back(shapes: Shapes, attributes: Attributes) -> list[Shape]:
    """x, dy as MaxPool gives it -> x's shape."""
    x, dy = shapes
    return _back(x, dy, spatial.max_pool([x], attributes)[0])


def _back(like: Shape, dy: Shape, made: Shape) -> list[Shape]:
    if not fits(dy, made):
        said = {"made": list(made), "dy": list(dy)}
        raise GraphError(tr("with these attributes the node behind dy gives {made}, and dy is {dy}.", **said))
    return [like]


def _holds(x: Shape, wanted: Sequence[int]) -> bool:
    count, rest = prod(size for size in x if size is not None), prod(size for size in wanted if size != -1)
    return count % rest == 0 if -1 in wanted else count == rest


def transpose(shapes: Shapes, attributes: Attributes) -> list[Shape]:
    """x -> its axes in the order of the attribute `axes`."""
    (x,), axes = shapes, attributes["axes"]
    if sorted(axes) != list(range(len(x))):
        raise GraphError(tr("axes {axes} do not name each axis of {x} once.", axes=list(axes), x=list(x)))
    return [tuple(x[axis] for axis in axes)]


def select(shapes: Shapes, _attributes: Attributes) -> list[Shape]:
    """condition (), a, b -> the shape of both."""
    condition, a, b = shapes
    if condition != () or not fits(a, b):
        got = ", ".join(str(list(shape)) for shape in shapes)
        raise GraphError(tr("condition must be [], a and b of one shape, got {got}.", got=got))
    return [a]


def const(_shapes: Shapes, attributes: Attributes) -> list[Shape]:
    """Nothing -> the shape of the attribute `value`."""
    return [np.shape(attributes["value"])]


def assigned(shapes: Shapes, attributes: Attributes) -> list[Shape]:
    """A value -> the shape of the attribute `variable`, which it must have."""
    (value,), variable = shapes, attributes["variable"]
    if not fits(value, variable.shape):
        said = {"value": list(value), "shape": list(variable.shape), "name": variable.node.name}
        raise GraphError(tr("a value of shape {value} cannot be assigned to {name}, which has {shape}.", **said))
    return [variable.shape]


# Dtypes


def one_dtype(dtypes: Dtypes, _attributes: Attributes) -> list[str]:
    """Inputs of one dtype -> that dtype."""
    if len(set(dtypes)) > 1:
        names = ", ".join(dtypes)
        raise GraphError(tr("its inputs must have one dtype, got {names}. Cast changes a tensor's.", names=names))
    return [dtypes[0]]


def floats(dtypes: Dtypes, attributes: Attributes) -> list[str]:
    """Floats of one dtype -> that dtype."""
    (dtype,) = one_dtype(dtypes, attributes)
    if not dtype.startswith("float"):
        raise GraphError(tr("its inputs must be floats, got {dtype}. Cast changes a tensor's.", dtype=dtype))
    return [dtype]


def truth(dtypes: Dtypes, attributes: Attributes) -> list[str]:
    """Inputs of one dtype -> bool."""
    one_dtype(dtypes, attributes)
    return ["bool"]


def whole(_dtypes: Dtypes, _attributes: Attributes) -> list[str]:
    """Anything -> int64."""
    return ["int64"]


def nothing(_dtypes: Dtypes, _attributes: Attributes) -> list[str]:
    """No input -> float32."""
    return ["float32"]


def asked(_dtypes: Dtypes, attributes: Attributes) -> list[str]:
    """Anything -> the attribute `dtype`."""
    return [np.dtype(attributes["dtype"]).name]


def const_dtype(_dtypes: Dtypes, attributes: Attributes) -> list[str]:
    """Nothing -> the dtype of the attribute `value`."""
    return [np.asarray(attributes["value"]).dtype.name]


def second(dtypes: Dtypes, _attributes: Attributes) -> list[str]:
    """Anything, like -> like's."""
    return [dtypes[1]]


def selected(dtypes: Dtypes, attributes: Attributes) -> list[str]:
    """bool, a, b -> the dtype of both."""
    if dtypes[0] != "bool":
        raise GraphError(tr("condition must be bool, got {dtype}.", dtype=dtypes[0]))
    return one_dtype(dtypes[1:], attributes)


def assigned_dtype(dtypes: Dtypes, attributes: Attributes) -> list[str]:
    """A value -> the dtype of the attribute `variable`, which it must have."""
    variable = attributes["variable"]
    if dtypes[0] != variable.dtype:
        said = {"got": dtypes[0], "name": variable.node.name, "dtype": variable.dtype}
        raise GraphError(tr("a {got} cannot be assigned to {name}, which is {dtype}.", **said))
    return [variable.dtype]
