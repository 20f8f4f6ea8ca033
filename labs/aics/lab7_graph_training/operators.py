"""The operators of this lab: what a training graph is made of.

    graph = training_graph()
    x = graph.placeholder("x", (None, 784))
    weight = graph.variable("weight", np.zeros((784, 10), np.float32))
    logits = graph.apply("MatMul", x, weight, name="logits")

Layouts are the course's: features (N, C) or (N, C, H, W), weight of a convolution (Cin, K, K, Cout). Nothing is
broadcast in silence: the two inputs of Add, Sub, Mul, Div and Greater have one shape, or one of them is a scalar, ();
PerChannel, PerRow and Fill spread what is smaller.

========================  ==========================================================================================
Const                     () -> its attribute `value`
MatMul                    a (M, K), b (K, N) -> (M, N); attributes transpose_a, transpose_b
BiasAdd                   x (N, C) or (N, C, H, W), bias (C,) -> x + bias, channel by channel
Add, Sub, Mul, Div        a, b -> a + b, a - b, a * b, a / b
Neg, Square, Sqrt, Exp    x -> -x, x^2, the square root, e^x
Log, Reciprocal, Floor    x -> the natural logarithm, 1/x, the largest integer that is not above x
Scale, Shift              x -> x * by, x + by; `by` is a number, an attribute
Sigmoid, Tanh, Relu       x -> 1 / (1 + e^-x), tanh x, max(x, 0)
Step                      x -> 1 where x > 0, else 0
Sum, Mean, Count          x -> the sum of all entries, their mean, their number: a scalar
ChannelSum, ChannelMean   x (N, C) or (N, C, H, W) -> (C,)
Softmax                   x (N, classes) -> probabilities, row by row
SoftmaxCrossEntropy       logits (N, classes), labels (N, classes), one-hot -> losses (N,)
Fill                      value (), like -> like's shape, full of it
PerChannel                values (C,), like (N, C) or (N, C, H, W) -> like's shape
PerRow                    values (N,), like (N, classes) -> like's shape
Reshape, ReshapeLike      x -> its attribute `shape`, in which -1 is what is left; x, like -> like's shape
Transpose                 x -> its axes in the order of its attribute `axes`
Conv2D                    x (N, Cin, H, W), weight (Cin, K, K, Cout) -> (N, Cout, Ho, Wo); attributes stride, pad
Conv2DBackpropInput       x, weight, dy -> the gradient with respect to x; attributes as Conv2D's
Conv2DBackpropFilter      x, weight, dy -> the gradient with respect to weight; attributes as Conv2D's
MaxPool                   x (N, C, H, W) -> (N, C, Ho, Wo); attributes kernel_size, stride
MaxPoolGrad               x, dy -> the gradient with respect to x; attributes as MaxPool's
ArgMax                    x (N, classes) -> the place of each row's largest entry, int64 (N,)
Equal, Greater            a, b -> bool
Cast                      x -> its attribute `dtype`
Select                    condition (), bool; a, b -> a where the condition is True, else b
RandomUniform             like -> draws from [0, 1) in like's shape, new in each run; attribute seed
Assign, AssignAdd         value -> the new value; changes the variable in the attribute `variable` when it runs
AssignSub                 the same
WithGradient              y, a, b, c -> y; its attribute `rule` says the gradients: rule(graph, dy) gives one for each
                          of a, b and c
NoOp                      () -> 0; runs once all that it waits for has run
========================  ==========================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from aics.graph import REQUIRED, Graph, OpDef, Operators
from aics.graph import shapes as spatial
from aics.graph.operators import Attributes, Shape
from aics.lab7_graph_training import shapes

ShapeFunction = Callable[[Sequence[Shape], Attributes], Sequence[Shape]]
DtypeFunction = Callable[[Sequence[str], Attributes], Sequence[str]]


def _op(
    name: str,
    inputs: str,
    shape_function: ShapeFunction,
    dtype_function: DtypeFunction = shapes.floats,
    **attributes: Any,
) -> OpDef:
    return OpDef(
        name=name,
        inputs=tuple(inputs.split()),
        outputs=("y",),
        attributes=attributes,
        shape_function=shape_function,
        dtype_function=dtype_function,
    )


WINDOW: dict[str, Any] = {"stride": 1, "pad": 0}
POOL: dict[str, Any] = {"kernel_size": REQUIRED, "stride": REQUIRED}
DEFINITIONS = [
    _op("Const", "", shapes.const, shapes.const_dtype, value=REQUIRED),
    _op("MatMul", "a b", shapes.matmul, transpose_a=False, transpose_b=False),
    _op("BiasAdd", "x bias", shapes.bias_add),
    *(_op(name, "a b", shapes.elementwise, shapes.one_dtype) for name in ("Add", "Sub", "Mul")),
    _op("Div", "a b", shapes.elementwise),
    *(_op(name, "x", spatial.same) for name in ("Neg", "Square", "Sqrt", "Exp", "Log", "Reciprocal", "Floor")),
    *(_op(name, "x", spatial.same) for name in ("Sigmoid", "Tanh", "Relu", "Step", "Softmax")),
    *(_op(name, "x", spatial.same, by=REQUIRED) for name in ("Scale", "Shift")),
    *(_op(name, "x", shapes.scalar) for name in ("Sum", "Mean", "Count")),
    *(_op(name, "x", shapes.channels) for name in ("ChannelSum", "ChannelMean")),
    _op("SoftmaxCrossEntropy", "logits labels", shapes.cross_entropy),
    _op("Fill", "value like", shapes.like_second),
    _op("PerChannel", "values like", shapes.per_channel),
    _op("PerRow", "values like", shapes.per_row),
    _op("Reshape", "x", shapes.reshape, shapes.one_dtype, shape=REQUIRED),
    _op("ReshapeLike", "x like", shapes.like_second, shapes.one_dtype),
    _op("Transpose", "x", shapes.transpose, shapes.one_dtype, axes=REQUIRED),
    _op("Conv2D", "x weight", shapes.conv, **WINDOW),
    _op("Conv2DBackpropInput", "x weight dy", shapes.conv_back_input, **WINDOW),
    _op("Conv2DBackpropFilter", "x weight dy", shapes.conv_back_filter, **WINDOW),
    _op("MaxPool", "x", spatial.max_pool, **POOL),
    _op("MaxPoolGrad", "x dy", shapes.max_pool_back, **POOL),
    _op("ArgMax", "x", shapes.rows, shapes.whole),
    *(_op(name, "a b", shapes.elementwise, shapes.truth) for name in ("Equal", "Greater")),
    _op("Cast", "x", spatial.same, shapes.asked, dtype=REQUIRED),
    _op("Select", "condition a b", shapes.select, shapes.selected),
    _op("RandomUniform", "like", spatial.same, seed=0),
    *(
        _op(name, "value", shapes.assigned, shapes.assigned_dtype, variable=REQUIRED)
        for name in ("Assign", "AssignAdd", "AssignSub")
    ),
    _op("WithGradient", "y a b c", spatial.same, rule=REQUIRED),
    _op("NoOp", "", shapes.scalar, shapes.nothing),
]


def training_graph() -> Graph:
    """Return an empty graph that can use every operator of this lab."""
    operators = Operators()
    for definition in DEFINITIONS:
        operators.add(definition)
    return Graph(operators)
