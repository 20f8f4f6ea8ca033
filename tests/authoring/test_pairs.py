"""What two mistakes at once answer, as a build keeps it, and what the check makes of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from aics.check.judge import judge
from aics.check.reference import PublicQuestion, Reference
from autograder.authoring.namespace import run_cell
from tests.authoring.tiny_lab import Tiny
from tests.measure.twice import body, tiny_with_mistakes


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tiny]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield tiny_with_mistakes(tmp_path_factory.mktemp("checkout"), monkeypatch)


@pytest.fixture(scope="module")
def known(tiny: Tiny) -> PublicQuestion:
    return Reference(tiny.lab.reference).question("double")


def test_pairs_are_kept_that_answer_as_neither_does(known: PublicQuestion) -> None:
    """The others answer as one of the two alone, are right, make no cell, or lack a name."""
    assert {frozenset((pair.one, pair.other)) for pair in known.pairs} >= {frozenset(("left_negative", "left_only"))}
    assert frozenset(("right_fivefold", "left_only")) not in {frozenset((p.one, p.other)) for p in known.pairs}
    assert frozenset(("left_negative", "right_fivefold")) not in {frozenset((p.one, p.other)) for p in known.pairs}
    assert frozenset(("left_again", "renamed")) not in {frozenset((p.one, p.other)) for p in known.pairs}


def test_no_pair_is_kept_of_a_mistake_that_answers_otherwise_each_time(known: PublicQuestion) -> None:
    """Its fingerprint would be another in every build, and no student's answers would fit it."""
    assert "by_chance" not in {name for pair in known.pairs for name in (pair.one, pair.other)}


def test_who_writes_both_in_another_way_is_told_of_both(tiny: Tiny, known: PublicQuestion) -> None:
    namespace: dict[str, object] = {}
    run_cell(namespace, "double_code", f"def double(x):\n{body(('x = x * 3', 'return x * -7'))}")
    answers = [tiny.lab.answer("double", namespace, case) for case in known.cases]
    verdict = judge(known.rule, known.cases, known.expected, answers, known.mistakes, known.pairs)
    assert set(verdict.misconception.split(" and ")) == {"left_negative", "left_only"}
    assert not verdict.guessed
