"""Where the lab's later cells need an argument again, code that writes into it loses points, and is told so."""

from __future__ import annotations

import pytest

from aics.check.judge import judge
from aics.check.verdict import Verdict
from aics.doubles.changes import OVERWRITTEN
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.public_cases import public_cases
from autograder.authoring.start import working_folder
from autograder.course import Lab

#: The solution's words, and the same in place.
X, OF_X = "input - input.max(axis=1, keepdims=True)", "input.__isub__(input.max(1)[:, None])"
DIFFERENCE, IN_X = "(input_layer - content_layer)", "(input_layer.__isub__(content_layer))"
#: Lab, question, and such words.
IN_PLACE = [
    ("lab2_layers", "softmax_loss", X, OF_X),
    ("lab4_dlp", "quantize", "x * (scale / 2.0**position)", "x.__imul__(scale / 2.0**position)"),
    ("lab5_style_transfer", "content_loss", DIFFERENCE, IN_X),
    ("lab5_style_transfer", "content_loss_backward", DIFFERENCE, IN_X),
]


def verdicts(name: str, question: str, was: str, now: str, asked: tuple[str, ...]) -> list[Verdict]:
    """The verdicts on some questions, on public cases, with one change in the solution of one."""
    lab = Lab(name)
    cells = solution_cells(lab)
    cell = dict(cells)[f"{question}_code"]
    assert was in cell
    with working_folder(lab) as folder:
        namespace = run_cells(cells, {f"{question}_code": cell.replace(was, now)}, folder)
        return [_verdict(lab, each, namespace) for each in asked]


def _verdict(lab: Lab, question: str, namespace: dict[str, object]) -> Verdict:
    cases = public_cases(lab.questions[question])
    expected = [lab.questions[question].expected(**case) for case in cases]
    return judge(lab.rule(question), cases, expected, [lab.answer(question, namespace, case) for case in cases])


@pytest.mark.parametrize(("lab", "question", "was", "now"), IN_PLACE, ids=[each[1] for each in IN_PLACE])
def test_writing_into_an_argument_costs_the_points(lab: str, question: str, was: str, now: str) -> None:
    (verdict,) = verdicts(lab, question, was, now, (question,))
    assert (verdict.rung, verdict.score) == ("values", 0)
    assert verdict.evidence is not None
    assert verdict.evidence.output == OVERWRITTEN
    assert "wrote into the arrays that it was handed" in verdict.reads


def test_what_forward_writes_into_does_not_cost_backward() -> None:
    both = ("content_loss", "content_loss_backward")
    forward, backward = verdicts(*IN_PLACE[2], asked=both)
    assert (forward.passed, backward.passed) == (False, True)
