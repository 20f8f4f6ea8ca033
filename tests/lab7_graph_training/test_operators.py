"""The lab's operators: each has a line in the table and a kernel; shapes and dtypes are known, and misfits refused."""

from __future__ import annotations

import re

import numpy as np
import pytest

from aics.graph import GraphError
from aics.lab7_graph_training import operators
from aics.lab7_graph_training.kernels import KERNELS
from aics.lab7_graph_training.operators import DEFINITIONS, training_graph

#: Attributes that an operator must be given.
GIVEN = {
    "Scale": {"by": 2.0},
    "Shift": {"by": 1.0},
    "MaxPool": {"kernel_size": 2, "stride": 2},
    "MaxPoolGrad": {"kernel_size": 2, "stride": 2},
    "Cast": {"dtype": "int64"},
}
BATCH = (None, 6)
IMAGES = (None, 3, 8, 8)


def applied(operator, *shapes, dtypes=(), **attributes):
    graph = training_graph()
    kinds = [*dtypes, *["float32"] * (len(shapes) - len(dtypes))]
    inputs = [graph.placeholder(f"in{n}", shape, kind) for n, (shape, kind) in enumerate(zip(shapes, kinds))]  # noqa: B905
    return graph.apply(operator, *inputs, name="here", **{**GIVEN.get(operator, {}), **attributes})


def test_each_operator_has_a_kernel_and_a_line_in_the_table():
    names = {definition.name for definition in DEFINITIONS}
    assert names == set(KERNELS)
    table = operators.__doc__.split("=\n")[1]
    told = {name for line in table.splitlines() for name in re.findall(r"[A-Z]\w+", line[:26])}
    assert told == names


@pytest.mark.parametrize(
    ("operator", "shapes", "attributes", "made"),
    [
        ("MatMul", [(None, 3), (3, 5)], {}, (None, 5)),
        ("MatMul", [(None, 3), (None, 5)], {"transpose_a": True}, (3, 5)),
        ("MatMul", [(None, 3), (5, 3)], {"transpose_b": True}, (None, 5)),
        ("MatMul", [(3, 4), (5, 3)], {"transpose_a": True, "transpose_b": True}, (4, 5)),
        ("BiasAdd", [IMAGES, (3,)], {}, IMAGES),
        ("Add", [BATCH, BATCH], {}, BATCH),
        ("Mul", [(), BATCH], {}, BATCH),
        ("Sub", [(None, 6), (4, 6)], {}, (4, 6)),
        ("Div", [(), ()], {}, ()),
        ("Sigmoid", [IMAGES], {}, IMAGES),
        ("Mean", [IMAGES], {}, ()),
        ("Count", [IMAGES], {}, ()),
        ("ChannelSum", [IMAGES], {}, (3,)),
        ("ChannelMean", [BATCH], {}, (6,)),
        ("SoftmaxCrossEntropy", [BATCH, BATCH], {}, (None,)),
        ("Fill", [(), BATCH], {}, BATCH),
        ("PerChannel", [(3,), IMAGES], {}, IMAGES),
        ("PerRow", [(None,), BATCH], {}, BATCH),
        ("Reshape", [(None, 2, 3)], {"shape": (-1, 6)}, (None, 6)),
        ("Reshape", [(4, 6)], {"shape": (2, -1)}, (2, 12)),
        ("Reshape", [(4, 6)], {"shape": (24,)}, (24,)),
        ("ReshapeLike", [(24,), (4, 6)], {}, (4, 6)),
        ("Transpose", [(None, 2, 3)], {"axes": (2, 0, 1)}, (3, None, 2)),
        ("Conv2D", [IMAGES, (3, 5, 5, 4)], {"pad": 2}, (None, 4, 8, 8)),
        ("Conv2DBackpropInput", [IMAGES, (3, 5, 5, 4), (None, 4, 8, 8)], {"pad": 2}, IMAGES),
        ("Conv2DBackpropFilter", [IMAGES, (3, 5, 5, 4), (None, 4, 8, 8)], {"pad": 2}, (3, 5, 5, 4)),
        ("MaxPool", [IMAGES], {}, (None, 3, 4, 4)),
        ("MaxPoolGrad", [IMAGES, (None, 3, 4, 4)], {}, IMAGES),
        ("ArgMax", [BATCH], {}, (None,)),
        ("RandomUniform", [BATCH], {}, BATCH),
        ("Const", [], {"value": np.zeros((2, 3))}, (2, 3)),
        ("NoOp", [], {}, ()),
    ],
)
def test_what_shape_it_makes_before_anything_runs(operator, shapes, attributes, made):
    assert applied(operator, *shapes, **attributes).shape == made


@pytest.mark.parametrize(
    ("operator", "dtypes", "made"),
    [
        ("Add", ["int64", "int64"], "int64"),
        ("Reshape", ["bool"], "bool"),
        ("Equal", ["int64", "int64"], "bool"),
        ("Greater", ["float64", "float64"], "bool"),
        ("ArgMax", ["float32"], "int64"),
        ("Cast", ["bool"], "int64"),
        ("Sigmoid", ["float64"], "float64"),
    ],
)
def test_what_dtype_it_makes_before_anything_runs(operator, dtypes, made):
    attributes = {"shape": (-1,)} if operator == "Reshape" else {}
    assert applied(operator, *[BATCH] * len(dtypes), dtypes=dtypes, **attributes).dtype == made


def test_select_takes_a_bool_and_gives_what_both_are():
    assert applied("Select", (), BATCH, BATCH, dtypes=["bool", "int64", "int64"]).dtype == "int64"


@pytest.mark.parametrize(
    ("operator", "shapes", "attributes", "words"),
    [
        ("MatMul", [(None, 3), (4, 5)], {}, ["[None, 3]", "[4, 5]", "transpose_a is False"]),
        ("MatMul", [(3,), (3, 5)], {}, ["[3]"]),
        ("BiasAdd", [BATCH, (3,)], {}, ["[None, 6]", "[3]"]),
        ("BiasAdd", [(4, 3, 2), (3,)], {}, ["[N, C, H, W]"]),
        ("Add", [(None, 6), (6,)], {}, ["[None, 6]", "[6]"]),
        ("SoftmaxCrossEntropy", [BATCH, (None, 5)], {}, ["labels"]),
        ("PerRow", [(3,), (4, 6)], {}, ["[3]", "[4, 6]"]),
        ("PerChannel", [(3,), BATCH], {}, ["[3]"]),
        ("ChannelSum", [(4, 3, 2)], {}, ["[4, 3, 2]"]),
        ("ArgMax", [IMAGES], {}, ["[N, classes]"]),
        ("Reshape", [(4, 6)], {"shape": (5, -1)}, ["[4, 6]", "[5, -1]"]),
        ("Reshape", [(4, 6)], {"shape": (-1, -1)}, ["[-1, -1]"]),
        ("Transpose", [BATCH], {"axes": (0, 0)}, ["[0, 0]"]),
        ("Select", [(2,), BATCH, BATCH], {}, ["condition must be []"]),
        ("Conv2D", [IMAGES, (4, 5, 5, 4)], {}, ["weight"]),
        ("Conv2DBackpropInput", [IMAGES, (3, 5, 5, 4), (None, 4, 8, 8)], {}, ["[None, 4, 4, 4]", "[None, 4, 8, 8]"]),
        ("Conv2DBackpropFilter", [IMAGES, (3, 5, 5, 4), (None, 3, 4, 4)], {}, ["[None, 3, 4, 4]"]),
        ("MaxPoolGrad", [IMAGES, IMAGES], {}, ["[None, 3, 4, 4]", "[None, 3, 8, 8]"]),
        ("MaxPool", [BATCH], {}, ["[N, C, H, W]"]),
    ],
)
def test_shapes_that_do_not_fit_are_refused_with_the_nodes_name(operator, shapes, attributes, words):
    with pytest.raises(GraphError) as caught:
        applied(operator, *shapes, dtypes=["bool"] if operator == "Select" else (), **attributes)
    assert all(word in str(caught.value) for word in ["here: ", *words])


@pytest.mark.parametrize(
    ("operator", "dtypes", "words"),
    [
        ("Add", ["float32", "int64"], ["float32, int64", "Cast"]),
        ("MatMul", ["float32", "float64"], ["float32, float64"]),
        ("Square", ["int64"], ["must be floats", "int64", "Cast"]),
        ("Equal", ["bool", "int64"], ["one dtype"]),
    ],
)
def test_dtypes_that_do_not_fit_are_refused_with_the_nodes_name(operator, dtypes, words):
    with pytest.raises(GraphError) as caught:
        applied(operator, *[(6, 6)] * len(dtypes), dtypes=dtypes)
    assert all(word in str(caught.value) for word in ["here: ", *words])


def test_select_refuses_a_condition_that_is_no_bool():
    with pytest.raises(GraphError, match=r"here: condition must be bool, got float32"):
        applied("Select", (), BATCH, BATCH)


@pytest.mark.parametrize(
    ("shape", "dtype", "words"),
    [((3,), "float32", ["[3]", "[2, 3]", "weight"]), ((2, 3), "int64", ["int64", "weight", "float32"])],
)
def test_an_assignment_that_does_not_fit_its_variable_is_refused(shape, dtype, words):
    graph = training_graph()
    weight = graph.variable("weight", np.zeros((2, 3), np.float32))
    with pytest.raises(GraphError) as caught:
        graph.apply("Assign", graph.placeholder("value", shape, dtype), variable=weight, name="here")
    assert all(word in str(caught.value) for word in ["here: ", *words])
