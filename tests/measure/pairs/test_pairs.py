"""What becomes of two mistakes at once, of a tiny lab."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from autograder.authoring.pairs import Pair, pairs_of
from autograder.measure.listed import Together
from autograder.measure.pairs.table import found
from autograder.measure.pairs.tally import Measured
from autograder.measure.pairs.trial import BROKEN, MASKED, REAL, PairTrial, trials
from docs.make.tables import printed
from tests.authoring.tiny_lab import Tiny
from tests.measure.twice import MISTAKES, tiny_with_mistakes

MADE_UP = Together("double", frozenset(("left_negative", "right_fivefold")), "-3 and 5 are 2.")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tiny]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield tiny_with_mistakes(tmp_path_factory.mktemp("checkout"), monkeypatch)


@pytest.fixture(scope="module")
def pairs(tiny: Tiny) -> list[Pair]:
    return pairs_of(tiny.lab, "double")


@pytest.fixture(scope="module")
def tried(tiny: Tiny, pairs: list[Pair]) -> dict[frozenset[str], PairTrial]:
    found = trials(tiny.lab, "double", [pair for pair in pairs if pair.source])
    return {frozenset((each.one, each.other)): each for each in found}


def test_every_pair_is_there_once(pairs: list[Pair]) -> None:
    assert len({frozenset((pair.one, pair.other)) for pair in pairs}) == len(pairs) == 15
    assert {each for pair in pairs for each in (pair.one, pair.other)} == set(MISTAKES)


@pytest.mark.parametrize(
    ("two", "kind", "alive"),
    [
        ({"left_negative", "left_only"}, REAL, False),
        ({"left_negative", "right_fivefold"}, REAL, True),
        ({"right_fivefold", "left_only"}, MASKED, False),
        ({"left_again", "renamed"}, BROKEN, False),
    ],
)
def test_a_pair_is_what_its_answers_show(
    tried: dict[frozenset[str], PairTrial], two: set[str], kind: str, alive: bool
) -> None:
    assert (tried[frozenset(two)].kind, tried[frozenset(two)].alive) == (kind, alive)


def test_a_name_that_is_one_of_the_two_is_true(tried: dict[frozenset[str], PairTrial]) -> None:
    hidden = tried[frozenset(("right_fivefold", "left_only"))]
    assert (hidden.misconception, hidden.name, hidden.true) == ("left_only", "firm", True)


def test_a_pair_that_loses_no_points_has_to_be_explained(
    pairs: list[Pair], tried: dict[frozenset[str], PairTrial]
) -> None:
    every = list(tried.values())
    measured = Measured("lab0_tiny", pairs, every, [], [])
    assert [{each.one, each.other} for each in measured.uncaught] == [{"left_negative", "right_fivefold"}]
    assert not measured.holds
    assert "left_negative and right_fivefold together lose no points" in " ".join(printed(found([measured])).split())
    explained = replace(measured, listed=[MADE_UP])
    assert explained.holds
    assert len(explained.real) == len(measured.real) - 1


def test_an_explanation_of_what_loses_points_is_refuted(pairs: list[Pair]) -> None:
    assert Measured("lab0_tiny", pairs, [], [], [MADE_UP]).refuted == [MADE_UP]
    assert Measured("lab0_tiny", pairs, [], [], [MADE_UP], limit=1).holds
