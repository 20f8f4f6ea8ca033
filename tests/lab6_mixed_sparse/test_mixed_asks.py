"""Each question on mixed precision stands on its own, and says what came in the student's words."""

from __future__ import annotations

import nbformat
import pytest

from aics.check.judge import judge
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.public_cases import public_cases
from autograder.authoring.start import working_folder
from autograder.course import Lab

LAB = Lab("lab6_mixed_sparse")
#: mixed_training runs the step, and the step's parts; all others stand alone.
NEEDED = {"mixed_training": {"half_cast", "loss_scaling", "dynamic_loss_scaling", "mixed_train_step"}}
#: Questions on mixed precision, also where others stand beside them.
QUESTIONS = (
    *("half_cast", "half_matmul", "underflow", "master_weights", "loss_scaling", "dynamic_loss_scaling"),
    *("mixed_train_step", "mixed_training", "memory"),
)
each_question = pytest.mark.parametrize("question", QUESTIONS)


def stub_of(question: str) -> str:
    name = f"{question}_code"
    return next(c.source for c in nbformat.read(LAB.released, 4).cells if c.id == name)


def run(exchanged):
    with working_folder(LAB) as folder:
        return run_cells(solution_cells(LAB), exchanged, beside=folder)


def verdict(question: str, namespace, cases=None):
    cases = cases or public_cases(LAB.questions[question])
    answers = [LAB.answer(question, namespace, case) for case in cases]
    expected = [LAB.questions[question].expected(**case) for case in cases]
    return judge(LAB.rule(question), cases, expected, answers)


@each_question
def test_a_question_is_judged_while_the_others_are_still_empty(question):
    needed = {question} | NEEDED.get(question, set())
    namespace = run({f"{name}_code": stub_of(name) for name in LAB.questions if name not in needed})
    assert verdict(question, namespace).passed


@each_question
def test_an_empty_stub_names_itself(question):
    namespace = run({f"{question}_code": stub_of(question)})
    assert f"lab 6, {question}:" in verdict(question, namespace).reason


def test_a_wrong_part_costs_the_step_nothing():
    for part in ("half_cast", "loss_scaling", "dynamic_loss_scaling"):
        wrong = [m for m in LAB.misconceptions if m.question == part and not m.slow]
        for mistake in wrong:
            namespace = run({f"{part}_code": mistake.source})
            assert not verdict(part, namespace).passed
            assert verdict("mixed_train_step", namespace).passed, (part, mistake.name)


def test_the_asks_leave_no_double_behind():
    namespace = run({})
    names = ("half_cast", "scaled_gradients", "adjust_scale")
    before = [namespace[name] for name in names]
    verdict("mixed_train_step", namespace)
    assert [namespace[name] for name in names] == before


@pytest.mark.parametrize(
    ("question", "source", "said"),
    [
        ("half_cast", "def half_cast(tensors, stay):\n    return list(tensors)\n", "the dict of tensors"),
        ("underflow", "def underflow(gradient):\n    return gradient\n", "vanished"),
        ("master_weights", "def update_master(master, gradient, lr):\n    return master\n", "master"),
        ("dynamic_loss_scaling", "def adjust_scale(scaler, *_):\n    return scaler\n", "the pair (scaler, take)"),
        ("mixed_train_step", "def mixed_train_step(*_):\n    return None\n", "the pair (state, loss)"),
        ("loss_scaling", "def scaled_gradients(*_):\n    return 3\n", "net.backward"),
        ("memory", "def memory(*_):\n    return 3\n", "float32"),
    ],
)
def test_another_kind_of_answer_is_named(question, source, said):
    found = verdict(question, run({f"{question}_code": source}))
    assert not found.passed
    assert found.rung in ("type", "values", "shape")
    assert said in found.reason


@pytest.mark.parametrize("question", ["half_cast", "mixed_train_step", "mixed_training", "dynamic_loss_scaling"])
def test_the_order_in_which_arrays_come_does_not_matter(question):
    """A file of cases brings them in the order of their names."""
    cases = [dict(sorted(case.items())) for case in public_cases(LAB.questions[question])]
    assert verdict(question, run({}), cases).passed


def test_answers_may_be_bools_of_numpy_or_python():
    source = "def adjust_scale(scaler, gradients, interval=200):\n    new, take = own(scaler, gradients, interval)\n"
    own = next(
        a.source for a in LAB.alternatives if (a.question, a.name) == ("dynamic_loss_scaling", "remainders")
    ).replace("def adjust_scale", "def own")
    for take in ("np.bool_(take)", "int(take)", "np.array(take)"):
        assert verdict(
            "dynamic_loss_scaling",
            run({"dynamic_loss_scaling_code": own + "\n\n" + source + f"    return new, {take}\n"}),
        ).passed
