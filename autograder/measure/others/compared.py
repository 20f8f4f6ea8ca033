"""One answer under all checks: of others, and of this lab's own."""

from __future__ import annotations

import contextlib
import functools
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from aics.check.ask import Answer, ask
from aics.check.judge import judge
from aics.check.measure import measure_of, measured
from autograder.authoring.forked import TimeUp, in_child, seconds
from autograder.authoring.namespace import run_cell
from autograder.course import Lab
from autograder.course.question import Case
from autograder.measure.draws import Draw, drawn
from autograder.measure.judging import ENOUGH, SPARE, TIME, Judging
from autograder.measure.others.asked import Asked, Check
from autograder.measure.others.courses import NBGRADER
from autograder.measure.others.rules import close

#: The draw that says which answers are wrong, and the one that stands beside the checks of others.
DECIDES, BESIDE = 0, 1


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What each check says of one answer.

    Attributes
    ----------
    lab, question, kind, name : str
        Which answer; kind is solution, alternative, misconception or mutant.
    wrong : dict of str to bool
        Of each course whether the answer is wrong in what the course asks, by our hidden cases of one draw.
    ours : dict of str to bool
        The same by another draw.
    theirs : dict of str to bool
        Whether the course's check refuses it.
    cases : tuple of bool
        Whether `assert_allclose` on each of our public cases refuses it.
    """

    lab: str
    question: str
    kind: str
    name: str
    wrong: Mapping[str, bool]
    ours: Mapping[str, bool]
    theirs: Mapping[str, bool]
    cases: tuple[bool, ...]


class Comparing(Judging):
    """Cells for one question, judged as `Judging` does, and by the checks of others."""

    def __init__(self, lab: Lab, question: str, others: Sequence[Asked]) -> None:
        """Draw, and compute what is expected of the cases of others; run nothing yet."""
        super().__init__(lab, question, draw=DECIDES)
        self._others = others
        self._draws = [self._as_asked(draw) for draw in (self._hidden, drawn(lab, question, BESIDE))]
        self._outputs: dict[str, tuple[str, ...]] = {NBGRADER.name: ()} | {o.by.name: o.outputs for o in others}
        self._checks = {other.by.name: [*map(self._with_expected, other.checks())] for other in others}
        self._theirs_most, self._theirs_slowest = ENOUGH, 0.0

    def _as_asked(self, draw: Draw) -> dict[str, Draw]:
        """A draw as we ask it, under no course's name, and as those ask it who leave something of it open."""
        made = {"": draw}
        for other in self._others:
            if other.as_asked:
                cases = [other.as_asked(case) for case in draw[0]]
                made[other.by.name] = cases, [self._lab.questions[self._question].expected(**case) for case in cases]
        return made

    def _with_expected(self, check: Check) -> tuple[Check, Mapping[str, np.ndarray]]:
        return check, self._lab.questions[self._question].expected(**check.case)

    def timed(self, solution: str) -> None:
        """Give the cases of others ten times what the solution takes."""
        found = in_child(partial(self._found, solution, ENOUGH, ()), ENOUGH)
        self._theirs_most = SPARE + 10 * (found or {}).get("theirs_slowest", ENOUGH)

    def compared(self, kind: str, name: str, source: str) -> Compared:
        """What every check says of a cell; a child that dies is refused by all."""
        found = in_child(partial(self._found, source, self._most, ()), ENOUGH)
        keys = ("wrong", "ours", "theirs")
        if found is None:
            refused: dict[str, Any] = {key: dict.fromkeys(self._outputs, True) for key in keys}
            found = refused | {"cases": [True] * len(self.public.cases)}
        told = {key: found[key] for key in keys}
        return Compared(
            lab=self._lab.name, question=self._question, kind=kind, name=name, cases=tuple(found["cases"]), **told
        )

    def _found(self, source: str, most: float, _without: Collection[str]) -> dict[str, Any]:
        """Run the cell, then put it to every case; the child does this and no more."""
        np.random.seed(0)
        self._patience = most
        with contextlib.suppress(Exception, TimeUp), seconds(most):
            run_cell(self._namespace, f"{self._question}_code", source)
        wrong, ours = (self._wrong_in(draw, surely=draw is self._draws[0]) for draw in self._draws)
        public = [self._answer(case) for case in self.public.cases]
        ended = self._patience == most
        theirs = {name: not ended or self._refused_by(checks) for name, checks in self._checks.items()}
        return {
            **{"wrong": wrong, "ours": ours, "theirs": theirs, "theirs_slowest": self._theirs_slowest},
            **{"cases": self._public_cases(public), "slowest": self._slowest},
            **{"rungs": ["wrong"] * wrong[NBGRADER.name], "seen": self._seen(public)},
        }

    def _wrong_in(self, draws: Mapping[str, Draw], surely: bool) -> dict[str, bool]:
        """Of each course, whether an answer to a draw's cases is wrong in what the course asks.

        Where code raises, nobody knows which output it was that brought none: this is `surely` wrong only in the eyes
        of a course that asks for all.
        """
        answers = {name: [self._answer(case) for case in draw[0]] for name, draw in draws.items()}
        keys = {name: name if name in draws else "" for name in self._outputs}
        return {
            name: self._any_wrong(draws[key], answers[key], self._outputs[name], surely) for name, key in keys.items()
        }

    def _any_wrong(self, draw: Draw, answers: Sequence[Answer | str], outputs: Collection[str], surely: bool) -> bool:
        rule = self._lab.rule(self._question)
        for case, wanted, answer in zip(*draw, answers, strict=True):
            part = {name: wanted[name] for name in wanted if not outputs or name in outputs}
            if isinstance(answer, str) or answer.values is None:
                if not (outputs and surely):
                    return True
            elif judge(rule, [case], [part], [answer]).rung:
                return True
        return False

    def _seen(self, answers: Sequence[Answer | str]) -> bool:
        """Whether the student's own check finds it wrong."""
        plain = [answer for answer in answers if not isinstance(answer, str)]
        known = self.public
        return len(plain) < len(answers) or bool(judge(known.rule, known.cases, known.expected, plain).rung)

    def _public_cases(self, answers: Sequence[Answer | str]) -> list[bool]:
        """Of each public case, whether `assert_allclose` with our tolerances refuses the answer."""
        pairs = zip(answers, self.public.expected, strict=True)
        return [not (isinstance(a, Answer) and self._close_enough(a, wanted)) for a, wanted in pairs]

    def _close_enough(self, answer: Answer, wanted: Mapping[str, np.ndarray]) -> bool:
        allowed = {name: self.public.rule.output(name).allowed(np.asarray(wanted[name])) for name in wanted}
        rules = [close(name, rtol=0, atol=float(atol)) for name, atol in allowed.items()]
        return all(_holds(rule, answer, wanted) for rule in rules)

    def _refused_by(self, checks: Sequence[tuple[Check, Mapping[str, np.ndarray]]]) -> bool:
        return not all(
            _holds(check.holds, self._their_answer(check.case, check.names), wanted) for check, wanted in checks
        )

    def _their_answer(self, case: Case, names: Collection[str]) -> Answer:
        """The answer to another's case, of which only these outputs are taken."""
        started, function = time.process_time(), getattr(self._lab.asks, self._question)
        measure = measure_of(self._lab.name, self._question)
        function = function if measure else _only(function, names)
        try:
            with seconds(self._theirs_most):
                return measured(measure, case, ask(function, self._namespace, case))
        except TimeUp:
            return Answer(missing=(TIME,))
        finally:
            self._theirs_slowest = max(self._theirs_slowest, time.process_time() - started)


def _only(function: Callable[..., Mapping[str, object]], names: Collection[str]) -> Callable[..., dict[str, object]]:
    """An ask that returns only these outputs."""

    @functools.wraps(function)
    def asked(*given: object, **case: object) -> dict[str, object]:
        return {name: value for name, value in function(*given, **case).items() if name in names}

    return asked


def _holds(rule: Callable[..., bool], answer: Answer, wanted: Mapping[str, np.ndarray]) -> bool:
    """Whether an answer has values that hold; what raises in the comparison does not."""
    if answer.values is None:
        return False
    try:
        with np.errstate(all="ignore"):
            return bool(rule(answer.values, wanted))
    except Exception:
        return False
