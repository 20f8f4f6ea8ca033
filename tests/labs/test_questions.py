"""What every question of every lab keeps to, whatever it asks."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.course import labs

EVERY = [pytest.param(lab, name, id=f"{lab.name}-{name}") for lab in labs() for name in lab.questions]
every_question = pytest.mark.parametrize(("lab", "question"), EVERY)
every_lab = pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
#: Misconceptions and other right ways that each question of a lab has at least.
LEAST = {
    "lab1_preprocessing": (6, 2),
    "lab2_layers": (4, 1),
    "lab3_vgg19": (5, 2),
    "lab4_dlp": (9, 2),
    "lab5_style_transfer": (6, 2),
    "lab6_mixed_sparse": (6, 2),
}
#: Points of the written questions.
WRITTEN = {
    "lab1_preprocessing": {"augmentation_survey": 10},
    "lab2_layers": {"img2col_why": 10},
    "lab3_vgg19": {"cost_why": 10},
    "lab4_dlp": {"tf_registration": 5, "conv_dispatch": 5},
    "lab5_style_transfer": {"style_why": 10},
    "lab6_mixed_sparse": {"mixed_precision_how": 5, "sparse_how": 5},
}
#: Questions about graphs, in which every draw has another form.
FREE_FORM = {"op_builder", "kernel_dispatch", "session_run"}
SEEDS = range(3)


def draw(lab, question, seed):
    return lab.questions[question].cases(np.random.default_rng(seed))


def form(value):
    return value.shape if isinstance(value, np.ndarray) else type(value)


def plain(case):
    return {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in case.items()}


@every_question
def test_the_oracle_gives_what_its_outputs_specify_and_leaves_its_case_alone(lab, question):
    expected, rule = lab.questions[question].expected, lab.rule(question)
    for case in (case for seed in SEEDS for case in draw(lab, question, seed)):
        before = plain(case)
        first, again = expected(**case), expected(**case)
        for name, array in first.items():
            output = rule.output(name)
            family = np.dtype({"floating": "f8", "integer": "i8"}.get(kind := output.wants(array.dtype), kind)).kind
            assert array.dtype in (np.float64, np.int64, np.uint8, np.bool_)
            assert family == array.dtype.kind or (family, array.dtype.kind) == ("u", "i")
            assert not output.finite or np.isfinite(array).all()
            np.testing.assert_array_equal(array, again[name])
        np.testing.assert_equal(plain(case), before)


@every_question
def test_draws_are_fresh_and_repeatable(lab, question):
    first, second, again = ([plain(case) for case in draw(lab, question, seed)] for seed in (0, 1, 0))
    np.testing.assert_equal(again, first)
    assert repr(first) != repr(second)
    assert len(first) == len(second)


@every_question
def test_draws_have_fixed_forms(lab, question):
    if question in FREE_FORM:
        pytest.skip("a graph has another form in each draw")
    first, second = ([{k: form(v) for k, v in case.items()} for case in draw(lab, question, seed)] for seed in (0, 1))
    assert first == second


@every_question
def test_answers_fit_into_a_frame(lab, question):
    """64 arrays at most travel back from the sandbox."""
    for case in draw(lab, question, 0):
        assert len(lab.questions[question].expected(**case)) <= 64


@every_question
def test_every_question_has_misconceptions_with_hints_and_other_right_ways(lab, question):
    own = [variant for variant in lab.misconceptions if variant.question == question]
    others = [variant for variant in lab.alternatives if variant.question == question]
    mistakes, ways = LEAST.get(lab.name, (3, 1))
    assert len(own) >= mistakes
    assert len(others) >= ways
    assert sum(variant.slow for variant in own) == (lab.questions[question].speed is not None)
    assert all(20 < len(variant.hint) < 400 for variant in own)


@every_lab
def test_points_add_up_to_100_beside_bonus_and_written_questions(lab):
    assert sum(question.points for question in lab.questions.values() if not question.bonus) == 100
    assert {written.name: written.points for written in lab.written.values()} == WRITTEN[lab.name]
