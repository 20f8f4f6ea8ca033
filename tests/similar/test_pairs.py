"""Pairs are ranked by what few others share, each question against what is usual there."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.similar.fingerprints import Fingerprints
from autograder.similar.mistakes import Shared
from autograder.similar.pairs import Pairs
from autograder.similar.usual import usual

WAYS = (
    "def f(x):\n    return np.stack([x ** 2, np.exp(x) + {0}], axis={0})\n",
    "def f(x):\n    total = []\n    for each in x:\n        total.append(each * {0} % 17)\n    return sum(total)\n",
    "f = lambda x: (x @ x.T)[np.triu_indices(len(x), {0})] / x.mean(axis=0, keepdims=True)\n",
    "def f(x):\n    if x.ndim > {0}: return f(x.reshape(-1))\n    return dict(zip(x.tolist(), range(9)))['{0}']\n",
)
NATURAL = "def g(x):\n    return np.maximum(x, 0) * (x > -1) + np.zeros_like(x)\n"
STUDENTS = [f"s{number}" for number in range(6)]


def a_class() -> dict[str, Fingerprints]:
    """Six who all answer `g` in the one natural way, and `f` in four; s0 and s1 have a way of their own."""
    own = "def f(x):\n    y = np.einsum('ij,kj->ik', x, np.flip(x))\n    return np.roll(y, 3) ^ 0x5bd1e995\n"
    ways = {s: own if n < 2 else WAYS[n - 2].format(n) for n, s in enumerate(STUDENTS)}
    return {"f": Fingerprints(ways), "g": Fingerprints(dict.fromkeys(STUDENTS, NATURAL))}


def shared(question: str, *students: str, asked: int = 8) -> Shared:
    return Shared(question=question, title="a mistake", hint="", sure=True, students=students, asked=asked)


def test_what_two_alone_share_stands_first_and_what_all_share_accuses_nobody():
    pairs = Pairs(STUDENTS, code := a_class())
    first, *_ = pairs.top(5)
    assert (first.one, first.other) == ("s0", "s1")
    (alike,) = first.alike
    assert (alike.question, alike.part) == ("f", 1)
    assert alike.as_alike == pytest.approx(1 / 15)
    assert first.bits == pytest.approx(min(np.log2(15), code["f"].shared[0, 1]))
    assert (pairs.base_rates["g"] == 1).all()


def test_beside_a_pair_stands_what_each_shares_with_the_next():
    pairs = Pairs(STUDENTS, {}, [shared("f", "s0", "s1"), shared("g", "s1", "s2")])
    found = {(pair.one, pair.other): pair for pair in pairs.top(5)}
    assert found["s0", "s1"].next_one == 0
    assert found["s0", "s1"].next_other == 2


def test_mistakes_alone_rank_pairs_and_pairs_that_share_nothing_are_none():
    made = [shared("f", "s0", "s1"), shared("g", "s0", "s1"), shared("g", "s2", "s3", asked=4)]
    first, second = Pairs(STUDENTS, {}, made).top(5)
    assert (first.one, first.other, first.bits) == ("s0", "s1", 4)
    assert [each.question for each in first.mistakes] == ["f", "g"]
    assert (second.one, second.other, second.bits) == ("s2", "s3", 1)


def test_a_mistake_adds_its_bits_to_those_of_the_code():
    alone = Pairs(STUDENTS, a_class()).top(1)[0].bits
    (both,) = Pairs(STUDENTS, a_class(), [shared("f", "s0", "s1")]).top(1)
    assert both.bits == pytest.approx(alone + 2)


def test_a_short_line_counts_no_more_than_it_has_however_few_have_it():
    """Nobody else writes it so, and still it is a line that anybody may write."""
    short = {"s0": "y = np.maximum(x, 0) + np.minimum(x, 3)", "s1": "z = np.maximum(q, 0) + np.minimum(q, 3)"}
    code = Fingerprints({s: short.get(s, WAYS[n - 2].format(n)) for n, s in enumerate(STUDENTS)})
    pairs = Pairs(STUDENTS, {"f": code})
    assert code.likeness[0, 1] == pytest.approx(1)
    assert pairs.base_rates["f"][0, 1] == pytest.approx(1 / 15)
    assert 0 < pairs.bits[0, 1] <= code.shared[0, 1] < 0.5 * np.log2(15)


def test_every_pair_counts_once_and_is_ordered_by_its_bits():
    pairs = Pairs(STUDENTS, a_class())
    assert len(pairs.of_each) == 15
    found = pairs.top(15)
    assert [pair.bits for pair in found] == sorted((pair.bits for pair in found), reverse=True)
    assert all(pair.one < pair.other for pair in found)


def test_who_did_not_answer_shares_nothing_there():
    code = {"f": Fingerprints({"s0": NATURAL, "s1": NATURAL, "s2": WAYS[0]})}
    pairs = Pairs(STUDENTS, code)
    assert (pairs.base_rates["f"][3:] == 1).all()
    assert pairs.top(5)[0].alike[0].as_alike == pytest.approx(1 / 3)


def test_how_often_right_answers_look_alike_is_told_of_right_ones_alone():
    code = a_class()
    natural = usual("g", code["g"], STUDENTS[:4])
    assert (natural.answers, natural.right, natural.half, natural.same) == (6, 4, 1, 1)
    assert usual("f", code["f"], STUDENTS[2:6]).same == 0
    assert usual("f", code["f"], STUDENTS[:2]).half == 1
    assert usual("f", code["f"], ["s3", "who?"]).right == 1
