"""Planted copies stand before innocent pairs; `python benchmarks/similar.py` prints the same of every lab."""

from __future__ import annotations

import pytest

from autograder.course import Lab
from benchmarks.planted import KINDS, planted
from benchmarks.ranked import orders, ranks

#: Copies of a whole hand-in; of the fourth kind, half.
WHOLE = KINDS[:3]


@pytest.fixture(scope="module", params=["lab3_vgg19"])
def above(request: pytest.FixtureRequest) -> dict[str, dict[str, int]]:
    """Way to rank -> kind of copy -> innocent pairs above it, in a class of thirty."""
    lab = Lab(request.param)
    made = planted(lab, 30, KINDS)
    return {way: {kind: n for kind, _, n in ranks(order, made.copies)} for way, order in orders(lab, made)}


def test_no_innocent_pair_stands_above_a_whole_copy(above):
    assert {kind: above["as the command"][kind] for kind in WHOLE} == dict.fromkeys(WHOLE, 0)
