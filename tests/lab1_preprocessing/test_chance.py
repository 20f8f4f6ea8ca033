"""How likely is it that a right flip fails, or a wrong one passes? Computed, not tried."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.course import Lab

LAB = Lab("lab1_preprocessing")
ATOL = LAB.rule("flip").output("share_flipped").tolerance.atol
COUNT = LAB.asks.FLIPS
CASES = LAB.questions["flip"].cases(np.random.default_rng(0))
#: Drawn twice for a hand-in: the public cases and the hidden ones.
SETS = 2
ALLOWED = 1e-6


def strays(count: int, p: float, by: float = ATOL) -> float:
    """Probability that the share of `count` coins lies further than `by` from p."""
    from scipy.stats import binom  # half a second, not for every process that collects this file

    low, high = count * (p - by), count * (p + by)
    return binom.cdf(np.ceil(low) - 1, count, p) + binom.sf(np.floor(high), count, p)


def false_alarm(p: float) -> float:
    """Probability, at most, that a right flip fails a case.

    Neighbours' fates are not independent pair by pair, but every second pair is. Their mean strays
    only if one half's mean does.
    """
    agree = p**2 + (1 - p) ** 2
    neighbours = strays((COUNT - 1) // 2, agree) + strays(COUNT // 2, agree)
    return strays(COUNT, p) + 2 * strays(COUNT, agree) + neighbours


def test_a_right_flip_fails_less_than_once_in_a_million_hand_ins():
    total = SETS * sum(false_alarm(case["p"]) for case in CASES)
    print(f"false alarms: {total:.1e}")
    assert total < ALLOWED


def test_a_fair_share_strays_as_rarely_as_the_tolerance_says():
    assert strays(COUNT, 0.5) < 1e-13


@pytest.mark.parametrize("wrong", [0.5, 0.8])
def test_another_probability_never_passes_for_a_fifth(wrong):
    assert 0.2 in [case["p"] for case in CASES]
    from scipy.stats import binom

    inside = binom.cdf(COUNT * (0.2 + ATOL), COUNT, wrong) - binom.cdf(COUNT * (0.2 - ATOL), COUNT, wrong)
    assert inside < 1e-9


def test_equal_fates_are_told_from_chance_in_some_case():
    """One coin for all, or the same coins for every seed, agree always."""
    assert any(p**2 + (1 - p) ** 2 < 1 - 2 * ATOL for p in (case["p"] for case in CASES))


def test_the_asks_repeat_as_often_as_the_oracles():
    case = LAB.questions["random_resized_crop"].cases(np.random.default_rng(0))[0]
    assert len(LAB.questions["random_resized_crop"].expected(**case)["crops"]) == LAB.asks.CROPS
    case = LAB.questions["color_jitter"].cases(np.random.default_rng(0))[0]
    assert len(LAB.questions["color_jitter"].expected(**case)["pictures"]) == LAB.asks.JITTERS
