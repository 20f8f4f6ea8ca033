"""Hand-ins that come again and again, each with what the page of the one before told."""

from __future__ import annotations

import secrets

import numpy as np
import pytest

from autograder.attacks import attempts
from autograder.grading import seeds
from autograder.grading.attempt import Attempt
from autograder.grading.run import code_of
from autograder.grading.steps import Step

from .handins import lab_named, steps

EXHIBITS = attempts("new_cases").values()
#: How often a student hands in.
TIMES = 8


def gained(bench, exhibit, draw):
    """The points after at most so many hand-ins; each knows what the pages before it told."""
    lab, told = lab_named(exhibit.lab), []
    for _ in range(TIMES):
        first = Step(place=-1, grade_id="", source=f"FEEDBACK = {told!r}")
        handed_in = [first, *steps(exhibit)]
        code = code_of(handed_in)
        outcome = Attempt(lab, handed_in, bench, lambda question, code=code: draw(question, code), only=exhibit.asked)
        verdict = outcome.run().verdicts[exhibit.asked[0]]
        if verdict.score:
            return verdict.score
        told.append(verdict.evidence.expected.tolist() if verdict.evidence else [])
    return 0


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_succeeds_where_the_cases_stay_the_same(exhibit, bench):
    assert gained(bench, exhibit, lambda _question, _code: np.random.default_rng(1)) > 0


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_gains_nothing_from_the_grader(exhibit, bench):
    secret = secrets.token_bytes(32)

    def draw(question, code):
        return seeds.generator(seeds.seed(secret, "mallory", exhibit.lab, question, code))

    assert gained(bench, exhibit, draw) == 0
