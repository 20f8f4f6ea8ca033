"""What is counted beside a student's code is counted as it likes; the grader counts in arrays that it made itself."""

from __future__ import annotations

import pytest

from autograder.attacks import attempts

from .counting import COUNTED
from .handins import assert_gains_nothing, lab_named, steps
from .stock import stock_scores

EXHIBITS = attempts("measured_outside").values()


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_succeeds_where_it_is_counted_beside_the_code(exhibit, bench):
    scores = stock_scores(bench, lab_named(exhibit.lab), steps(exhibit), exhibit.asked, COUNTED)

    assert all(scores.values())


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_gains_nothing_from_the_grader(exhibit, bench):
    assert_gains_nothing(bench, exhibit)
