"""The lab's `check` as a notebook opens it: what judges is imported at the first check.

A hand-in opens its lab in each sandbox where it is graded, and nothing is checked there.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from aics.check.folder import LabError
from aics.check.messages import say
from aics.language import languages, listed, speak
from aics.language.spoken import ENGLISH, short

if TYPE_CHECKING:
    from aics.card.card import Card
    from aics.card.finish_line import FinishLine
    from aics.card.notice import Notice
    from aics.card.own import OwnCard
    from aics.check.checker import Checker
    from aics.check.public_case import PublicCase
    from aics.check.verdict import Verdict

GRADING = "AICS_GRADING"


def open_lab(name: str, student: str = "", language: str = "") -> OpenedLab:
    """Open a lab by name and return its `check`.

    student : whose parameters it has, where these differ
    language : what this process speaks from now on, such as "zh"; "" leaves it as it is

    Raises LabError where this installation has no such lab.
    """
    if language and not os.environ.get(GRADING):  # in a sandbox nobody reads, and the grader speaks for itself
        _speak(language)
    return OpenedLab(name, student)


def _speak(name: str) -> None:
    """Let this process speak a language; English, and a line that says so, where there is none of that name."""
    known = short(name) in languages()
    speak(name if known else ENGLISH)
    if not known:
        print(say("no_language", language=name, languages=listed(languages())))


class OpenedLab:
    """``check("conv_forward")`` judges one question, ``check()`` all of the lab's."""

    def __init__(self, lab: str, student: str = "") -> None:
        """Look the lab's public questions up; its reference data is read at the first check."""
        self.lab, self._student = lab, student
        try:
            self._asks = importlib.import_module(f"aics.{lab}.asks")
        except ModuleNotFoundError as error:
            if error.name not in (f"aics.{lab}", f"aics.{lab}.asks"):
                raise
            raise LabError(say("no_lab", lab=lab, labs=listed(_labs()))) from None

    def __repr__(self) -> str:
        return say("opened", lab=self.lab)

    def __call__(self, question: str | None = None) -> Card | FinishLine | Notice | str:
        """Check one question, or all, which is the lab's finish line; the result shows itself as a card or table.

        Where an exam leaves a question's check out, here and below, one sentence says so.
        """
        if os.environ.get(GRADING):
            return say("not_here")
        namespace = _caller()
        return (
            self._checker.finish(namespace, log=True) if question is None else self._checker.card(question, namespace)
        )

    def case(self, question: str, number: int | None = None) -> PublicCase | Notice | str:
        """One public case of a question, by its number from 1: the first that fails, or the first of all.

        Raises LabError where there is no such question or no such case.
        """
        return say("not_here") if os.environ.get(GRADING) else self._checker.case(question, _caller(), number)

    def own(self, question: str, *answers: object) -> OwnCard | Notice | str:
        """Ask a question or two about the code of a question that is right, or take the answers to them.

        Raises LabError where there is no such question.
        """
        return say("not_here") if os.environ.get(GRADING) else self._checker.own(question, _caller(), answers)

    def finish(self, namespace: Mapping[str, object], path: Path | None = None, *, log: bool = False) -> FinishLine:
        """The verdicts on all questions, and what to hand in; see `Checker.finish`."""
        return self._checker.finish(namespace, path, log=log)

    def verdicts(self, namespace: Mapping[str, object]) -> list[Verdict]:
        """The verdicts on all questions; see `Checker.verdicts`."""
        return self._checker.verdicts(namespace)

    def verdict(self, question: str, namespace: Mapping[str, object], *, values_only: bool = False) -> Verdict:
        """The verdict on one question for the code in `namespace`, on the public cases; `values_only`: not timed."""
        return self._checker.verdict(question, namespace, values_only=values_only)

    @cached_property
    def _checker(self) -> Checker:
        """What asks and judges; it keeps what it has read and timed for as long as the lab is open."""
        from aics.check.checker import Checker

        return Checker(self.lab, self._asks, self._student)


def _labs() -> list[str]:
    """The labs that this installation has, by name."""
    import pkgutil

    rooms = pkgutil.iter_modules(importlib.import_module("aics").__path__)
    return sorted(r.name for r in rooms if r.ispkg and importlib.util.find_spec(f"aics.{r.name}.asks"))


def _caller() -> Mapping[str, object]:
    """The names of whoever called ``check``: the notebook's, or a script's globals."""
    return sys._getframe(2).f_globals
