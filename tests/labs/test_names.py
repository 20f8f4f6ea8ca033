"""Which known mistake the student's own check names: never firmly one that the code does not hold.

`autograder measure --part names` asks this of thousands of changes; here are those that were once named wrongly.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from aics.check.judge import judge
from aics.check.reference import PublicQuestion, Reference
from aics.check.verdict import Verdict
from autograder.authoring.namespace import run_cell, run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab, labs

every_lab = pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
BOUND = "bias_max * HALF + (largest + bias_max * (1 + HALF)) * HALF"
BEST = 'np.argsort(-prob, kind="stable")[:5]'
#: Lab, question, what the solution has, and what stands there instead: near to a known mistake, and another one.
NEAR = [
    ("lab1_preprocessing", "random_resized_crop", "min(H, W)", "min(W, W)"),
    ("lab4_dlp", "top5", BEST, 'np.sort(-prob, kind="stable")[:5]'),
    ("lab4_dlp", "top5", BEST, "(-prob)[:5]"),
    ("lab4_dlp", "top5", BEST, "np.argsort(-label)[:5]"),
    ("lab4_dlp", "backend_agreement", "input_error = input_max * HALF", "input_error = HALF"),
    ("lab4_dlp", "backend_agreement", "input_error = input_max * HALF", "input_error = weight_max * HALF"),
    ("lab4_dlp", "backend_agreement", BOUND, "HALF + (largest + bias_max * (1 + HALF)) * HALF"),
    ("lab4_dlp", "backend_agreement", BOUND, "weight_max * HALF + (largest + bias_max * (1 + HALF)) * HALF"),
    ("lab4_dlp", "backend_agreement", BOUND, "bias_max * HALF + HALF"),
    ("lab4_dlp", "backend_agreement", BOUND, "bias_max * HALF + (largest + (1 + HALF)) * HALF"),
    ("lab4_dlp", "backend_agreement", BOUND, "bias_max * HALF + (largest + weight_max * (1 + HALF)) * HALF"),
    ("lab5_style_transfer", "vgg_backward_from", "[depth::-1]", "[depth - 1::-1]"),
]  # fmt: skip


def public(lab: Lab, question: str) -> PublicQuestion:
    return Reference(lab.reference).question(question)  # type: ignore[attr-defined]


def firmly_named(verdict: Verdict) -> str:
    return "" if verdict.guessed else verdict.misconception


@every_lab
def test_a_mistake_that_is_left_out_of_the_bank_is_not_firmly_named_another(lab: Lab) -> None:
    wrongly = []
    for known in (public(lab, question) for question in lab.questions):
        for mistake in (each for each in known.mistakes if not each.slow):
            others = [each for each in known.mistakes if each is not mistake]
            verdict = judge(known.rule, known.cases, known.expected, mistake.answers, others, known.pairs)
            if name := firmly_named(verdict):
                wrongly.append((known.rule.name, mistake.name, name))
    assert wrongly == []


@pytest.fixture(scope="module")
def notebook(name: str) -> Iterator[tuple[Lab, dict[str, object]]]:
    lab = Lab(name)
    with working_folder(lab) as folder:
        yield lab, run_cells(solution_cells(lab), beside=folder)


@pytest.mark.parametrize(("name", "question", "right", "wrong"), NEAR, scope="module")
@pytest.mark.filterwarnings("ignore")
def test_what_is_near_to_a_known_mistake_is_found_wrong_and_not_firmly_named(
    notebook: tuple[Lab, dict[str, object]], question: str, right: str, wrong: str
) -> None:
    lab, namespace = notebook
    source = dict(solution_cells(lab))[f"{question}_code"]
    assert source.count(right) == 1
    run_cell(namespace, f"{question}_code", source.replace(right, wrong))
    known = public(lab, question)
    answers = [lab.answer(question, namespace, case) for case in known.cases]
    verdict = judge(known.rule, known.cases, known.expected, answers, known.mistakes, known.pairs)
    assert verdict.rung
    assert firmly_named(verdict) == ""
