"""The known mistakes of a question, asked cases that no build has seen."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Mapping, Sequence
from functools import cached_property

from aics.check.ask import Answer
from aics.check.judge import Mistake
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.pairs import pairs_of
from autograder.authoring.start import working_folder
from autograder.course import Lab
from autograder.measure.draws import Draw, drawn


class Bank:
    """What each known mistake of a question answers to the cases of some draws; nothing is asked twice."""

    def __init__(self, lab: Lab, question: str, draws: Sequence[int]) -> None:
        """Draw nothing yet; `draws` are the numbers of the draws of hidden cases."""
        self._lab, self._question, self._numbers = lab, question, draws
        self._answers: dict[str, list[list[Answer]]] = {}

    @cached_property
    def draws(self) -> list[Draw]:
        """Each draw's cases, and what is expected of each."""
        return [drawn(self._lab, self._question, number) for number in self._numbers]

    @cached_property
    def mistakes(self) -> dict[str, str]:
        """The cell of each mistake, by its name; those of speed are left out."""
        return {v.name: v.source for v in self._lab.misconceptions if v.question == self._question and not v.slow}

    @cached_property
    def pairs(self) -> dict[str, str]:
        """The cell of each two mistakes at once, where there is one, by both names as the judge writes them."""
        return {f"{p.one} and {p.other}": p.source for p in pairs_of(self._lab, self._question) if p.source}

    def known(self, name: str) -> list[Mistake]:
        """A mistake, or two at once, as the judge knows one, draw by draw."""
        if name not in self._answers:
            self._answers[name] = self._asked(self.mistakes.get(name) or self.pairs[name])
        return [Mistake(name=name, hint="", answers=answers) for answers in self._answers[name]]

    def _asked(self, source: str) -> list[list[Answer]]:
        cells = solution_cells(self._lab)
        own = f"{self._question}_code"
        until = [grade_id for grade_id, _ in cells].index(own) + 1
        with working_folder(self._lab) as folder, warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")  # overflow and division by zero are what some mistakes are about
            namespace = run_cells(cells[:until], {own: source}, folder)
            return [self._of_draw(namespace, number) for number in range(len(self.draws))]

    def _of_draw(self, namespace: Mapping[str, object], number: int) -> list[Answer]:
        return [self._lab.answer(self._question, namespace, case) for case in self.draws[number][0]]
