"""A record is kept as data and comes back as it was; what cannot be read is no record."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from aics.check.ask import Answer
from aics.check.judge import Rule, judge
from aics.check.output import Output
from aics.check.rules import SpeedLimits, Tolerance
from aics.check.speed_verdict import judge_speed, not_timed
from aics.check.verdict import Verdict
from autograder.grading.record import Judged, Record

SUMS = Tolerance(rtol=1e-5, atol=0, reason="float32 sums.")


def verdicts() -> dict[str, Verdict]:
    """One that is right, wrong ones with evidence of several kinds of numbers, a timed one and an untimed one."""

    def rule(dtype: str, *, finite: bool = True) -> Rule:
        return Rule(name="q", points=5, outputs=(Output(dtype=dtype, tolerance=SUMS, finite=finite),))

    def judged(rule: Rule, expected: np.ndarray, got: np.ndarray) -> Verdict:
        return judge(rule, [{"x": 1}], [{"y": expected}], [Answer(values={"y": got})])

    x = np.linspace(0, 1, 12).reshape(3, 4)
    right = judged(rule("floating"), x, x)
    timed = replace(rule("floating"), limits=SpeedLimits(full=2, zero=8))
    return {
        "right": right,
        "wrong": judged(rule("floating"), x, x + np.eye(3, 4)),
        "truth": judged(rule("bool"), x > 0.5, x > 0.6),
        "infinite": judged(rule("floating", finite=False), np.where(x > 0.5, np.inf, x), x),
        "not finite": judged(rule("floating"), x, np.where(x > 0.5, np.nan, x)),
        "timed": judge_speed(right, timed, 4.0, against="reference"),
        "untimed": not_timed(right, "reference"),
    }


@pytest.mark.parametrize("name", verdicts())
def test_a_verdict_comes_back_as_it_was(name, tmp_path):
    verdict = verdicts()[name]
    record = Record(
        student="ada",
        lab="lab",
        isolation="none",
        judged={"q": Judged(key="k", verdict=verdict)},
        outputs={3: [{"output_type": "stream", "name": "stdout", "text": "hello"}]},
    )
    record.save(tmp_path / "record.json")
    back = Record.load(tmp_path / "record.json")
    assert back.rows == record.rows
    assert back.outputs == record.outputs
    assert repr(back.judged["q"]) == repr(record.judged["q"])
    evidence = verdict.evidence
    if evidence:
        for field in ("got", "expected"):
            stored = getattr(back.judged["q"].verdict.evidence, field)
            assert stored.dtype == getattr(evidence, field).dtype
            np.testing.assert_array_equal(stored, getattr(evidence, field))


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"judged": {"q": 1}}', '{"judged": {"q": {"key": "k"}}}'])
def test_what_cannot_be_read_is_no_record(text, tmp_path):
    (tmp_path / "record.json").write_text(text)
    assert Record.load(tmp_path / "record.json") is None


def test_outdated_are_the_questions_without_a_verdict_for_their_key():
    verdict = verdicts()["right"]
    judged = {name: Judged(key=f"key of {name}", verdict=verdict) for name in ("a", "b")}
    record = Record(student="s", lab="l", isolation="none", judged=judged, outputs={})
    assert record.outdated({"a": "key of a", "b": "another", "c": "key of c"}) == ["b", "c"]


def test_what_could_not_be_timed_waits_to_be_asked_again():
    judged = {name: Judged(key="k", verdict=verdicts()[name]) for name in ("right", "untimed", "timed")}
    record = Record(student="s", lab="l", isolation="none", judged=judged, outputs={})
    assert record.outdated(dict.fromkeys(judged, "k")) == record.untimed == ["untimed"]
    assert [row.untimed for row in record.rows] == [False, True, False]
