"""Planted copies stand before innocent pairs; `python benchmarks/similar.py` prints the same of every lab."""

from __future__ import annotations

import pytest

from autograder.course import Lab
from benchmarks.planted import KINDS, Planted
from benchmarks.ranked import orders, ranks
from tests.similar.conftest import SMALL

pytestmark = pytest.mark.slow
#: Copies of a whole hand-in; of the fourth kind, half.
WHOLE = KINDS[:3]


@pytest.fixture(scope="module")
def above(sixty: Planted) -> dict[str, dict[str, int]]:
    """Way to rank -> kind of copy -> innocent pairs above it, of 1766 that there are."""
    return {way: {kind: n for kind, _, n in ranks(order, sixty.copies)} for way, order in orders(Lab(SMALL), sixty)}


def test_no_innocent_pair_stands_above_a_whole_copy(above):
    assert {kind: above["as the command"][kind] for kind in WHOLE} == dict.fromkeys(WHOLE, 0)
