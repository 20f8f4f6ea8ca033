"""Each question stands on its own: an empty forward stub costs no backward question."""

from __future__ import annotations

import nbformat
import pytest

from aics.check.ask import ask
from aics.check.judge import judge
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.public_cases import public_cases
from autograder.course import Lab

LAB = Lab("lab2_layers")
PAIRS = [
    ("fully_connected_forward", "fully_connected_backward"),
    ("conv_forward", "conv_backward"),
    ("conv_forward_speedup", "conv_backward_speedup"),
    ("pool_forward", "pool_backward"),
]


def stub_of(question: str) -> str:
    name = f"{question}_code"
    return next(c.source for c in nbformat.read(LAB.released, 4).cells if c.id == name)


@pytest.mark.parametrize(("forward", "backward"), PAIRS)
def test_backward_is_judged_while_forward_is_still_empty(forward, backward):
    namespace = run_cells(solution_cells(LAB), {f"{forward}_code": stub_of(forward)})
    question = LAB.questions[backward]
    cases = public_cases(question)
    answers = [ask(getattr(LAB.asks, backward), namespace, case) for case in cases]
    assert judge(LAB.rule(backward), cases, [question.expected(**case) for case in cases], answers).passed


@pytest.mark.parametrize("backward", [pair[1] for pair in PAIRS])
def test_an_empty_backward_stub_names_itself(backward):
    namespace = run_cells(solution_cells(LAB), {f"{name}_code": stub_of(name) for name in LAB.questions})
    case = public_cases(LAB.questions[backward])[0]
    answer = ask(getattr(LAB.asks, backward), namespace, case)
    assert f"lab 2, {backward}:" in answer.raised.message
