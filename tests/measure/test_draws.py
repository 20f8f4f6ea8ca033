"""Draws of hidden cases that known code is tried on: how they are cut, and that what they misjudge is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.course import Lab, labs
from autograder.measure.draws import BLOCK, Block, blocks, firsts, misjudged, misjudged_by

LAB = "lab2_layers"


def test_blocks_cover_each_draw_of_each_question_once() -> None:
    cut = blocks(labs(), 2 * BLOCK + 1)
    covered = [(block.lab, block.question, draw) for block in cut for draw in block.draws]
    assert len(covered) == len(set(covered)) == (2 * BLOCK + 1) * sum(len(lab.questions) for lab in labs())


@pytest.fixture
def with_wrong_names(monkeypatch: pytest.MonkeyPatch) -> Lab:
    """Lab 2, where a right way of relu is called a mistake, and a mistake a right way."""
    lab = Lab(LAB)
    right = next(v for v in lab.alternatives if v.question == "relu")
    wrong = next(v for v in lab.misconceptions if v.question == "relu")
    monkeypatch.setitem(lab.__dict__, "alternatives", [replace(wrong, name="no_way")])
    monkeypatch.setitem(lab.__dict__, "misconceptions", [replace(right, name="no_mistake")])
    return lab


def test_a_mistake_that_passes_and_right_code_that_does_not_are_told(with_wrong_names: Lab) -> None:
    found = list(misjudged(with_wrong_names, "relu", range(5, 8)))
    assert [(each.kind, each.name, each.draw) for each in found] == [
        ("alternative", "no_way", 5),
        ("misconception", "no_mistake", 5),
    ]


def test_of_several_blocks_the_first_draw_is_told(with_wrong_names: Lab) -> None:
    found = [each for draws in (range(5, 7), range(3, 5)) for each in misjudged(with_wrong_names, "relu", draws)]
    assert [(each.name, each.draw) for each in firsts(found)] == [("no_way", 3), ("no_mistake", 3)]


def test_blocks_run_in_processes_of_their_own() -> None:
    some = [Block(LAB, "relu", range(2)), Block(LAB, "flatten", range(2, 4))]
    assert dict(misjudged_by(some, workers=2)) == {block: [] for block in some}
