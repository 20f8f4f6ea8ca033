"""Gradient rules: the oracle beside PyTorch and numeric gradients, the given rules, what is asked, what is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from aics.check.returned import Returned
from aics.lab7_graph_training import measures
from aics.lab7_graph_training import pictures as show
from aics.lab7_graph_training.operators import training_graph
from aics.lab7_graph_training.rules_tried import try_rules
from aics.lab7_graph_training.session import Session
from aics.show.gradient_check import numerical
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.course import Lab

LAB = Lab("lab7_graph_training")
QUESTION = LAB.questions["op_gradients"]
#: Cells behind which the rules are there.
NEEDED = ("setup_given", "gradient_rules_given", "op_gradients_code")
TEN = {
    *("MatMul", "BiasAdd", "Sigmoid", "Relu", "Square", "Mean"),
    *("SoftmaxCrossEntropy", "Reshape", "Conv2D", "MaxPool"),
}


@pytest.fixture(scope="module")
def rules():
    cells = [cell for cell in solution_cells(LAB) if cell[0] in NEEDED]
    return run_cells(cells)["GRADIENTS"]


def drawn(seeds=range(3)):
    return [case for seed in seeds for case in QUESTION.cases(np.random.default_rng(seed))]


def settings(case):
    return {name: tuple(value) if isinstance(value, list) else value for name, value in case["attributes"]}


# Cases and oracle


def test_all_ten_are_asked_with_two_sizes_of_batch():
    cases = drawn([0])
    assert {case["operator"] for case in cases} == TEN
    turned = [case for case in cases if case["operator"] == "MatMul"]
    assert {tuple(settings(case).items()) for case in turned} == {
        (("transpose_a", a), ("transpose_b", b)) for a in (False, True) for b in (False, True)
    }
    assert all(case["x"].shape != case["x2"].shape for case in cases[4:])
    assert all(None in case["fed"][0] for case in cases)


def test_the_oracle_says_what_differences_say():
    seen = set()
    for case in drawn([1]):
        key = case["operator"], str(case["attributes"]), case["x"].ndim
        if key in seen:
            continue
        seen.add(key)
        graph = training_graph()
        arrays = [array.copy() for array in (case["x"], case.get("w")) if array is not None]
        inputs = [graph.placeholder(f"in{n}", array.shape) for n, array in enumerate(arrays)]
        y, session = graph.apply(case["operator"], *inputs, **settings(case)), Session(graph)
        expected = [value for name, value in QUESTION.expected(**case).items() if name.endswith("first run")]

        def loss(y=y, session=session, inputs=inputs, arrays=arrays, dy=case["dy"]):
            value = session.run(y, dict(zip(inputs, arrays, strict=True)))
            return float((value.astype(np.float64) * dy).sum())

        for array, wanted in zip(arrays, expected, strict=False):
            found = numerical(loss, array, 1e-3 if case["operator"] == "MaxPool" else 1e-2)
            np.testing.assert_allclose(found, wanted, rtol=2e-2, atol=2e-2)


@pytest.mark.torch
def test_the_oracle_says_what_pytorch_says(torch):
    functional = torch.nn.functional

    def forward(operator, x, w, how):
        def turn(matrix, switch):
            return matrix.T if how[switch] else matrix

        return {
            "MatMul": lambda: turn(x, "transpose_a") @ turn(w, "transpose_b"),
            "BiasAdd": lambda: x + w.reshape(-1, *[1] * (x.ndim - 2)),
            "Sigmoid": lambda: torch.sigmoid(x),
            "Relu": lambda: torch.relu(x),
            "Square": lambda: x**2,
            "Mean": lambda: x.mean(),
            "SoftmaxCrossEntropy": lambda: functional.cross_entropy(x, w.detach(), reduction="none"),
            "Reshape": lambda: x.reshape(how["shape"]),
            "Conv2D": lambda: functional.conv2d(x, w.permute(3, 0, 1, 2), stride=how["stride"], padding=how["pad"]),
            "MaxPool": lambda: functional.max_pool2d(x, how["kernel_size"], how["stride"]),
        }[operator]()

    for case in drawn():
        expected = QUESTION.expected(**case)
        for run, *names in (("first", "x", "w", "dy"), ("second", "x2", "w2", "dy2")):
            x, w, dy = (None if case.get(n) is None else torch.tensor(case[n], dtype=torch.float64) for n in names)
            leaves = [leaf.requires_grad_() for leaf in (x, w) if leaf is not None]
            forward(case["operator"], x, w, settings(case)).backward(dy)
            wanted = [value for name, value in expected.items() if name.endswith(f"{run} run")]
            for leaf, value in zip(leaves, wanted, strict=False):
                np.testing.assert_allclose(leaf.grad.numpy(), value, rtol=1e-9, atol=1e-9)


# What is asked


def asked(rule, operator="Sigmoid"):
    case = next(case for case in drawn([0]) if case["operator"] == operator)
    answer = LAB.asks.op_gradients({operator: rule}, **case)
    given = Returned({name: np.asarray(value) for name, value in answer.items()})
    return measures.op_gradients(given, **case)


def test_a_tensor_in_place_of_a_tuple_is_told():
    assert asked(lambda _graph, _node, dy: dy) == {"tuple": False}


def test_what_is_none_has_no_gradient_and_counts_as_an_entry():
    found = asked(lambda _graph, _node, _dy: (None,))
    assert found == {"tuple": True, "entries": 1}


def test_labels_are_asked_for_none():
    found = asked(lambda graph, node, _dy: (graph.apply("Softmax", node.inputs[0]), None), "SoftmaxCrossEntropy")
    assert found["None for labels"]
    found = asked(lambda _graph, node, _dy: node.inputs, "SoftmaxCrossEntropy")
    assert not found["None for labels"]
    assert not any("labels," in name for name in found)


def test_a_rule_that_keeps_a_variables_value_answers_the_second_run_wrongly():
    def today(graph, node, dy):
        weight = graph.apply("Const", value=node.inputs[1].node.value)
        return graph.apply("Conv2DBackpropInput", node.inputs[0], weight, dy, **node.attributes), None

    case = next(case for case in drawn([0]) if case["operator"] == "Conv2D")
    found, wanted = asked(today, "Conv2D"), QUESTION.expected(**case)
    assert np.allclose(found["gradient of x, first run"], wanted["gradient of x, first run"], atol=1e-4)
    assert not np.allclose(found["gradient of x, second run"], wanted["gradient of x, second run"], atol=1e-1)


# Given rules

#: Two of one shape, and a scalar on either side.
PAIRS = ([(2, 3), (2, 3)], [(), (2, 3)], [(2, 3), ()])


@pytest.mark.parametrize(
    ("operator", "shapes", "attributes"),
    [
        *((operator, pair, {}) for operator in ("Add", "Sub", "Mul") for pair in PAIRS),
        ("Mul", [(), ()], {}),
        ("Neg", [(2, 3)], {}),
        ("Exp", [(2, 3)], {}),
        ("Log", [(2, 3)], {}),
        ("Tanh", [(2, 3)], {}),
        ("Sum", [(2, 3)], {}),
        ("Scale", [(2, 3)], {"by": 3.0}),
        ("Shift", [(2, 3)], {"by": 3.0}),
        ("Transpose", [(2, 3, 4)], {"axes": (2, 0, 1)}),
    ],
)
def test_a_given_rule_says_what_differences_say(rules, operator, shapes, attributes):
    rng, graph = np.random.default_rng(0), training_graph()
    arrays = [np.asarray(0.3 + rng.random(shape)) for shape in shapes]
    inputs = [graph.placeholder(f"in{n}", array.shape, "float64") for n, array in enumerate(arrays)]
    y, session = graph.apply(operator, *inputs, **attributes), Session(graph)
    slope = graph.placeholder("dy", y.shape, "float64")
    dy = np.asarray(rng.normal(size=y.shape))
    found = session.run(
        list(rules[operator](graph, y.node, slope)), {**dict(zip(inputs, arrays, strict=True)), slope: dy}
    )

    def loss():
        return float((session.run(y, dict(zip(inputs, arrays, strict=True))) * dy).sum())

    for array, gradient in zip(arrays, found, strict=True):
        assert np.shape(gradient) == array.shape
        np.testing.assert_allclose(gradient, numerical(loss, array, 1e-6), rtol=1e-6, atol=1e-6)


def test_select_sends_the_slope_to_what_was_chosen(rules):
    graph = training_graph()
    condition, a, b, dy = (
        graph.placeholder("c", (), "bool"),
        *(graph.placeholder(n, (None, 2)) for n in ("a", "b", "dy")),
    )
    y = graph.apply("Select", condition, a, b)
    none, da, db = rules["Select"](graph, y.node, dy)
    assert none is None
    for chosen, wanted in ((True, [[[5, 6]], [[0, 0]]]), (False, [[[0, 0]], [[5, 6]]])):
        feeds = {condition: np.asarray(chosen), dy: [[5.0, 6.0]]}
        assert [value.tolist() for value in Session(graph).run([da, db], feeds)] == wanted


def test_what_has_no_slope_has_none(rules):
    graph = training_graph()
    x = graph.placeholder("x", (None, 2))
    for operator, attributes in (
        ("Floor", {}),
        ("Step", {}),
        ("Count", {}),
        ("ArgMax", {}),
        ("Cast", {"dtype": "int64"}),
    ):
        y = graph.apply(operator, x, **attributes)
        assert rules[operator](graph, y.node, x) == (None,)
    assert rules["Equal"](graph, graph.apply("Equal", x, x).node, x) == (None, None)


def test_with_gradient_asks_its_own_rule(rules):
    graph = training_graph()
    y, a, b, c, dy = (graph.placeholder(name, (2,)) for name in ("y", "a", "b", "c", "dy"))
    node = graph.apply("WithGradient", y, a, b, c, rule=lambda _graph, slope: (slope, None, slope)).node
    assert rules["WithGradient"](graph, node, dy) == (None, dy, None, dy)


# Pictures


def test_right_rules_agree_with_differences(rules):
    tried = try_rules(rules)
    assert {each.operator for each in tried} == TEN
    assert not any(each.problem or each.wrong for each in tried)
    assert show.rule_checks(rules).alt.count("agrees with the differences") == 10


def test_wrong_missing_and_failing_rules_are_told_apart(rules):
    def unwritten(_graph, _node, _dy):
        raise NotImplementedError

    changed = {name: rule for name, rule in rules.items() if name != "MaxPool"} | {
        "Square": lambda graph, node, dy: (graph.apply("Mul", dy, node.inputs[0]),),
        "Sigmoid": lambda _graph, _node, dy: dy,
        "Mean": lambda _graph, _node, dy: (dy,),
        "Relu": lambda _graph, _node, _dy: 1 / 0,
        "Reshape": unwritten,
    }
    tried = {each.operator: each for each in try_rules(changed)}
    assert [each.operator for each in tried.values() if each.unwritten] == ["Reshape", "MaxPool"]
    assert [each.name for each in tried["Square"].wrong] == ["dx"]
    assert "a Tensor came back, not a tuple" in tried["Sigmoid"].problem
    assert "dx is [], not [4, 5]" in tried["Mean"].problem
    assert "ZeroDivisionError" in tried["Relu"].problem
    alt = show.rule_checks(changed).alt
    assert "Square: dx: 20 of 20 wrong" in alt
    assert "MaxPool: not written yet." in alt


def test_where_no_rule_gives_anything_the_first_error_goes_on(rules):
    def fails(_graph, _node, _dy):
        raise ValueError("so many mistakes")

    with pytest.raises(ValueError, match="so many mistakes"):
        try_rules(dict.fromkeys(rules, fails))


@pytest.mark.parametrize("operator", sorted(TEN))
def test_a_rules_nodes_are_told_in_words(rules, operator):
    picture = show.rule_nodes(rules, operator)
    assert f"A node {operator}" in picture.alt
    if operator == "Sigmoid":
        assert picture.alt.endswith("mul (Mul of dy and sub), which is dx.")


def test_before_and_after_are_drawn():
    assert "a new node Mul" in show.rule_before_after().alt
