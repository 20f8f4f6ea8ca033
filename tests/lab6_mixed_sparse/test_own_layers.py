"""A student's own layers of lab 2 may differ where lab 2 lets them: lab 6 is right on them all the same."""

from __future__ import annotations

import warnings

import pytest

from aics.check.judge import judge
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.public_cases import public_cases
from autograder.authoring.start import working_folder
from autograder.course import Lab

LAB = Lab("lab6_mixed_sparse")
#: What stands in the finished file, and in the student's.
CHANGES = {
    "(self.input >= 0)": "(self.input > 0)",
    "self.d_bias = top_diff.sum(axis=0, keepdims=True)": "self.d_bias = top_diff.sum(axis=0)",
}


@pytest.fixture(scope="module")
def namespace():
    with working_folder(LAB) as folder:
        file = folder / "stu_upload" / "layers_1.py"
        text = file.read_text("utf-8")
        for finished, own in CHANGES.items():
            assert finished in text
            text = text.replace(finished, own)
        file.write_text(text, "utf-8")
        yield run_cells(solution_cells(LAB), beside=folder)


@pytest.mark.parametrize("question", ["mixed_train_step", "mixed_training", "sparse_training"])
def test_training_is_right_on_layers_with_another_slope_at_0_and_a_plain_d_bias(namespace, question):
    asked, cases = LAB.questions[question], public_cases(LAB.questions[question])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        answers = [LAB.answer(question, namespace, case) for case in cases]
    verdict = judge(LAB.rule(question), cases, [asked.expected(**case) for case in cases], answers)
    assert verdict.passed, verdict.reason
