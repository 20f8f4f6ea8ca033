"""What labs say that others ask: cases that fit the asks, and the numbers that the sources print."""

from __future__ import annotations

import inspect
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from autograder.course import CourseError, Lab, labs
from autograder.measure.others.asked import Asked, asked
from autograder.measure.others.courses import COURSES, NBGRADER

ASKED = [(lab, each) for lab in labs() for each in asked(lab)]
NAMES = [f"{each.by.name}, {each.question}" for _, each in ASKED]


@cache
def expected(lab: Lab, course: str, question: str) -> list[dict[str, np.ndarray]]:
    """What is right for each case of one course's check."""
    (each,) = (e for e in asked(lab) if (e.by.name, e.question) == (course, question))
    return [lab.questions[question].expected(**check.case) for check in each.checks()]


@pytest.mark.parametrize(("lab", "each"), ASKED, ids=NAMES)
def test_a_case_fits_the_ask_and_what_is_right_holds(lab: Lab, each: Asked) -> None:
    parameters = inspect.signature(getattr(lab.asks, each.question)).parameters.values()
    keywords = {p.name: p.default is p.empty for p in parameters if p.kind is p.KEYWORD_ONLY}
    for check, right in zip(each.checks(), expected(lab, each.by.name, each.question), strict=True):
        assert {name for name, needed in keywords.items() if needed} <= set(check.case) <= set(keywords)
        assert set(check.names) <= set(right)
        assert check.holds(right, right)


@pytest.mark.parametrize(("lab", "each"), ASKED, ids=NAMES)
def test_what_a_course_asks_for_are_outputs_of_the_question(lab: Lab, each: Asked) -> None:
    (check, *_), (right, *_) = each.checks(), expected(lab, each.by.name, each.question)
    assert set(each.outputs) <= set(right)
    assert set(check.names) <= set(each.outputs or right)


def test_no_course_asks_a_question_twice() -> None:
    assert len(set(NAMES)) == len(NAMES)


def test_every_course_asks_something_and_says_where() -> None:
    assert {each.by for _, each in ASKED} | {NBGRADER} == set(COURSES)
    assert all(each.where for _, each in ASKED)
    assert all(course.address.startswith("https://") for course in COURSES)


#: Course, question, which of its cases, output, and numbers that the published check prints.
PRINTED = [
    ("CS231n", "fully_connected_forward", 0, "output", [1.49834967, 1.70660132]),
    ("CS231n", "conv_forward", 0, "output", [-0.08759809, -0.10987781, -0.18387192, -0.2109216, 0.21027089]),
    ("CS231n", "pool_forward", 0, "output", [-0.26315789, -0.24842105]),
    ("CS231n", "relu", 0, "output", [0, 0, 0, 0, 0, 0, 0.04545455, 0.13636364]),
    ("CMU 10-414/714", "relu", 0, "output", [3.35, 4.2, 0.25, 4.5]),
    ("CMU 10-414/714", "relu", 1, "bottom_diff", [7.5, 2.7, 0.6, 0.2, 0.3, 6.7]),
    ("CMU 10-414/714", "softmax_loss", 0, "loss", [4.041218]),
    ("CMU 10-414/714", "softmax_loss", 1, "loss", [3.3196716]),
    ("CMU 10-414/714", "softmax_loss", 0, "bottom_diff", [0.00068890385, 0.0015331834, 0.013162163, -0.16422154]),
    ("TinyTorch", "conv_forward", 0, "output", [6, 8, 12, 14]),
    ("TinyTorch", "conv_forward", 1, "output", [12, 16, 24, 28, 24, 32, 48, 56]),
    ("TinyTorch", "pool_forward", 2, "output", [6, 8, 14, 16]),
    ("TinyTorch", "conv_output_size", 0, "output", [32, 30, 15, 28, 14, 28]),
]


@pytest.mark.parametrize(("course", "question", "case", "output", "numbers"), PRINTED)
def test_a_case_is_the_published_one(course: str, question: str, case: int, output: str, numbers: list) -> None:
    lab = next(lab for lab, each in ASKED if (each.by.name, each.question) == (course, question))
    found = expected(lab, course, question)[case][output].ravel()[: len(numbers)]
    assert found == pytest.approx(numbers, rel=1e-5, abs=1e-7)


def test_a_question_that_is_none_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "others_of_nobody.py").write_text(
        "from autograder.measure.others.asked import Asked\n"
        "from autograder.measure.others.courses import AICS\n\n"
        'OTHERS = [Asked(by=AICS, question="rule", where="nowhere", checks=list)]\n'
    )
    lab = Lab(ASKED[0][0].name)
    questions = lab.questions
    monkeypatch.setattr(Lab, "folder", tmp_path)
    monkeypatch.setitem(lab.__dict__, "questions", questions)
    with pytest.raises(CourseError, match=r"others_of_nobody\.py: 'rule' is no question of .*; there are: "):
        asked(lab)
