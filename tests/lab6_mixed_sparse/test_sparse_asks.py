"""How lab 6's sparse questions are asked: independent of one another, and kind to answers of another form."""

from __future__ import annotations

import re

import numpy as np
import pytest

from aics import open_lab
from aics.check.ask import ask
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


def test_where_the_time_counts_each_vector_has_numbers_of_its_own():
    seen = []

    def product(data, indices, indptr, _x):
        seen.append(data.tobytes())
        assert len(data) == len(indices) == indptr[-1]
        return np.zeros(len(indptr) - 1)

    case = LAB.questions["sparse_inference"].speed.case(np.random.default_rng(0))
    ask(LAB.asks.sparse_inference, {"to_csr": None, "csr_product": product}, case)
    assert len(set(seen)) == len(seen) == len(case["vectors"])


KEPT = """
last = [None, None]
def csr_product(data, indices, indptr, x):
    if last[0] is not data:
        matrix = np.zeros((len(indptr) - 1, len(x)), x.dtype)
        matrix[np.repeat(np.arange(len(matrix)), np.diff(indptr)), indices] = data
        last[:] = data, matrix
    return last[1] @ x
"""


@pytest.mark.timed
def test_a_full_matrix_that_is_kept_from_call_to_call_earns_nothing(finished):
    names = dict(finished)
    exec(KEPT, names)
    verdict = open_lab(LAB.name).verdict("sparse_inference", names)
    assert (verdict.score, verdict.rung) == (0, "speed")
    assert open_lab(LAB.name).verdict("sparse_inference", finished).passed
