"""Each question stands on its own, and asks take odd answers without falling over."""

from __future__ import annotations

import nbformat
import numpy as np
import pytest

from aics.check.judge import judge
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.public_cases import public_cases
from autograder.course import Lab

LAB = Lab("lab1_preprocessing")
CELLS = solution_cells(LAB)
#: What a student's unfinished function may give back.
ODD = [None, 3, [1, 2], "picture", np.zeros(5), np.zeros((2, 3)), np.array(None)]


def stub_of(question: str) -> str:
    name = f"{question}_code"
    return next(c.source for c in nbformat.read(LAB.released, 4).cells if c.id == name)


def verdict(question: str, namespace: dict, cases: list | None = None):
    q = LAB.questions[question]
    cases = cases or public_cases(q)
    answers = [LAB.answer(question, namespace, case) for case in cases]
    return judge(LAB.rule(question), cases, [q.expected(**case) for case in cases], answers)


@pytest.mark.parametrize("question", LAB.questions)
def test_a_question_is_judged_while_all_others_are_still_empty(question):
    others = {f"{name}_code": stub_of(name) for name in LAB.questions if name != question}
    assert verdict(question, run_cells(CELLS, others)).passed


@pytest.mark.parametrize("question", LAB.questions)
def test_an_empty_stub_names_itself(question):
    namespace = run_cells(CELLS, {f"{name}_code": stub_of(name) for name in LAB.questions})
    answer = LAB.answer(question, namespace, public_cases(LAB.questions[question])[0])
    assert answer.raised.unfilled
    assert f"lab 1, {question}: return" in answer.raised.message


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("question", LAB.questions)
def test_an_odd_answer_scores_nothing_and_stays_the_students_own_mistake(question, odd):
    namespace = run_cells(CELLS)
    for name in ("to_channels_first", "to_channels_last") if question == "layout" else (question,):
        namespace[name] = lambda *_, **__: odd
    found = verdict(question, namespace)
    assert found.score == 0
    assert found.reason


def test_the_stand_in_for_resize_picks_pixels_and_blends_nothing():
    image = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    picked = LAB.asks._pick(image, 4, 2)
    assert picked.shape == (4, 2, 3)
    assert picked[:, :, 0].tolist() == [[0, 6], [0, 6], [12, 18], [12, 18]]


def test_the_stand_in_for_center_crop_peels_both_ends_and_refuses_what_is_too_small():
    image = np.arange(5 * 7).reshape(5, 7, 1)
    assert LAB.asks._peel(image, 3, 3)[:, :, 0].tolist() == [[9, 10, 11], [16, 17, 18], [23, 24, 25]]
    with pytest.raises(ValueError, match="cannot crop 6 x 3 from 5 x 7"):
        LAB.asks._peel(image, 6, 3)


@pytest.mark.parametrize("question", ["resize_then_crop", "crop_then_resize"])
def test_recipes_run_with_the_students_own_functions_and_the_usual_sizes(question):
    namespace = run_cells(CELLS)
    image = np.random.default_rng(0).integers(0, 256, (300, 451, 3)).astype(np.uint8)
    for picture in (image, image.transpose(1, 0, 2)):
        assert namespace[question](picture).shape == (224, 224, 3)


def test_a_flip_that_touches_numpys_global_state_is_seen():
    namespace = run_cells(CELLS)
    right = namespace["flip"]

    def flip(images, rng, p=0.5):
        np.random.random()
        return right(images, rng, p)

    found = verdict("flip", namespace | {"flip": flip})
    assert "global_state_used" in found.reason
    assert found.score == 0
