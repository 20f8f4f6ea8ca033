"""What a hand-in comes to, in which extra credit stands in for nothing."""

from __future__ import annotations

from autograder.gradebook.total import Mark, Total

READ = Mark(score=3, max_score=4, by_hand=True)
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


def test_a_list_has_extra_credit_beside_the_points_and_a_sign_for_what_waits():
    waiting = Mark(score=0, max_score=6, waiting=True)
    none, some, all_read = (Total.of(CODE, words) for words in ([waiting], [waiting, READ], [READ]))
    assert [total.figure for total in (none, some, all_read)] == ["60 / 90 + 10", "63 / 94 + 10", "63 / 94 + 10"]
    assert [total.written_figure for total in (none, some, all_read)] == ["? / 6", "3 + ? / 10", "3 / 4"]
    assert (Total().figure, Total().written_figure) == ("0 / 0", "0 / 0")


def test_hand_ins_are_averaged_each_kind_of_points_apart():
    waiting = Mark(score=0, max_score=4, waiting=True)
    mean = Total.mean([Total.of(CODE, [waiting], penalty=3), Total.of(CODE[:1], [READ])])
    assert mean.said == "61.5 of 92 points, 5 bonus, 1.5 off for lateness, 2 more wait for a person"
    assert mean.written_figure == "1.5 + ? / 4"
    assert Total.mean([]) == Total()
