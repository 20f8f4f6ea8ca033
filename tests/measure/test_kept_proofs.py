"""Rows of a proof are kept with their keys: what holds is not proved again, what does not hold always is."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.course import labs
from autograder.measure.kept_proofs import LabProofs, Proving
from autograder.measure.prove import KnownCode, Proof, known_code

LAB = labs()[0]
CODE = known_code(LAB)
MISTAKE = next(code for code in CODE if code.kind == "misconception")
WAY = next(code for code in CODE if code.kind == "alternative")


def row(code: KnownCode, *, question: str = "", right: bool = True) -> Proof:
    """A row of this code that holds, or one that does not."""
    name = question or code.questions[0]
    most = LAB.questions[name].points
    caught = (code.kind in ("misconception", "stub")) == right
    return Proof(
        lab=LAB.name,
        question=name,
        kind=code.kind,
        name=code.name,
        score=0 if caught else most,
        max_score=most,
        caught=caught,
        named=caught,
        timed=code.timed(LAB.questions[name]),
        reason="",
    )


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "prove" / f"{LAB.name}.json"


def left(proofs: LabProofs) -> set[tuple[str, str]]:
    return {(code.name, question) for code in proofs.outdated() for question in code.questions}


def test_rows_that_hold_are_kept_and_the_others_are_proved_again(file):
    proofs = LabProofs(LAB, "strict", file)
    everything = left(proofs)
    proofs.add([row(MISTAKE)])
    proofs.add([row(WAY, right=False)])
    assert proofs.rows() == [row(WAY, right=False), row(MISTAKE)]

    later = LabProofs(LAB, "strict", file)
    assert later.rows() == [row(MISTAKE)]
    assert everything - left(later) == {(MISTAKE.name, MISTAKE.questions[0])}


def test_of_a_whole_notebook_only_the_questions_without_a_row_are_asked(file):
    first, *others = LAB.questions
    LabProofs(LAB, "strict", file).add([row(CODE[0], question=first)])
    assert LabProofs(LAB, "strict", file).outdated()[0] == replace(CODE[0], questions=tuple(others))


def test_a_row_holds_for_its_key_only(file):
    LabProofs(LAB, "strict", file).add([row(MISTAKE), row(WAY)])
    assert LabProofs(LAB, "none", file).rows() == []
    stored = json.loads(file.read_text())
    changed = next(name for name in stored if MISTAKE.name in name)
    stored[changed]["key"] = "of another time"
    file.write_text(json.dumps(stored))
    assert LabProofs(LAB, "strict", file).rows() == [row(WAY)]


def test_from_nothing_and_from_what_cannot_be_read_nothing_is_kept(file):
    LabProofs(LAB, "strict", file).add([row(MISTAKE)])
    assert Proving([LAB], "strict", folder=file.parent).kept == 1
    assert Proving([LAB], "strict", folder=file.parent, again=True).kept == 0
    file.write_text('{"row": 1}')
    assert LabProofs(LAB, "strict", file).rows() == []


def test_rows_without_the_clock_are_kept_beside_those_with_it(file):
    LabProofs(LAB, "strict", file).add([row(MISTAKE)])
    LabProofs(LAB, "strict", file.parent / "values_only" / file.name, values_only=True).add([row(MISTAKE), row(WAY)])
    assert Proving([LAB], "strict", folder=file.parent).kept == 1
    assert Proving([LAB], "strict", folder=file.parent, values_only=True).kept == 2


def test_the_clock_decides_right_values_on_a_question_with_a_speed_rule_and_nothing_else():
    timed = {(code.kind, code.name) for code in CODE for name in code.questions if code.timed(LAB.questions[name])}
    slow = {("misconception", mistake.name) for mistake in LAB.misconceptions if mistake.slow}
    ways = {("alternative", way.name) for way in LAB.alternatives if LAB.questions[way.question].speed}
    assert timed == {("solution", "solution")} | slow | ways


def test_without_the_clock_no_row_is_timed_and_what_is_only_slow_is_another_right_way():
    code = known_code(LAB, values_only=True)
    assert not any(each.timed(LAB.questions[name]) for each in code for name in each.questions)
    slow = {mistake.name for mistake in LAB.misconceptions if mistake.slow}
    assert slow <= {each.name for each in code if each.kind == "alternative"}
    assert slow.isdisjoint(each.name for each in code if each.kind == "misconception")
