"""Mistakes in two questions of which one builds on the other."""

from __future__ import annotations

import pytest

from autograder.course import Lab
from autograder.measure.pairs.depending import ChainTrial, chains_of, trials
from autograder.measure.pairs.tally import Measured


def chain(mistake: str, name: str, *rungs: str, cause: str = "") -> ChainTrial:
    about = dict(lab="lab", question="later", earlier="earlier", earlier_mistake="wrong", cause=cause)
    return ChainTrial(rungs=rungs, misconception=name, match="all", mistake=mistake, **about)


@pytest.mark.parametrize(
    ("judged", "holds"),
    [
        (chain("", "", ""), True),  # the later question is right, and keeps its points
        (chain("", "", "values"), True),  # it fails, and nothing of its own is blamed
        (chain("", "other", "values"), False),
        (chain("", "other", "values", cause="earlier is not right yet"), True),  # a guess, and what to mend first
        (chain("own", "own", "values"), True),
        (chain("own", "other", "values"), False),
        (chain("own", "", ""), False),  # its own mistake is not caught
    ],
)
def test_a_later_question_is_blamed_for_its_own_mistake_alone(judged: ChainTrial, holds: bool) -> None:
    assert Measured("lab", [], [], [judged], []).holds is holds


def test_chains_are_the_same_in_every_run() -> None:
    lab = Lab("lab2_layers")
    assert chains_of(lab, "relu") == []
    assert chains_of(lab, "pool_backward") == chains_of(lab, "pool_backward")
    assert {each.earlier for each in chains_of(lab, "pool_backward")} == {"pool_forward"}


def test_below_a_mistake_the_check_says_which_question_is_wrong_and_guesses_at_most() -> None:
    lab = Lab("lab2_layers")
    chain, *_ = chains_of(lab, "pool_backward")
    right, *wrong = list(trials(lab, [chain]))
    assert (right.alive, right.name, right.cause) == (True, "none", "")
    assert [each.misconception for each in wrong] == [each.mistake for each in wrong]
    assert all(each.name == "maybe" and each.cause.startswith(chain.earlier) for each in wrong)
