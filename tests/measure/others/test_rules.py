"""How others compare: each rule takes what its source takes, and no more."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.measure.others.rules import (
    Rule,
    close,
    close_in_a_row,
    every,
    mean_square,
    norm,
    relative,
    same_class,
    shaped,
    summed,
)

WANTED = np.array([[1.0, -2.0, 3.0]])
NAN = np.array([[1.0, np.nan, 3.0]])
#: A rule, what it takes, and what it does not; an exception is a refusal.
CASES = [
    (close("a", rtol=1e-5, atol=0), [WANTED, WANTED + 1e-6, WANTED.astype(int)], [WANTED + 1e-3, WANTED[0], NAN]),
    (close_in_a_row("a", rtol=1e-5, atol=0), [WANTED, WANTED[0]], [WANTED + 1e-3, WANTED[:, :2]]),
    (relative("a", most=1e-6), [WANTED, WANTED[0], WANTED * (1 + 1e-6)], [WANTED * (1 + 1e-5), WANTED[:, :2], NAN]),
    (mean_square("a", most=0.003), [WANTED, WANTED[0], WANTED + 0.05, WANTED[:, :2]], [WANTED + 0.06, NAN]),
    (norm("a", most=1e-3), [WANTED, WANTED[0], WANTED + 1e-4], [WANTED + 1e-3, NAN, np.zeros(2)]),
    (summed("a", most=0.1), [WANTED, WANTED[:, ::-1], np.array([2.0])], [WANTED + 1, NAN]),
    (shaped("a"), [WANTED, np.zeros((1, 3))], [WANTED[0], NAN]),
    (same_class("a"), [WANTED, WANTED * 7], [-WANTED, np.zeros((2, 3))]),
    (every(shaped("a"), summed("a", most=0.1)), [WANTED, WANTED[:, ::-1]], [WANTED[0], np.zeros((1, 3))]),
]


def holds(rule: Rule, got: np.ndarray) -> bool:
    try:
        return rule({"a": got}, {"a": WANTED})
    except (AssertionError, ValueError):
        return False


@pytest.mark.parametrize(("rule", "takes", "refuses"), CASES)
def test_a_rule_takes_what_its_source_takes(rule: Rule, takes: list, refuses: list) -> None:
    assert [holds(rule, got) for got in takes] == [True] * len(takes)
    assert [holds(rule, got) for got in refuses] == [False] * len(refuses)


def test_a_long_answer_is_no_right_one_because_it_begins_right() -> None:
    assert not holds(mean_square("a"), np.append(WANTED, 0))
    assert not holds(mean_square("a"), np.zeros(0))
