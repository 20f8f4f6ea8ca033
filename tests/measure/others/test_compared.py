"""Answers to a tiny lab's question under the check of a course that tries one number."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.authoring.public_cases import build_reference
from autograder.measure.others.compared import Compared
from autograder.measure.others.courses import AICS, NBGRADER
from autograder.measure.others.run import Given, Piece, _of_piece, answers_to
from autograder.measure.others.table import HEADS, table, written
from autograder.measure.others.tally import tallies
from docs.make.tables import printed
from tests.authoring.tiny_lab import NAME, Tiny, added, write_tiny

#: Twice 2 is also the square of 2.
OTHERS = """
import numpy as np

from autograder.measure.others.asked import Asked, Check
from autograder.measure.others.courses import AICS
from autograder.measure.others.rules import mean_square

TWO = [Check({"x": np.full((1, 2), 2.0)}, ("output",), mean_square("output"))]
OTHERS = [Asked(by=AICS, question="double", where="nowhere", checks=lambda: TWO)]
"""
NOTHING = "def double(x):\n    while True:\n        pass\n"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tiny]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        made = added(write_tiny(tmp_path_factory.mktemp("checkout")), monkeypatch)
        (made.folder / "others.py").write_text(OTHERS)
        build_reference(made.lab, made.lab.reference)
        yield made


@pytest.fixture(scope="module")
def found(tiny: Tiny) -> dict[str, Compared]:
    """What became of each known answer, of code that hangs and of code that dies, by name."""
    dying = "import os\n\n\ndef double(x):\n    os._exit(1)\n"
    more = [Given("misconception", "endless", NOTHING), Given("misconception", "dying", dying)]
    piece = Piece(NAME, "double", (*answers_to(tiny.lab, "double"), *more))
    return {each.name: each for each in _of_piece(piece)}


def test_right_answers_are_refused_by_nobody(found: dict[str, Compared]) -> None:
    for name in ("solution", "added"):
        assert not any((*found[name].wrong.values(), *found[name].theirs.values(), *found[name].cases))


def test_a_mistake_that_their_case_does_not_show_gets_through(found: dict[str, Compared]) -> None:
    squared = found["squared"]
    assert squared.wrong == squared.ours == {NBGRADER.name: True, AICS.name: True}
    assert squared.theirs == {AICS.name: False}


def test_a_wrong_answer_that_their_case_shows_is_refused(found: dict[str, Compared]) -> None:
    thrice = next(each for each in found.values() if "3 * x" in each.name)
    assert (thrice.kind, thrice.theirs[AICS.name], thrice.wrong[AICS.name]) == ("mutant", True, True)


@pytest.mark.parametrize("name", ["endless", "dying"])
def test_what_hangs_or_dies_is_refused_by_all(found: dict[str, Compared], name: str) -> None:
    each = found[name]
    assert all((*each.wrong.values(), *each.ours.values(), *each.theirs.values(), *each.cases))


def test_a_course_has_a_row_for_each_kind_of_wrong_answers(found: dict[str, Compared]) -> None:
    rows = tallies([*found.values()])
    assert [(row["course"], row["what"]) for row in rows] == [
        (course.name, what) for course in (NBGRADER, AICS) for what in ("mistakes", "mutants")
    ]
    theirs = rows[2]
    assert (theirs["wrong"], theirs["through"], theirs["through_ours"]) == (3, 1, 0)
    assert (theirs["right"], theirs["refused"], theirs["refused_ours"]) == (2, 0, 0)
    assert rows[3]["right"] == 0


def test_nbgrader_gets_the_case_that_lets_the_fewest_through() -> None:
    def answer(kind: str, *cases: bool) -> Compared:
        told = {NBGRADER.name: kind == "misconception"}
        return Compared(lab="l", question="q", kind=kind, name="", wrong=told, ours=told, theirs={}, cases=cases)

    wrong = [answer("misconception", False, True), answer("misconception", False, False)]
    row = tallies([*wrong, answer("solution", True, False)])[0]
    assert (row["wrong"], row["through"], row["right"], row["refused"]) == (2, 1, 1, 0)


def test_the_table_names_every_source_that_it_counts(found: dict[str, Compared]) -> None:
    shown = printed(table(tallies([*found.values()])))
    assert all(heading in " ".join(shown.split()) for heading in HEADS.split(" | "))
    assert NBGRADER.address in shown
    assert AICS.address in shown
    assert "CS231n" not in shown


def test_each_answer_is_written_with_who_refuses_it(found: dict[str, Compared]) -> None:
    told = written([*found.values()])
    squared = next(each for each in told["answers"] if each["name"] == "squared")
    assert squared["refused"][AICS.name] is False
    assert {row["question"] for row in told["questions"]} == {"double"}
    assert {source["name"] for source in told["sources"]} >= {AICS.name}
