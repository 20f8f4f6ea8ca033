"""From trials to numbers: what is explained, which cases tell nothing more, and how sure a share is."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring.cell import cell_of
from autograder.course import CourseError, Lab, labs
from autograder.measure.mutants.equivalents import Equivalent, equivalents
from autograder.measure.mutants.matrix import matrices
from autograder.measure.mutants.mutant import mutants
from autograder.measure.mutants.table import found, rows_of
from autograder.measure.mutants.tally import Measured, interval
from autograder.measure.mutants.trial import Trial
from docs.make.tables import printed

LABS = [lab.name for lab in labs()]


def trial(now: str, *rungs: str, name: str = "", match: str = "", told_on: int = 0) -> Trial:
    return Trial(
        lab="lab", question="q", rule="r", line=1, was="a", now=now, diff=f"-a\n+{now}", rungs=rungs,
        misconception=name, match=match, told_on=told_on,
    )  # fmt: skip


TOLD = trial("b", "values", "", "shape", name="n", match="first")
ALIVE = trial("c", "", "", "")
SOMETIMES = trial("e", "", "", "", told_on=7)
ONLY = trial("d", "", "", "died", name="n", match="all")


def test_a_survivor_without_a_reason_is_shown_as_a_diff() -> None:
    measured = Measured("lab", [TOLD, ALIVE], [])
    assert measured.unexplained == [ALIVE]
    assert not measured.holds
    assert "-a\n+c" in printed(found([measured]))


def test_a_survivor_with_a_reason_is_equivalent() -> None:
    measured = Measured("lab", [TOLD, ALIVE], [Equivalent("q", "a", "c", "why")])
    assert measured.holds
    assert (measured.killed, measured.equivalent) == (1, 1)


def test_a_reason_for_what_a_case_tells_is_refuted() -> None:
    measured = Measured("lab", [TOLD], [Equivalent("q", "a", "b", "why")])
    assert measured.refuted == [TOLD]
    assert not measured.holds
    assert "listed as no mistake, but told by a case" in printed(found([measured]))


def test_a_reason_that_one_of_many_draws_refutes_is_refuted() -> None:
    measured = Measured("lab", [SOMETIMES], [Equivalent("q", "a", "e", "why")])
    assert measured.refuted == [SOMETIMES]
    assert not measured.holds


def test_a_mutant_that_only_some_draws_tell_needs_a_case() -> None:
    measured = Measured("lab", [TOLD, SOMETIMES], [])
    assert measured.unsteady == [SOMETIMES]
    assert (measured.killed, measured.unexplained, measured.holds) == (2, [], False)
    assert "the first draw of hidden cases does not tell it, draw 7 does" in printed(found([measured]))


def test_a_reason_for_no_mutant_is_unused_unless_only_some_were_tried() -> None:
    listed = [Equivalent("q", "a", "z", "why")]
    assert Measured("lab", [TOLD], listed).unused == listed
    assert not Measured("lab", [TOLD], listed).holds
    assert Measured("lab", [TOLD], listed, limit=1).holds


def test_a_case_that_tells_nothing_alone_is_redundant() -> None:
    (matrix,) = matrices([TOLD, ALIVE, ONLY])
    assert (matrix.kills, matrix.alone, matrix.redundant) == ((1, 0, 2), (0, 0, 1), (1, 2))


def test_names_are_counted_by_how_sure_they_are() -> None:
    (row,) = rows_of([Measured("lab", [TOLD, ALIVE, ONLY, trial("e", "values", "", "")], [])])
    assert (row["firm"], row["maybe"], row["none"]) == (1, 1, 1)


def test_intervals_are_those_of_clopper_and_pearson() -> None:
    assert interval(0, 10) == pytest.approx((0, 0.30850), abs=1e-5)  # 1 - 0.025 ** (1 / 10)
    assert interval(10, 10) == pytest.approx((0.69150, 1), abs=1e-5)
    assert interval(0, 0) == (0, 1)


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lab:
    """Lab 2, whose list can be written."""
    monkeypatch.setattr(Lab, "folder", tmp_path)
    lab = Lab("lab2_layers")
    monkeypatch.setitem(lab.__dict__, "questions", {"relu": None})
    return lab


@pytest.mark.parametrize(
    "text",
    ["[[equivalent]", "", "[[equivalent]]\nquestion = 'relu'\nwhy = 'w'", "[[equivalent]]\nquestion = 1",
     "[[equivalent]]\nquestion = 'relu'\nwhy = 'w'\nchanges = [['a']]",
     "[[equivalent]]\nquestion = 'relu'\nwhy = ' '\nchanges = [['a', 'b']]",
     "[[equivalent]]\nquestion = 'rule'\nwhy = 'w'\nchanges = [['a', 'b']]"],
)  # fmt: skip
def test_a_list_that_cannot_be_read_is_said(lab: Lab, text: str) -> None:
    (lab.folder / "equivalents.toml").write_text(text)
    with pytest.raises(CourseError, match=r"equivalents\.toml"):
        equivalents(lab)


@pytest.mark.parametrize("name", LABS)
def test_everything_that_is_listed_is_a_mutant_of_its_lab(name: str) -> None:
    lab = Lab(name)
    there = {(q, each.was, each.now) for q in lab.questions for each in mutants(q, cell_of(lab, q))}
    assert {(each.question, each.was, each.now) for each in equivalents(lab)} <= there
