"""A question that fails with another one says which, and only then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aics.card.html import card_html
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


def test_of_two_that_are_too_slow_the_earlier_one_is_named():
    told = cause(verdict("backward", "speed"), verdict("forward", "speed"), verdict("size", "values"))
    assert told.startswith("The time of forward is part of this question's time, and too long by itself")


NO_CAUSE = [
    (verdict("backward"), FORWARD),
    (verdict("backward", "speed"), FORWARD),
    (verdict("backward", "raises", unfilled=True), FORWARD),
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


def test_the_card_tells_first_what_is_to_be_mended_first():
    told = with_causes(NEEDS, {v.question: v for v in (BACKWARD, FORWARD)})["backward"]
    assert told.said == f"{told.cause} Wrong."
    assert "mend that first. Wrong." in " ".join(card_text(told).split())


@pytest.mark.parametrize("match", ["all", "both"])
def test_what_may_follow_from_an_earlier_mistake_is_named_as_a_guess(match):
    named = replace(BACKWARD, misconception="sign", hint="The sign is lost.", match=match)
    alone = with_causes(NEEDS, {"backward": named, "forward": verdict("forward")})["backward"]
    below = with_causes(NEEDS, {"backward": named, "forward": FORWARD})["backward"]
    assert (alone.guessed, below.guessed) == (False, True)
    assert below.cause.startswith("forward is not right yet")
    words = " ".join(card_text(below).split())
    assert "(or it only follows from what is to be mended first): The sign is lost." in words
    for page in (card_html(below), card_html(below, sanitised=True)):  # the notebook, and the graded feedback
        assert "only follows from what is to be mended first" in page
    assert "only follows" not in card_text(alone)


def test_a_guess_keeps_what_makes_it_one():
    guess = replace(BACKWARD, misconception="sign", hint="The sign is lost.", match="first")
    below = with_causes(NEEDS, {"backward": guess, "forward": FORWARD})["backward"]
    assert below.guessed
    assert "it fits the first case that fails" in card_text(below)


def test_a_name_is_sure_again_once_the_earlier_question_is_right():
    named = replace(BACKWARD, misconception="sign")
    below = with_causes(NEEDS, {"backward": named, "forward": FORWARD})
    assert not with_causes(NEEDS, {**below, "forward": verdict("forward")})["backward"].guessed
