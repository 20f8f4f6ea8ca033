"""Whatever is drawn: every misconception about graphs is caught, every other way is right. Values only."""

from __future__ import annotations

import numpy as np
import pytest

from aics.check.judge import judge
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab

LAB = Lab("lab4_dlp")
#: The questions on graphs, among those of the lab.
GRAPH = [name for name in LAB.questions if getattr(LAB.asks, name).__module__ == "aics.lab4_dlp.graph_asks"]
VARIANTS = [(variant, False) for variant in LAB.misconceptions if variant.question in GRAPH and not variant.slow]
VARIANTS += [(variant, True) for variant in LAB.alternatives if variant.question in GRAPH]


@pytest.fixture(scope="module")
def draws():
    """Question -> (cases, expected) of twenty draws."""
    return {
        name: [
            (cases, [question.expected(**case) for case in cases])
            for cases in (question.cases(np.random.default_rng(seed)) for seed in range(20))
        ]
        for name, question in LAB.questions.items()
        if name in GRAPH
    }


@pytest.mark.parametrize(("variant", "right"), VARIANTS, ids=[f"{v.question}-{v.name}" for v, _ in VARIANTS])
def test_every_draw_tells_right_from_wrong(variant, right, draws):
    with working_folder(LAB) as folder:
        namespace = run_cells(solution_cells(LAB), {f"{variant.question}_code": variant.source}, beside=folder)
    rule = LAB.rule(variant.question)
    for seed, (cases, expected) in enumerate(draws[variant.question]):
        answers = [LAB.answer(variant.question, namespace, case) for case in cases]
        assert judge(rule, cases, expected, answers).passed == right, f"seed {seed}"
