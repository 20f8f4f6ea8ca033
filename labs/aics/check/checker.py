"""The student's own check: ask, judge, time, and show a card."""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import os
import pkgutil
import sys
from collections.abc import Mapping
from dataclasses import replace

from aics.card.card import Card, Overview, overview
from aics.check import speed
from aics.check.ask import Answer, ask, ask_each
from aics.check.causes import with_cause, with_causes
from aics.check.folder import LabError, data_folder
from aics.check.imports import STARTED, Notebook, latest, used_by
from aics.check.judge import judge
from aics.check.loops import runs_loop
from aics.check.measure import measure_of, measured
from aics.check.messages import say
from aics.check.public_case import PublicCase, public_case
from aics.check.reference import PublicQuestion, Reference
from aics.check.refusal import not_allowed
from aics.check.speed_verdict import judge_speed, not_timed
from aics.check.verdict import Verdict

GRADING = "AICS_GRADING"


def open_lab(name: str) -> Checker:
    """Open a lab by name and return its `check`.

    Raises LabError where this installation has no such lab.
    """
    return Checker(name)


class Checker:
    """``check("conv_forward")`` judges one question, ``check()`` all of the lab's."""

    def __init__(self, lab: str) -> None:
        """Look the lab's public questions up; its reference data is read at the first check."""
        self.lab = lab
        try:
            self._asks = importlib.import_module(f"aics.{lab}.asks")
        except ModuleNotFoundError as error:
            if error.name not in (f"aics.{lab}", f"aics.{lab}.asks"):
                raise
            raise LabError(f"There is no lab {lab!r} here. There are: {', '.join(_labs())}.") from None
        self._reference: Reference | None = None

    def __repr__(self) -> str:
        return f'check for {self.lab}: run check("a question") below its cell, or check() for all'

    def __call__(self, question: str | None = None) -> Card | Overview | str:
        """Check one question, or all without their timing; the result shows itself as a card or table."""
        if os.environ.get(GRADING):
            return say("not_here")
        namespace = _caller()
        if question is None:
            notebook = _written(namespace)
            found = {r.name: self._values(self._look_up(r.name), namespace, notebook) for r in self._open().rules}
            return overview(list(with_causes({r.name: r.builds_on for r in self._open().rules}, found).values()))
        return Card(self.verdict(question, namespace))

    def case(self, question: str, number: int | None = None) -> PublicCase | str:
        """One public case of a question, by its number from 1: the first that fails, or the first of all.

        Raises LabError where there is no such question or no such case.
        """
        if os.environ.get(GRADING):
            return say("not_here")
        known = self._look_up(question)
        answers, measure = self._answers(known, _caller()), measure_of(self.lab, question)
        return public_case(known, answers, number, ask=getattr(self._asks, question), measure=measure)

    def verdict(self, question: str, namespace: Mapping[str, object], *, values_only: bool = False) -> Verdict:
        """The verdict on one question for the code in `namespace`, on the public cases; `values_only`: not timed."""
        known = self._look_up(question)
        notebook = _written(namespace)
        verdict = self._values(known, namespace, notebook)
        if verdict.rung:
            told = _with_its_case(verdict)
            return with_cause(
                told, known.rule.builds_on, lambda name: self._values(self._look_up(name), namespace, notebook)
            )
        case, function = known.speed_case, getattr(self._asks, question)
        if values_only or known.rule.limits is None or case is None:
            return verdict
        ratio = speed.ratio(
            lambda fresh: ask(function, namespace, fresh),
            lambda fresh: self._asks.YARDSTICKS[question](**fresh),
            case,
            known.rule.limits,
        )
        if ratio is None:
            return not_timed(verdict, "yardstick")
        return judge_speed(
            verdict,
            known.rule,
            ratio,
            against="yardstick",
            mistakes=known.mistakes,
            looped=lambda: runs_loop(lambda: ask(function, namespace, known.cases[0])),
        )

    def _values(self, known: PublicQuestion, namespace: Mapping[str, object], notebook: Notebook) -> Verdict:
        may = (*known.rule.allowed, *STARTED)
        beyond = next(notebook.not_allowed(used_by(self._asks, known.rule.name), may, plainly=True), None)
        if beyond:
            return not_allowed(known.rule, beyond)
        answers = self._answers(known, namespace)
        return judge(known.rule, known.cases, known.expected, answers, known.mistakes)

    def _answers(self, known: PublicQuestion, namespace: Mapping[str, object]) -> list[Answer]:
        function = getattr(self._asks, known.rule.name)
        measure = measure_of(self.lab, known.rule.name)
        return ask_each(lambda case: measured(measure, case, ask(function, namespace, case)), known.cases)

    def _open(self) -> Reference:
        if self._reference is None:
            path = data_folder() / "reference" / f"{self.lab}.npz"
            if not path.exists():
                raise LabError(f"{path} is not there. Take data/ from the labs' zip again and keep it beside labs/.")
            self._reference = Reference(path)
        return self._reference

    def _look_up(self, question: str) -> PublicQuestion:
        names = [rule.name for rule in self._open().rules]
        if question not in names:
            near = difflib.get_close_matches(str(question), names, n=1)
            asked = f" Did you mean {near[0]!r}?" if near else ""
            raise LabError(f"{self.lab} has no question {question!r}.{asked} It has: {', '.join(names)}.")
        return self._open().question(question)


def _with_its_case(verdict: Verdict) -> Verdict:
    """The verdict with the line that shows the case that failed."""
    if not verdict.number or verdict.rung == "defined":
        return verdict
    where = say("case.next", question=verdict.question, number=verdict.number)
    return replace(verdict, next_move=f"{verdict.next_move} {where}".lstrip())


def _labs() -> list[str]:
    """The labs that this installation has, by name."""
    rooms = pkgutil.iter_modules(importlib.import_module("aics").__path__)
    return sorted(r.name for r in rooms if r.ispkg and importlib.util.find_spec(f"aics.{r.name}.asks"))


def _written(namespace: Mapping[str, object]) -> Notebook:
    """The cells that this notebook has run; none where the caller is a script."""
    history = namespace.get("In")
    return latest(history if isinstance(history, list) else [])


def _caller() -> Mapping[str, object]:
    """The names of whoever called ``check``: the notebook's, or a script's globals."""
    return sys._getframe(2).f_globals
