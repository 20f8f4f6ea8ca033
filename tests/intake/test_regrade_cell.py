"""The text cell by which a student asks for a regrade: how it is known, which question it means, and that it stays."""

from __future__ import annotations

import nbformat
import pytest

from autograder.intake.clean import clean
from autograder.intake.regrade_cell import Asked, requests
from autograder.intake.released_lab import grade_id
from autograder.intake.repair import repair
from tests.intake.release import release, solved

KNOWN = ("relu", "conv_forward")


def asked(*cells: dict) -> list[Asked]:
    notebook, _ = clean({"nbformat": 4, "cells": list(cells)})
    return list(requests(notebook, KNOWN))


def text(source: str, **metadata: object) -> dict:
    return {"cell_type": "markdown", "metadata": metadata, "source": source}


def check(question: str) -> dict:
    return {"cell_type": "code", "metadata": {}, "source": f'check("{question}")'}


@pytest.mark.parametrize(
    ("source", "question", "says"),
    [
        ("regrade: relu\nIt is right.", "relu", "It is right."),
        ("Regrade relu", "relu", ""),
        ("**Regrade:** `relu`\n\nIt is\nright.", "relu", "It is\nright."),
        ("# regrade：relu\n对的", "relu", "对的"),
        ("regrade: relu, since it is right", "relu", "since it is right"),
        ("regrade: rellu\nIt is right.", "rellu", "It is right."),  # a slip is said to be one, not taken for another
        ("regrade\nIt is right.", "conv_forward", "It is right."),
        ("regrade, please: it is right", "conv_forward", "please: it is right"),
    ],
)
def test_the_first_line_names_the_question_or_the_check_above_does(source, question, says):
    assert asked(check("conv_forward"), text(source)) == [Asked(2, question, says)]


def test_a_tag_means_the_same():
    assert asked(check("relu"), text("It is right.", tags=["regrade"])) == [Asked(2, "relu", "It is right.")]
    assert asked(text("regrade: relu", tags=["regrade"])) == [Asked(1, "relu", "")]


@pytest.mark.parametrize("source", ["I regrade nothing", "regraded: relu", "", "relu: regrade"])
def test_other_texts_ask_for_nothing(source):
    assert asked(check("relu"), text(source)) == []


def test_code_asks_for_nothing_and_a_text_without_a_check_above_names_none():
    code = {"cell_type": "code", "metadata": {"tags": ["regrade"]}, "source": "regrade = 1"}
    assert asked(code, text("regrade\nwhy")) == [Asked(2, "", "why")]


@pytest.mark.parametrize("tags", [None, 3, {"regrade": 1}, [["regrade"]]])
def test_odd_tags_are_no_tags(tags):
    assert asked(check("relu"), text("It is right.", tags=tags)) == []


def test_a_request_stays_in_the_repaired_notebook_and_is_no_answer_in_words():
    handed_in = nbformat.from_dict(solved())
    place = next(n for n, cell in enumerate(handed_in.cells) if grade_id(cell) == "why")
    released = next(cell.source for cell in release().cells if grade_id(cell) == "why")
    handed_in.cells[place].source = released
    handed_in.cells.insert(place + 1, nbformat.v4.new_markdown_cell("regrade\nIt is right."))
    once, _ = repair(handed_in, release())
    assert [cell.source for cell in once.cells].count("regrade\nIt is right.") == 1
    assert next(cell.source for cell in once.cells if grade_id(cell) == "why") == released
    assert repair(once, release())[0] == once
