"""A question that fails with another one says which, and only then."""

from __future__ import annotations

import pytest

from aics.card.text import card_text
from aics.check.causes import with_causes
from aics.check.verdict import Verdict

NEEDS = {"backward": ("forward", "size"), "forward": ("size",)}


def verdict(question, rung="", **facts):
    return Verdict(**{"question": question, "score": 0 if rung else 4, "max_score": 4, "rung": rung, **facts})


def cause(*verdicts):
    return with_causes(NEEDS, {v.question: v for v in verdicts})["backward"].cause


BACKWARD, FORWARD = verdict("backward", "values", reason="Wrong."), verdict("forward", "raises")


def test_the_question_that_is_wrong_too_is_named():
    assert cause(BACKWARD, FORWARD).startswith("forward is not right yet, and this question may fail because of it")
    assert cause(BACKWARD, FORWARD, verdict("size", "dtype")).startswith("forward, size are not right yet")


NO_CAUSE = [
    (verdict("backward"), FORWARD),
    (verdict("backward", "speed"), FORWARD),
    (verdict("backward", "raises", unfilled=True), FORWARD),
    (verdict("backward", "values", misconception="sign"), FORWARD),
    (verdict("backward", "allowed"), FORWARD),
    (verdict("backward", "defined"), FORWARD),
    (BACKWARD, verdict("forward")),
    (BACKWARD, verdict("forward", "speed")),
    (BACKWARD, verdict("flatten", "values")),
    (BACKWARD, Verdict(question="forward", score=0, max_score=0, rung="defined")),
    (BACKWARD,),
]


@pytest.mark.parametrize("verdicts", NO_CAUSE)
def test_nothing_is_named_where_the_mistake_is_its_own(verdicts):
    assert cause(*verdicts) == ""


def test_a_cause_that_is_gone_is_not_told_any_more():
    told = with_causes(NEEDS, {v.question: v for v in (BACKWARD, FORWARD)})
    assert with_causes(NEEDS, {**told, "forward": verdict("forward")})["backward"].cause == ""


def test_the_card_tells_the_cause_behind_the_reason():
    told = with_causes(NEEDS, {v.question: v for v in (BACKWARD, FORWARD)})["backward"]
    assert told.said == f"Wrong. {told.cause}"
    assert "Wrong. forward is not right yet" in card_text(told)
