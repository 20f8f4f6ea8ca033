"""Who made the same rare mistake, as the verdicts say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aics.check.verdict import Evidence, Verdict
from autograder.similar.mistakes import shared_mistakes

RIGHT = Verdict(question="relu", score=5, max_score=5)
WRONG = Verdict(
    question="relu", score=0, max_score=5, rung="values", number=1, reason="output differs in 3 of 6 cells."
)
KNOWN = replace(WRONG, misconception="took_the_absolute_value", hint="Negative inputs were turned positive.")
RAISED = replace(WRONG, rung="raises", reason="Your code raised ValueError on a case.")


def of_class(*verdicts: Verdict, size: int = 40):
    """A class of `size`, the first of whom have these verdicts and all others a right one."""
    every = [*verdicts, *[RIGHT] * (size - len(verdicts))]
    return shared_mistakes({f"s{n:02}": {verdict.question: verdict} for n, verdict in enumerate(every)})


def seen(wrong: int, size: int = 6) -> Evidence:
    cells = np.zeros((1, 1))
    return Evidence(
        output="output", index=(0,), got=cells, expected=cells, marks=cells > 0, corner=(0, 0), wrong=wrong, size=size,
        error=1.0, allowed=0.0,
    )  # fmt: skip


def test_a_mistake_that_two_of_forty_made_weighs_by_its_rarity():
    (found,) = of_class(KNOWN, KNOWN)
    assert (found.students, found.asked, found.sure) == (["s00", "s01"], 40, True)
    assert found.title == "took the absolute value"
    assert found.hint == KNOWN.hint
    assert found.bits == np.log2(20)


def test_one_that_many_made_and_one_that_nobody_else_made_are_none():
    assert of_class(*[KNOWN] * 5) == []
    assert len(of_class(*[KNOWN] * 4)) == 1
    assert of_class(KNOWN) == []
    assert of_class(KNOWN, KNOWN, size=2) == []


def test_those_who_left_the_stub_are_not_counted():
    untouched = replace(WRONG, unfilled=True)
    assert of_class(untouched, untouched) == []
    (found,) = of_class(KNOWN, KNOWN, *[untouched] * 10)
    assert found.asked == 30


def test_what_is_another_questions_fault_or_the_machines_tells_nothing():
    caused = replace(KNOWN, cause="fully_connected is not right yet.")
    stopped = replace(WRONG, rung="stopped", reason="The code did not come back within 10 s and was stopped.")
    missing = replace(WRONG, rung="defined", reason="ReLULayer is not defined in this notebook.")
    for verdict in (caused, stopped, missing):
        assert of_class(verdict, verdict) == []


def test_a_guess_is_another_thing_than_what_is_sure():
    guess = replace(KNOWN, match="first")
    assert of_class(KNOWN, guess) == []
    (found,) = of_class(guess, guess)
    assert not found.sure
    assert found.title == "perhaps took the absolute value"


def test_mistakes_without_a_name_are_the_same_where_all_but_the_numbers_is():
    one = replace(RAISED, got="ValueError: operands could not be broadcast together with shapes (2,3) (4,)")
    same = replace(RAISED, got="ValueError: operands could not be broadcast together with shapes (5,3) (7,)")
    other = replace(RAISED, got="ValueError: cannot reshape array of size 6 into shape (4,)")
    (found,) = of_class(one, same, other)
    assert found.students == ["s00", "s01"]
    assert not found.sure
    assert "could not be broadcast" in found.title


def test_wrong_values_without_a_name_are_the_same_at_the_same_case_and_in_as_many_cells():
    half, also, all_of_it = (replace(WRONG, evidence=seen(wrong)) for wrong in (3, 3, 6))
    (found,) = of_class(
        half, replace(also, reason="output differs in 3 of 7 cells."), all_of_it, replace(half, number=2)
    )
    assert found.students == ["s00", "s01"]
