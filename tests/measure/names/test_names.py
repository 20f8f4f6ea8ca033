"""Whether names of code that the bank does not hold are true, of a tiny lab."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import CourseError, Lab, labs
from autograder.measure.listed import Listed, Said, Together, listed
from autograder.measure.names.table import found, rows_of
from autograder.measure.names.tally import Measured
from autograder.measure.names.trial import HeldOut, NameTrial, held_out, trials
from docs.make.tables import printed
from tests.authoring.tiny_lab import Tiny
from tests.measure.twice import MISTAKES, body, tiny_with_mistakes


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tiny]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield tiny_with_mistakes(tmp_path_factory.mktemp("checkout"), monkeypatch)


def code(now: str, *lines: str) -> HeldOut:
    return HeldOut("double", f"def double(x):\n{body(lines)}", was="return left + right", now=now)


@pytest.fixture(scope="module")
def tried(tiny: Tiny) -> dict[str, NameTrial]:
    left_out = [each for each in held_out(tiny.lab, "double") if each.left_out]
    multiples = [code(now, f"return x * {k}") for now, k in (("same", 7), ("two", 11), ("other", 13))]
    chosen = [*left_out, *multiples, code("none", "pass")]
    return {each.held_out.left_out or each.held_out.now: each for each in trials(tiny.lab, "double", chosen)}


def test_every_mistake_is_left_out_once_and_every_mutant_is_there(tiny: Tiny) -> None:
    every = held_out(tiny.lab, "double")
    assert [each.left_out for each in every if each.left_out] == sorted(MISTAKES)
    assert any(each.now == "return left - right" for each in every)
    assert len(held_out(tiny.lab, "double", limit=1)) == 2


def test_a_mistake_that_is_left_out_is_caught_and_gets_no_name_of_its_own(tried: dict[str, NameTrial]) -> None:
    for name in MISTAKES:
        assert not tried[name].alive
        assert tried[name].misconception != name


def test_a_name_is_true_where_fresh_cases_bear_it_out(tried: dict[str, NameTrial]) -> None:
    assert (tried["same"].misconception, tried["same"].name, tried["same"].true) == ("left_only", "firm", True)
    assert (tried["two"].name, tried["two"].true) == ("firm", True)  # 6 and 5 are 11
    assert {*tried["two"].misconception.split(" and ")} == {"renamed", "right_fivefold"}
    assert (tried["other"].name, tried["none"].name) == ("none", "none")


def test_a_name_that_holds_for_the_public_cases_alone_is_false(tiny: Tiny) -> None:
    from aics.check.reference import Reference

    totals = [float(case["x"].sum()) for case in Reference(tiny.lab.reference).question("double").cases]  # type: ignore[attr-defined]
    overfitted = code("overfitted", f"return x * (7 if float(x.sum()) in {totals} else 8)")
    (judged,) = trials(tiny.lab, "double", [overfitted])
    assert (judged.misconception, judged.name, judged.true) == ("left_only", "firm", False)


def named(now: str, *, true: bool, left_out: str = "", match: str = "all") -> NameTrial:
    held = HeldOut("q", "", left_out=left_out, was="a", now=now)
    return NameTrial(rungs=("values",), seen=True, misconception="n", match=match, lab="lab", held_out=held, true=true)


def test_one_firm_name_in_fifty_may_be_false() -> None:
    true = [named(f"{number}", true=True) for number in range(49)]
    assert Measured("lab", [*true, named("b", true=False)]).holds
    assert not Measured("lab", [*true[1:], named("b", true=False)]).holds
    assert Measured("lab", [*true[1:], named("b", true=False, match="first")]).holds  # no firm one
    assert "a -> b is named n, and is not that" in printed(found([Measured("lab", [named("b", true=False)])]))


def test_what_a_person_says_of_a_name_counts() -> None:
    said = Said("q", "n", True, "the same in another dress", was="a", now="b")
    trial = named("b", true=False)
    assert Measured("lab", [trial], [said]).holds
    (row,) = rows_of([Measured("lab", [trial], [said])])
    assert (row["firm"], row["firm, wrong"]) == (1, 0)
    assert Measured("lab", [], [said]).unused == [said]
    assert Measured("lab", [], [said], limit=1).holds


def test_a_left_out_mistake_that_loses_no_points_fails() -> None:
    held = HeldOut("q", "", left_out="m")
    measured = Measured("lab", [NameTrial(rungs=("",), lab="lab", held_out=held)])
    assert not measured.holds
    assert "m, left out loses no points" in printed(found([measured]))


@pytest.mark.parametrize(
    "text",
    ["[[name]", "[[name]]\nquestion = 'relu'", "[[together]]\nquestion = 'relu'\nmistakes = []\nwhy = ' '",
     "[[name]]\nquestion = 'rule'\nnamed = 'n'\ntrue = true\nwhy = 'w'\nleft_out = ['m']", "name = 1"],
)  # fmt: skip
def test_a_list_that_cannot_be_read_is_said(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Lab, "folder", tmp_path)
    lab = Lab("lab2_layers")
    monkeypatch.setitem(lab.__dict__, "questions", {"relu": None})
    (tmp_path / "names.toml").write_text(text)
    with pytest.raises(CourseError, match=r"names\.toml"):
        listed(lab)


def test_a_list_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Lab, "folder", tmp_path)
    lab = Lab("lab2_layers")
    monkeypatch.setitem(lab.__dict__, "questions", {"relu": None})
    (tmp_path / "names.toml").write_text(
        "[[together]]\nquestion = 'relu'\nmistakes = ['a', 'b']\nwhy = 'w'\n"
        "[[name]]\nquestion = 'relu'\nnamed = 'n'\ntrue = false\nwhy = 'w'\nchanges = [['a', 'b']]\nleft_out = ['m']\n"
    )
    said = Said("relu", "n", False, "w", was="a", now="b"), Said("relu", "n", False, "w", left_out="m")
    assert listed(lab) == Listed((Together("relu", frozenset("ab"), "w"),), said)


@pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
def test_every_mistake_that_is_listed_is_there(lab: Lab) -> None:
    known = {(v.question, v.name) for v in lab.misconceptions}
    found = listed(lab)
    assert {(each.question, name) for each in found.together for name in each.mistakes} <= known
    assert {(each.question, each.left_out) for each in found.names if each.left_out} <= known
