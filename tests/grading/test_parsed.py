"""What of a piece of code decides something, and what only people read."""

from __future__ import annotations

import pytest

from autograder.course import ROOT
from autograder.grading.parsed import Piece, parsed

WORDS = [
    ('Output(reads="one")', 'Output(reads="another")'),
    ('Output(reads=READS["loss"])', "Output(reads=WORDS[name])"),
    ('Tolerance(rtol=1, reason="measured" " twice")', 'Tolerance(rtol=1, reason="")'),
]
DECISIONS = [
    ("Tolerance(rtol=1)", "Tolerance(rtol=2)"),
    ("Output(name=NAMES[0])", "Output(name=NAMES[1])"),
    ("Output(reads=told(1))", "Output(reads=told(2))"),
]


def piece(source: str) -> Piece:
    return parsed(f"it = {source}\n", ROOT / "solutions" / "lab" / "questions.py").defines["it"]


@pytest.mark.parametrize(("one", "other"), WORDS)
def test_words_are_no_part_of_it_wherever_they_stand(one, other):
    assert piece(one).digest == piece(other).digest
    assert not {name for name, _ in piece(one).uses} & {"READS", "WORDS"}


@pytest.mark.parametrize(("one", "other"), DECISIONS)
def test_what_decides_is(one, other):
    assert piece(one).digest != piece(other).digest
