"""The judge: one ladder for the student's own check and for the grader.

The ladder stops at the first rung that does not hold: allowed, defined, raises, type, shape, dtype,
finite, values, speed. It sees plain arrays only; whose process made them is not its concern.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from aics.check.ask import Answer
from aics.check.finding import Finding, without_values
from aics.check.fingerprint import KnownPair
from aics.check.messages import say
from aics.check.naming import named
from aics.check.output import Output, called
from aics.check.remarks import remarks
from aics.check.rules import SpeedLimits
from aics.check.verdict import Evidence, Verdict
from aics.language import tr

_SLICE = 16


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What the judge needs to know of a question: its name, points, outputs and speed limits.

    `outputs` are looked through in order; the first whose name covers an output specifies it. `advice` is for right
    code that is too slow. `allowed` is what its code may use beyond `aics.check.imports.HARMLESS`, `builds_on` names
    the questions whose code it runs too.
    """

    name: str
    points: float
    outputs: tuple[Output, ...]
    limits: SpeedLimits | None = None
    advice: str = ""
    bonus: bool = False
    allowed: tuple[str, ...] = ()
    builds_on: tuple[str, ...] = ()

    def output(self, name: str) -> Output:
        """The specification of the output called `name`; LookupError where none covers it."""
        if name not in self._known:
            found = next((output for output in self.outputs if output.covers(name)), None)
            if found is None:
                raise LookupError(f"{self.name}: no output covers {name!r}; there are {[o.name for o in self.outputs]}")
            self._known[name] = found
        return self._known[name]

    @cached_property
    def _known(self) -> dict[str, Output]:
        """Outputs that were looked for: known mistakes are compared output by output."""
        return {}


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """A misconception's name, its hint, and what it answers on each public case.

    `worked` is the hint worked out, step by step; most mistakes have none.

    A slow one has right values and no answers: it is named where values hold and speed does not. Where it `loops`,
    only code with a loop of its own is told of it.
    """

    name: str
    hint: str
    worked: tuple[str, ...] = ()
    answers: Sequence[Answer]
    slow: bool = False
    loops: bool = False

    @cached_property
    def looked_through(self) -> list[set[tuple[int, str]]]:
        """Where `naming` keeps the outputs that it gets wrong, by case and name, once it has looked for them."""
        return []


def judge(
    rule: Rule,
    cases: Sequence[Mapping[str, object]],
    expected: Sequence[Mapping[str, np.ndarray]],
    answers: Sequence[Answer],
    mistakes: Sequence[Mistake] = (),
    pairs: Sequence[KnownPair] = (),
) -> Verdict:
    """Judge the answers to a question's cases, everything but speed.

    Parameters
    ----------
    rule : Rule
    cases, expected, answers : sequences of equal length
        Inputs, the oracle's arrays and the student's answers, case by case.
    mistakes : sequence of Mistake
        Known misconceptions with their answers to these very cases; empty where the cases are hidden.
    pairs : sequence of KnownPair
        Two of them at once, by the fingerprint of what both together answer to these cases.

    Returns
    -------
    Verdict
        Full points where every case holds, else 0 with the first failing case's first failing rung.
    """
    for number, (case, wanted, answer) in enumerate(zip(cases, expected, answers, strict=True), 1):
        if finding := _climb(rule, wanted, answer):
            return _failed(rule, number, case, finding, expected, answers, mistakes, pairs)
    return _passed(rule, expected, answers)


def judge_in_turn(
    rule: Rule,
    cases: Sequence[Mapping[str, object]],
    expected: Sequence[Mapping[str, np.ndarray]],
    one: Callable[[Mapping[str, object]], Answer],
) -> Verdict:
    """Ask ``one(case) -> answer`` case by case, no further than the first that does not hold, and `judge` them."""
    answers: list[Answer] = []
    for number, (case, wanted) in enumerate(zip(cases, expected, strict=True), 1):
        answers.append(one(case))
        if finding := _climb(rule, wanted, answers[-1]):
            return _failed(rule, number, case, finding, expected[:number], answers)
    return _passed(rule, expected, answers)


def _failed(
    rule: Rule,
    number: int,
    case: Mapping[str, object],
    finding: Finding,
    expected: Sequence[Mapping[str, np.ndarray]],
    answers: Sequence[Answer],
    mistakes: Sequence[Mistake] = (),
    pairs: Sequence[KnownPair] = (),
) -> Verdict:
    """The verdict of a first case that does not hold, the number of which counts from 1."""
    where: Finding = {} if finding.get("unfilled") else {"case": describe(case), "number": number}
    verdict = Verdict(question=rule.name, score=0, max_score=rule.points, bonus=rule.bonus, **where, **finding)
    return verdict if verdict.unfilled else named(verdict, rule, expected, answers, mistakes, pairs)


def _passed(rule: Rule, expected: Sequence[Mapping[str, np.ndarray]], answers: Sequence[Answer]) -> Verdict:
    return Verdict(
        question=rule.name,
        score=rule.points,
        max_score=rule.points,
        bonus=rule.bonus,
        reason=say("right", cases=len(answers)),
        notes=remarks(rule.output, expected, answers),
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
    """A case in words: arrays by shape, small values as they are, functions not at all."""
    parts = []
    for name, value in ((name, value) for name, value in case.items() if not callable(value)):
        text = f"{list(value.shape)}" if isinstance(value, np.ndarray) else f"{value}"
        parts.append(f"{name} {text if len(text) <= 60 else text[:57] + '...'}")
    return ", ".join(parts)


def _climb(rule: Rule, wanted: Mapping[str, np.ndarray], answer: Answer) -> Finding | None:
    """The first rung that does not hold on one case, as a verdict's fields; None if all hold."""
    if answer.values is None:
        return without_values(answer)
    values = answer.values
    for output, expected in wanted.items():
        if output not in values:
            return dict(rung="type", reason=say("missing_output", output=called(output)))
        finding = _compare(rule.output(output), output, np.asarray(expected), values[output])
        if finding:
            return finding | {"reads": tr(rule.output(output).reads)}
    return None


def _compare(output: Output, name: str, expected: np.ndarray, got: np.ndarray) -> Finding | None:
    """Shape, dtype, finite, values of one output."""
    if not output.takes_shape(got.shape, expected.shape):
        return dict(
            rung="shape",
            reason=say("shape", output=called(name)),
            got=say("shape.got", got=list(got.shape)),
            expected=say("shape.expected", expected=list(expected.shape)),
            next_move=say("shape.next"),
        )
    got = got.reshape(expected.shape)
    if not output.takes_kind(got, expected):
        kind = output.wants(expected.dtype)
        return dict(
            rung="dtype",
            reason=say("dtype", output=called(name)),
            got=say("dtype.got", got=got.dtype),
            expected=say(f"dtype.expected.{kind}"),
            next_move=say(f"dtype.next.{kind}"),
        )
    infinite = ~np.isfinite(got)
    if output.finite and infinite.any():
        first = np.argwhere(infinite)[0].tolist()
        return dict(
            rung="finite",
            reason=say("finite", output=called(name)),
            got=say("finite.got", count=int(infinite.sum()), size=got.size, index=first),
            expected=say("finite.expected"),
            next_move=say("finite.next"),
            evidence=_evidence(name, expected, got, infinite, 0.0),
        )
    wrong = output.wrong(got, expected)
    if not wrong.any():
        return None
    allowed = output.allowed(expected)
    evidence = _evidence(name, expected, got, wrong, allowed)
    index = evidence.index
    factor = output.tolerance.factor
    close = "values.factor" if factor > 1 else "values.expected" if allowed else "values.exact"
    found, came = ("values", "values.got") if index else ("values.one", "values.got_one")
    return dict(
        rung="values",
        reason=say(found, output=called(name), wrong=evidence.wrong, size=evidence.size),
        got=say(came, got=in_words(got[index]), index=list(index)),
        expected=say(close, expected=in_words(expected[index]), allowed=allowed, factor=factor),
        next_move=say("values.next"),
        evidence=evidence,
    )


def in_words(value: np.generic) -> str:
    """A number of an array as a person writes it: ``True``, ``7``, ``0.333333``, ``inf``."""
    return f"{value:.6g}" if value.dtype.kind == "f" else f"{value}"


def _evidence(output: str, expected: np.ndarray, got: np.ndarray, wrong: np.ndarray, allowed: float) -> Evidence:
    """The slice of both arrays around the first wrong cell."""
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    rows = (1, 1, *expected.shape)
    plane = (0, 0, *index)
    corner = tuple(max(0, min(i - _SLICE // 2, n - _SLICE)) for i, n in zip(plane[-2:], rows[-2:], strict=True))
    window = tuple(slice(c, c + _SLICE) for c in corner)

    def cut(array: np.ndarray) -> np.ndarray:
        return array.reshape(rows)[plane[:-2] + window].copy()

    with np.errstate(invalid="ignore", over="ignore"):
        errors = np.abs(got.astype(np.float64) - expected.astype(np.float64))
    return Evidence(
        output=output,
        index=index,
        got=cut(got if got.dtype == bool else got.astype(np.float64)),
        expected=cut(expected if expected.dtype == bool else expected.astype(np.float64)),
        marks=cut(wrong),
        corner=corner,
        wrong=int(wrong.sum()),
        size=int(expected.size),
        error=float(np.max(errors[wrong])),
        allowed=allowed,
    )
