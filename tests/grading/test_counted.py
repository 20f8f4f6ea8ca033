"""Functions that stay with the grader: what they answer, and that the calls of a sandbox are counted outside."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from autograder.course import ROOT, Lab
from autograder.course.counted import WeightedSums
from autograder.grading.line import NoAnswer

SUMS = WeightedSums(seed=1, names=("a", "b"), shape=(2, 3), rows=2, noted="layers that ran")
X, Y = 2 + np.arange(6.0).reshape(2, 3), np.ones((2, 3), np.float32)
LAB = Lab("lab3_vgg19")
ROOM = 1 << 16


def test_sums_are_the_same_again_and_others_for_each_name_order_and_seed():
    other = WeightedSums(seed=2, names=("a",), shape=(2, 3), rows=2, noted="")

    assert SUMS("a", X, Y).shape == (2, 2, 3)
    np.testing.assert_array_equal(SUMS("a", X, Y), SUMS("a", X, Y))
    for different in (SUMS("b", X, Y), SUMS("a", Y, X), SUMS("a", X), other("a", X, Y)):
        assert not np.isclose(SUMS("a", X, Y), different).any()


@pytest.mark.parametrize("call", [("c", X), (["a"], X), ("a", X[0]), ("a", X * 1j), ("a", X > 0)], ids=repr)
def test_what_is_no_call_is_refused(call):
    with pytest.raises(ValueError, match=r"is called|takes arrays of real numbers"):
        SUMS(*call)


#: Calls of predict as an answer makes them, and what is counted of them: pictures, -1 behind each batch.
CALLS = {
    "predict(pictures[:2]); predict(pictures[1:3])": [0, 1, -1, 1, 2, -1],
    "[predict(pictures[:1]) for _ in range(3)]": [0, -1] * 3,
    "try: predict(pictures + 100)\n    except ValueError: pass": [],
    "predict(pictures[:1]); predict.__closure__[2].cell_contents.clear()": [0, -1],
}


@pytest.mark.parametrize("calls", CALLS)
def test_calls_from_a_sandbox_are_counted_whatever_its_code_notes(bench, calls):
    bench.fresh_student(LAB)
    case = LAB.questions["evaluate"].hidden(np.random.default_rng(0))[0]
    bench.student.kernel.execute(f"def evaluate(predict, pictures, labels, batch):\n    {calls}\n    return 0.5", 10)
    with bench.student.serving(LAB.name) as student:
        answer = student.line.ask("evaluate", case, student.kernel.allowance(10).left, ROOM)

    assert answer.values["pictures handed to predict"].tolist() == CALLS[calls]


def test_code_whose_call_is_refused_gets_the_reason(bench):
    bench.fresh_student(LAB)
    case = LAB.questions["evaluate"].hidden(np.random.default_rng(0))[0]
    bench.student.kernel.execute("def evaluate(predict, pictures, *_):\n    return predict(pictures + 100)", 10)
    with bench.student.serving(LAB.name) as student:
        answer = student.line.ask("evaluate", case, student.kernel.allowance(10).left, ROOM)

    assert (answer.raised.type, answer.raised.line) == ("ValueError", "return predict(pictures + 100)")
    assert "others it does not know" in answer.raised.message


def test_endless_calls_cost_the_answer_and_no_more(bench):
    bench.fresh_student(LAB)
    case = LAB.questions["evaluate"].hidden(np.random.default_rng(0))[0]
    bench.student.kernel.execute("def evaluate(predict, pictures, *_):\n    while True: predict(pictures)", 10)
    with bench.student.serving(LAB.name) as student, pytest.raises(NoAnswer, match="timeout"):
        student.line.ask("evaluate", case, student.kernel.allowance(0.5).left, ROOM)


JUDGED = """
from autograder.course import labs
from autograder.measure.draws import misjudged
counted = [(lab, q.name) for lab in labs() for q in lab.questions.values() if q.name in {names}]
print([len(counted), *(row for lab, name in counted for row in misjudged(lab, name, range(2)))])
"""
NAMES = ("evaluate", "session_run", "vgg_forward_layers", "transfer_step", "loss_scaling")


@pytest.mark.slow
@pytest.mark.parametrize("kernel", ["Haswell", "Zen", "Sandybridge", "Prescott"])
def test_known_code_is_judged_alike_by_other_processors_kernels(kernel):
    environment = {**os.environ, "OPENBLAS_CORETYPE": kernel}
    command = [sys.executable, "-c", JUDGED.format(names=NAMES)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == f"[{len(NAMES)}]"
