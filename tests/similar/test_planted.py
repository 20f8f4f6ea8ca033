"""Planted copies stand before innocent pairs; `python benchmarks/similar.py` prints the same of every lab."""

from __future__ import annotations

import pytest

from autograder.course import Lab
from benchmarks.planted import KINDS, Planted
from benchmarks.ranked import orders, ranks
from tests.similar.conftest import SMALL

pytestmark = pytest.mark.slow
#: Copies of a whole hand-in; the others took over a half and a quarter of one.
WHOLE = KINDS[:4]
#: Pairs that the command shows.
SHOWN = 30


@pytest.fixture(scope="module")
def above(sixty: Planted) -> dict[str, dict[str, int]]:
    """Way to rank -> kind of copy -> innocent pairs above it, of more than 1,700 that there are."""
    return {way: {kind: n for kind, _, n in ranks(order, sixty.copies)} for way, order in orders(Lab(SMALL), sixty)}


def test_no_innocent_pair_stands_above_a_whole_copy(above):
    assert {kind: above["as the command"][kind] for kind in WHOLE} == dict.fromkeys(WHOLE, 0)


def test_a_copy_of_half_of_the_answers_is_shown(above):
    assert above["as the command"]["half"] < SHOWN


def test_mistakes_alone_find_copies_of_whole_hand_ins_among_the_first_tenth(above):
    """Without the library, copies of those who made rare mistakes stand out, and nobody else's do."""
    found = [kind for kind in WHOLE if above["mistakes alone"][kind] < 177]
    assert len(found) >= 2
