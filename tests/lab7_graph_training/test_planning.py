"""Walks through graphs: the oracles against PyTorch and against graphlib, and what known ways of writing them cost."""

from __future__ import annotations

import numpy as np
import pytest

from aics.graph import GraphError, Tensor
from aics.lab7_graph_training.pictures import both_halves, diamonds, gradient_sum, order
from aics.lab7_graph_training.planning_asks import RULES, walk
from aics.lab7_graph_training.plans import planned, read_line, written_out
from aics.lab7_graph_training.session import Session, in_any_order
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab

LAB = Lab("lab7_graph_training")
SEEDS = range(3)


def cases(question: str, seed: int):
    return LAB.questions[question].hidden_cases(np.random.default_rng(seed))


@pytest.fixture(scope="module")
def notebook():
    before = [cell for cell in solution_cells(LAB) if not cell[0].endswith("_look")]
    with working_folder(LAB) as folder:
        return run_cells(before, beside=folder)


@pytest.mark.parametrize("seed", SEEDS)
def test_pythons_own_graphlib_gives_what_the_oracle_of_walks_expects(seed):
    for case in cases("walk", seed):
        expected = LAB.questions["walk"].expected(**case)
        for name, array in walk(in_any_order, **case).items():
            np.testing.assert_array_equal(array, expected[name], case["about"])


def test_the_timed_graph_has_as_many_ways_as_would_take_a_plain_function_too_long():
    case = LAB.questions["walk"].speed.case(np.random.default_rng(0))
    lines = [read_line(line) for line in written_out(case["plan"], case["block"], case["times"])]
    runs: dict[str, int] = {}
    for line in lines:
        runs[line.name] = 1 + sum(runs[name] for name in line.inputs)
    assert len(lines) == 2302
    assert 500_000 < runs["sum100"] < 1_000_000


@pytest.mark.parametrize("seed", SEEDS)
def test_pytorch_gives_the_gradients_of_the_oracle(seed):
    torch = pytest.importorskip("torch")
    operators = {
        "Add": torch.add,
        "Sub": torch.sub,
        "Mul": torch.mul,
        "Neg": torch.neg,
        "Square": torch.square,
        "Exp": torch.exp,
        "Floor": lambda x: torch.floor(x.detach()),
        "ReshapeLike": lambda x, like: x.reshape(like.shape),
        "Sum": torch.sum,
    }
    for case in (case for case in cases("gradients", seed) if not case["names"]):
        rows = iter(torch.tensor(case["values"].astype(case["dtype"]).astype(np.float64)))
        lines = {
            line.name: line
            for line in map(read_line, written_out(*(case[n] for n in ("plan", "block", "times", "end"))))
        }
        known: dict[str, object] = {name: next(rows) for name, line in lines.items() if not line.inputs}
        for tensor in known.values():
            tensor.requires_grad_()
        while len(known) < len(lines):
            for name, line in lines.items():
                if name not in known and all(other in known for other in line.inputs):
                    known[name] = operators[line.operator](*(known[other] for other in line.inputs))
        expected = LAB.questions["gradients"].expected(**case)
        for name, none in zip(case["wanted"], expected["None in the list"], strict=True):
            (slope,) = torch.autograd.grad(known[case["loss"]], known[name], retain_graph=True, allow_unused=True)
            assert (slope is None) == none, case["about"]
            if slope is not None:
                np.testing.assert_allclose(expected[f"gradient of {name}"], slope.numpy(), rtol=1e-9, atol=1e-12)


def test_a_gradient_is_what_a_small_change_makes_of_the_loss(notebook):
    rng = np.random.default_rng(3)
    lines = ["w = variable", "v = variable", "a = Mul(w, v)", "b = Square(a)", "c = Sub(b, w)", "loss = Sum(c)"]
    start = rng.normal(size=4)
    graph = planned(lines, {"w": start, "v": rng.normal(size=4)})
    (dw,) = notebook["gradients"](graph, graph.tensor("loss"), [graph.tensor("w")], RULES)
    session, slopes = Session(graph), []
    found = session.run(dw)
    for unit in np.eye(4):
        losses = []
        for step in (1e-6, -1e-6):
            graph.nodes["w"].load(start + step * unit)
            losses.append(session.run("loss"))
        slopes.append((losses[0] - losses[1]) / 2e-6)
    np.testing.assert_allclose(found, slopes, rtol=1e-6)


def test_what_cannot_be_differentiated_is_refused_before_anything_is_added(notebook):
    graph = planned(["k = counter", "w = variable", "a = Square(w)", "loss = Sum(a)"], {"w": np.ones(3)})
    for loss, wanted, name in (("a", "w", "a:0"), ("loss", "k", "k:0")):
        with pytest.raises(GraphError, match=name):
            notebook["gradients"](graph, graph.tensor(loss), [graph.tensor(wanted)], RULES)
    assert list(graph.nodes) == ["k", "w", "a", "loss"]


def test_a_circle_is_named_and_one_that_nobody_needs_is_not(notebook):
    lines = ["x = placeholder", "a = Neg(x)", "b = Neg(a)", "a = Neg(b)", "c = Neg(x)"]
    graph = planned(lines)
    with pytest.raises(GraphError, match=r"a <- b <- a|b <- a <- b"):
        notebook["walk"]([graph.tensor("b")])
    assert [node.name for node in notebook["walk"]([graph.tensor("c")])] == ["x", "c"]


def test_pictures_say_in_words_what_they_show(notebook):
    graph, fetched, fed = notebook["small_graph"]()
    assert isinstance(fetched, Tensor)
    assert "Nodes that stay out: unused" in order(graph, notebook["walk"]([fetched]), fetched).alt
    assert "x, w, cast, a, b" in order(graph, notebook["walk"]([fetched], {fed}), fetched, fed).alt
    assert "3.3e+12" in diamonds(4).alt
    assert gradient_sum().alt
    graph, _, _, w, loss = notebook["small_loss"]()
    before = set(graph.nodes)
    notebook["gradients"](graph, loss, [w], notebook["FEW"])
    assert (
        "A graph of 10 nodes in blue: x, t, w, wx, error, squares, fit, w2, size, loss."
        in both_halves(graph, before).alt
    )
