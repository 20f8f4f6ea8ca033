"""What a hand-in comes to, in which extra credit stands in for nothing."""

from __future__ import annotations

from autograder.gradebook.total import Mark, Total

CODE = (Mark(score=60, max_score=90), Mark(score=0, max_score=0, extra=10))


def test_extra_credit_never_stands_in_for_an_answer_that_nobody_read():
    total = Total.of(CODE, [Mark(score=0, max_score=10, waiting=True)])
    assert (total.graded, total.graded_out_of, total.bonus, total.waiting) == (60, 90, 10, 10)
    assert total.share == 60 / 90
    assert total.said == "60 of 90 points, 10 bonus, 10 more wait for a person"


def test_an_answer_that_was_read_counts():
    total = Total.of(CODE, [Mark(score=7, max_score=10, by_hand=True)])
    assert (total.graded, total.graded_out_of, total.waiting, total.score) == (67, 100, 0, 77)


def test_lateness_is_taken_off_apart_and_never_below_nothing():
    assert Total.of(CODE, penalty=6.5).said == "60 of 90 points, 10 bonus, 6.5 off for lateness"
    assert Total.of(CODE, penalty=100).score == 0
    assert Total.of(CODE, penalty=100).share == 0


def test_nothing_at_all_is_no_division_by_zero():
    assert Total().share == 0
