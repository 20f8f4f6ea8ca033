"""The judge: one ladder for the student's own check and for the grader.

The ladder stops at the first rung that does not hold: defined, raises, type, shape, dtype, finite,
values, speed. It sees plain arrays only; whose process made them is not its concern.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from aics.check.ask import Answer
from aics.check.messages import say
from aics.check.rules import SpeedLimits, Tolerance
from aics.check.verdict import Evidence, SpeedReading, Verdict

_SLICE = 16


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What the judge needs to know of a question: its name, points, tolerance and speed limits."""

    name: str
    points: float
    tolerance: Tolerance
    limits: SpeedLimits | None = None
    bonus: bool = False


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """A misconception's name, its hint, and what it answers on each public case.

    A slow one has right values and no answers: it is named where values hold and speed does not.
    """

    name: str
    hint: str
    answers: Sequence[Answer]
    slow: bool = False


def judge(
    rule: Rule,
    cases: Sequence[Mapping[str, object]],
    expected: Sequence[Mapping[str, np.ndarray]],
    answers: Sequence[Answer],
    mistakes: Sequence[Mistake] = (),
) -> Verdict:
    """Judge the answers to a question's cases, everything but speed.

    Parameters
    ----------
    rule : Rule
    cases, expected, answers : sequences of equal length
        Inputs, the oracle's arrays and the student's answers, case by case.
    mistakes : sequence of Mistake
        Known misconceptions with their answers to these very cases; empty where the cases are hidden.

    Returns
    -------
    Verdict
        Full points where every case holds, else 0 with the first failing case's first failing rung.
    """
    for case, wanted, answer in zip(cases, expected, answers, strict=True):
        finding = _climb(rule.tolerance, wanted, answer)
        if finding:
            about = "" if finding.get("unfilled") else describe(case)
            verdict = Verdict(
                question=rule.name, score=0, max_score=rule.points, bonus=rule.bonus, case=about, **finding
            )
            return verdict if verdict.unfilled else _named(verdict, rule, answers, mistakes)
    return Verdict(
        question=rule.name,
        score=rule.points,
        max_score=rule.points,
        bonus=rule.bonus,
        reason=say("right", cases=len(cases)),
    )


def judge_speed(
    verdict: Verdict, limits: SpeedLimits, ratio: float, against: str, mistakes: Sequence[Mistake]
) -> Verdict:
    """Turn a verdict with right values into one that also weighs the measured time ratio.

    `against` is a key of the message table that says what the time was compared with.
    """
    share = limits.share(ratio)
    reading = SpeedReading(ratio=ratio, full=limits.full, zero=limits.zero, against=say(f"against.{against}"))
    score = round(verdict.max_score * share, 2)
    if share == 1:
        return replace(verdict, score=score, speed=reading)
    slow = next((m for m in mistakes if m.slow), None)
    return replace(
        verdict,
        score=score,
        rung="speed",
        reason=say("speed.partly" if share else "speed.none"),
        next_move=say("speed.next"),
        speed=reading,
        misconception=slow.name if slow and not share else "",
        hint=slow.hint if slow and not share else "",
    )


def stopped(rule: Rule, why: str, **values: object) -> Verdict:
    """The verdict on a question whose code hung, crashed, flooded or burst its memory."""
    return Verdict(
        question=rule.name,
        score=0,
        max_score=rule.points,
        bonus=rule.bonus,
        rung="stopped",
        reason=say(f"stopped.{why}", **values),
        next_move=say("stopped.next"),
    )


def describe(case: Mapping[str, object]) -> str:
    """A case in words: arrays by shape, small values as they are."""
    parts = []
    for name, value in case.items():
        text = f"{list(value.shape)}" if isinstance(value, np.ndarray) else f"{value}"
        parts.append(f"{name} {text if len(text) <= 60 else text[:57] + '...'}")
    return ", ".join(parts)


def _climb(tolerance: Tolerance, wanted: Mapping[str, np.ndarray], answer: Answer) -> dict | None:
    """The first rung that does not hold on one case, as a verdict's fields; None if all hold."""
    if answer.missing:
        names = ", ".join(answer.missing)
        return dict(rung="defined", reason=say("defined", names=names), next_move=say("defined.next"))
    if answer.raised:
        return _exception(answer.raised)
    if answer.misfit:
        output, got = answer.misfit
        return dict(
            rung="type",
            reason=say("type", output=output),
            got=say("type.got", got=got),
            expected=say("type.expected"),
            next_move=say("type.next_none" if got == "NoneType" else "type.next"),
        )
    for output, expected in wanted.items():
        if output not in answer.values:
            return dict(rung="type", reason=say("missing_output", output=output))
        finding = _compare(tolerance, output, np.asarray(expected), answer.values[output])
        if finding:
            return finding
    return None


def _exception(raised) -> dict:
    if raised.unfilled:
        return dict(
            rung="raises",
            unfilled=True,
            reason=say("unfilled", message=raised.message),
            next_move=say("unfilled.next"),
        )
    where = "raises.next" if raised.line else "raises.next_unknown"
    return dict(
        rung="raises",
        reason=say("raises", type=raised.type),
        got=say("raises.got", type=raised.type, message=raised.message),
        expected=say("raises.expected"),
        next_move=say(where, number=raised.number, line=raised.line),
    )


def _compare(tolerance: Tolerance, output: str, expected: np.ndarray, got: np.ndarray) -> dict | None:
    """Shape, dtype, finite, values of one output."""
    if got.shape != expected.shape:
        return dict(
            rung="shape",
            reason=say("shape", output=output),
            got=say("shape.got", got=list(got.shape)),
            expected=say("shape.expected", expected=list(expected.shape)),
            next_move=say("shape.next"),
        )
    kind = _kind(expected.dtype)
    if not _holds(got.dtype, kind):
        return dict(
            rung="dtype",
            reason=say("dtype", output=output),
            got=say("dtype.got", got=got.dtype),
            expected=say(f"dtype.expected.{kind}"),
            next_move=say(f"dtype.next.{kind}"),
        )
    finite = np.isfinite(got)
    if not finite.all():
        bad = np.argwhere(~finite)
        return dict(
            rung="finite",
            reason=say("finite", output=output),
            got=say("finite.got", count=len(bad), size=got.size, index=bad[0].tolist()),
            expected=say("finite.expected"),
            next_move=say("finite.next"),
            evidence=_evidence(output, expected, got, ~finite, 0.0),
        )
    allowed = tolerance.allowed(expected)
    wrong = np.abs(got.astype(np.float64) - expected) > allowed
    if not wrong.any():
        return None
    evidence = _evidence(output, expected, got, wrong, allowed)
    index = evidence.index
    return dict(
        rung="values",
        reason=say("values", output=output, wrong=evidence.wrong, size=evidence.size),
        got=say("values.got", got=float(got[index]), index=list(index)),
        expected=say("values.expected", expected=float(expected[index]), allowed=allowed),
        next_move=say("values.next"),
        evidence=evidence,
    )


def _kind(dtype: np.dtype) -> str:
    """What an expected array's dtype asks of an answer: float, byte (uint8 exactly) or int."""
    if dtype.kind == "f":
        return "float"
    return "byte" if dtype == np.uint8 else "int"


def _holds(dtype: np.dtype, kind: str) -> bool:
    """Whether an answer's dtype will do; half precision is too coarse for what is asked as float."""
    if kind == "byte":
        return dtype == np.uint8
    return dtype.kind in {"float": "f", "int": "iu"}[kind] and dtype != np.float16


def _evidence(output: str, expected: np.ndarray, got: np.ndarray, wrong: np.ndarray, allowed: float) -> Evidence:
    """The slice of both arrays around the first wrong cell."""
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    rows = (1, 1, *expected.shape)
    plane = (0, 0, *index)
    corner = tuple(max(0, min(i - _SLICE // 2, n - _SLICE)) for i, n in zip(plane[-2:], rows[-2:], strict=True))
    window = tuple(slice(c, c + _SLICE) for c in corner)
    with np.errstate(invalid="ignore", over="ignore"):
        error = float(np.max(np.abs(got.astype(np.float64) - expected)))

    def cut(array: np.ndarray) -> np.ndarray:
        return array.astype(np.float64).reshape(rows)[plane[:-2] + window].copy()

    return Evidence(
        output=output,
        index=index,
        got=cut(got),
        expected=cut(expected),
        corner=corner,
        wrong=int(wrong.sum()),
        size=int(expected.size),
        error=error,
        allowed=allowed,
    )


def _named(verdict: Verdict, rule: Rule, answers: Sequence[Answer], mistakes: Sequence[Mistake]) -> Verdict:
    """The verdict with the misconception that answers every public case just so."""
    for mistake in mistakes:
        if mistake.slow:
            continue
        if all(_alike(rule.tolerance, a, b) for a, b in zip(answers, mistake.answers, strict=True)):
            return replace(verdict, misconception=mistake.name, hint=mistake.hint)
    return verdict


def _alike(tolerance: Tolerance, answer: Answer, known: Answer) -> bool:
    """Whether two answers to one case are the same: equal outcome, or arrays equal but for rounding."""
    if answer.values is None or known.values is None:
        return answer.outcome == known.outcome
    if answer.values.keys() != known.values.keys():
        return False
    return all(_same(tolerance, answer.values[name], known.values[name]) for name in known.values)


def _same(tolerance: Tolerance, a: np.ndarray, b: np.ndarray) -> bool:
    if a.shape != b.shape or a.dtype.kind not in "fiub" or (a.dtype.kind == "f") != (b.dtype.kind == "f"):
        return False
    finite = np.isfinite(b)
    if not np.array_equal(np.isfinite(a), finite):
        return False
    allowed = tolerance.allowed(b[finite])
    return bool(np.all(np.abs(a[finite].astype(np.float64) - b[finite]) <= allowed))
