"""Oracles of the questions on graphs: against PyTorch, by hand, and by other ways to the same answer."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.course import Lab

LAB = Lab("lab4_dlp")
#: The questions on graphs, among those of the lab.
GRAPH = [name for name in LAB.questions if getattr(LAB.asks, name).__module__ == "aics.lab4_dlp.graph_asks"]
SEEDS = range(5)


def drawn(question, seeds=SEEDS):
    for seed in seeds:
        for case in LAB.questions[question].cases(np.random.default_rng(seed)):
            yield case, LAB.questions[question].expected(**case)


def test_an_operators_oracle_by_hand():
    steps = [["input", "x"], ["attr", "a"], ["output", "y"], ["attr", "b", 0], ["attr", "c", None]]
    found = LAB.questions["op_builder"].expected(about="", steps=steps, more=[], names=[])
    assert [found[f"number of {kind}"] for kind in ("inputs", "attributes", "outputs")] == [1, 3, 1]
    assert [found[f"position of attribute {name}"] for name in "abc"] == [0, 1, 2]
    assert [found[f"REQUIRED as default of {name}"] for name in "abc"] == [True, False, False]
    assert [found[f"None as default of {name}"] for name in "abc"] == [False, False, True]
    assert found["default of b"] == 0
    assert not {"default of a", "default of c"} & found.keys()


@pytest.mark.parametrize(
    ("asked", "place"),
    [(["Relu", "dlp:10"], 1), (["Relu", "dlp2:1"], 2), (["Conv", "dlp:0"], 0), (["Conv", "d:0"], None)],
)
def test_a_kernels_place_by_hand(asked, place):
    kernels = [["Conv", "dlp"], ["Relu", "dlp"], ["Relu", "dlp2"]]
    found = LAB.questions["kernel_dispatch"].expected(about="", kernels=kernels, asked=asked, names=["a", "b"])
    if place is None:
        assert found == {"refusal": True, "mention of a": True, "mention of b": True}
    else:
        assert not found["refusal"]
        came = [found[f"kernel for {operator} on {kind}"] for operator, kind in kernels]
        assert came == [number == place for number in range(3)]


def test_the_draw_of_devices_has_types_that_begin_alike_and_numbers_of_two_digits():
    asked = [case["asked"][1] for case, _ in drawn("kernel_dispatch", [0])]
    types = {device.partition(":")[0] for device in asked}
    assert any(a != b and a.startswith(b) for a in types for b in types)
    assert any(len(device.partition(":")[2]) > 1 for device in asked)


def test_a_session_by_hand():
    plan = ["x = placeholder", "w = variable", "a = Minus(x, w)", "b = Times(a, a)", "c = Parts(b)"]
    run = {"about": "", "plan": [*plan, "d = Minus(c:1, c:0)"], "fetches": ["d", "a"], "feeds": ["x"], "names": []}
    values = np.array([[1.0, 2.0], [3.0, 5.0]])  # w, then x
    found = LAB.questions["session_run"].expected(**run, values=values)
    assert found["fetch 1, d"].tolist() == [-4, -9]
    assert found["fetch 2, a"].tolist() == [2, 3]
    assert [found[f"times {name} ran"] for name in "abcd"] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("feeds", "runs"), [(["x"], None), (["a"], None), (["x", "b"], [1, 0, 1]), (["x", "a"], [0, 1, 1])]
)
def test_a_circle_is_refused_unless_a_feed_cuts_it(feeds, runs):
    plan = ["x = placeholder", "a = Minus(x, x)", "b = Times(a, x)", "a = Minus(b, x)", "c = Minus(a, b)"]
    run = {"about": "", "plan": plan, "fetches": ["c"], "feeds": feeds, "names": ["a"]}
    found = LAB.questions["session_run"].expected(**run, values=np.ones((len(feeds), 2)))
    if runs is None:  # with a fed, x is still needed for b
        assert found["refusal"]
    else:
        assert [found[f"times {name} ran"] for name in "abc"] == runs


def test_convolution_agrees_with_pytorch(torch):
    for case, expected in drawn("swap_speed"):
        weight, bias = (torch.from_numpy(case[name][0].astype(np.float64)) for name in ("weights", "biases"))
        for turn in range(case["rounds"]):
            x = torch.from_numpy(np.roll(case["x"].astype(np.float64), (turn, turn, turn), axis=(1, 2, 3)))
            places = {"stride": case["stride"], "padding": case["pad"]}
            output = torch.nn.functional.conv2d(x, weight.permute(3, 0, 1, 2), bias, **places).numpy()
            np.testing.assert_allclose(expected["outputs of all rounds"][turn], output, rtol=1e-9, atol=1e-9)


def test_a_timed_answer_fits_into_a_sockets_buffer():
    """A larger one would have to wait for its reader, and the wait would be taken for the student's."""
    case = LAB.questions["swap_speed"].speed.case(np.random.default_rng(0))
    outputs = LAB.questions["swap_speed"].expected(**case)
    assert len(outputs["outputs of all rounds"]) == case["rounds"] == 100
    assert sum(output.astype(np.float32).nbytes for output in outputs.values()) < 160_000


def test_the_stand_in_has_the_timed_outputs_shape():
    case = LAB.questions["swap_speed"].speed.case(np.random.default_rng(0))
    rounds, batch, channels, height, width = LAB.questions["swap_speed"].expected(**case)["outputs of all rounds"].shape
    assert LAB.asks.YARDSTICKS["swap_speed"](**case).shape == (rounds, batch, height, width, channels)
