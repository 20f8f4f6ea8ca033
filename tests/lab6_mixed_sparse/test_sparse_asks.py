"""How lab 6's sparse questions are asked: independent of one another, and kind to answers of another form."""

from __future__ import annotations

import re

import numpy as np
import pytest

from aics.check.judge import judge
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab

LAB = Lab("lab6_mixed_sparse")
#: Questions on sparse training, and the one of them that runs what the others make.
QUESTIONS = (
    *("magnitude_prune", "layer_importance", "redistribute", "regrow", "masked_step", "sparse_momentum_epoch"),
    *("sparse_training", "sparse_inference", "mixed_and_sparse"),
)
RUNS_ALL = {"sparse_training"}


@pytest.fixture(scope="module")
def finished():
    with working_folder(LAB) as folder:
        return run_cells(solution_cells(LAB), beside=folder)


def points(question, names):
    asked = LAB.questions[question]
    cases = asked.cases(np.random.default_rng(3))
    answers = [LAB.answer(question, names, case) for case in cases]
    return judge(LAB.rule(question), cases, [asked.expected(**case) for case in cases], answers).score


def stubs(keep):
    """The notebook's cells, solved in one question only."""
    for grade_id, source in solution_cells(LAB):
        solved = grade_id == f"{keep}_code"
        yield grade_id, source if solved else re.sub(r"### BEGIN SOLUTION.*?### END SOLUTION", "", source, flags=re.S)


@pytest.mark.parametrize("question", [name for name in QUESTIONS if name not in RUNS_ALL])
def test_a_question_needs_no_other_ones_answer(question):
    with working_folder(LAB) as folder:
        names = run_cells(list(stubs(question)), beside=folder)
    assert points(question, names) == LAB.questions[question].points


@pytest.mark.parametrize("answer", [None, {}, (), 0, np.zeros(3), (None, None), ({}, {}), (None, None, None)])
@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_of_another_form_gets_a_verdict(question, answer, finished):
    functions = dict.fromkeys(LAB.asks.EXPORTS["sparse_momentum.py"], lambda *_, **__: answer)
    assert points(question, finished | functions) == 0
