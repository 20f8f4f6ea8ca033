"""A student who starts from finished layers is told by the own check just what graded code would be told."""

from __future__ import annotations

import sys
import warnings
from functools import cache

import pytest

from aics.check.judge import judge
from aics.check.reference import Reference
from aics.notebook.earlier import PACKAGE
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.course import labs

LATER = [lab for lab in labs() if lab.starts_from]


@pytest.fixture(autouse=True)
def forgotten():
    """Whatever a test imports as stu_upload is none of the next one's business."""
    yield
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


@pytest.mark.parametrize("lab", LATER, ids=lambda lab: lab.name)
def test_the_own_check_names_every_mistake_and_passes_every_right_way(lab):
    cells, known = solution_cells(lab), cache(Reference(lab.reference).question)
    for variant in [*lab.misconceptions, *lab.alternatives]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # overflow and division by zero are what some mistakes are about
            namespace = run_cells(cells, {f"{variant.question}_code": variant.source})
            question = known(variant.question)
            answers = [lab.answer(variant.question, namespace, case) for case in question.cases]
        assert namespace["ReLULayer"].forward.__code__.co_filename.endswith("aics/layers/layers_1.py")
        verdict = judge(question.rule, question.cases, question.expected, answers, question.mistakes)
        if variant in lab.alternatives or variant.slow:
            assert verdict.score == verdict.max_score, (variant.question, variant.name, verdict.reason)
        else:
            assert verdict.misconception == variant.name, (variant.question, variant.name, verdict.reason)
