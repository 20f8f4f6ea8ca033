"""Whether a name that the student's own check gives is the true one, asked of cases that no build has seen.

A known mistake has the name of what was done; the judge sees only what came out. A name is true, as far as answers can
say, if code and mistake answer the same not only to the public cases, of which the check knows, but to many fresh ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from aics.check.ask import Answer
from aics.check.judge import Mistake, judge
from autograder.course import Lab
from autograder.measure.bank import Bank
from autograder.measure.draws import Draw
from autograder.measure.judging import Asked, Judged, Judging

#: How many draws of hidden cases have to bear a name out; their numbers begin behind those that decide elsewhere.
DRAWS = range(1001, 1011)


class Fresh:
    """One question's fresh cases, and what its known mistakes answer to them."""

    def __init__(self, lab: Lab, question: str) -> None:
        """Draw nothing before it is needed."""
        self._bank, self._rule = Bank(lab, question, DRAWS), lab.rule(question)

    def bear_out(self, judging: Judging, source: str, judged: Judged) -> bool:
        """Whether the name that the check gave a cell holds on every draw; a firm one as firmly.

        Two at once hold where each shows by itself, or where the cell answers as one in which both are made.
        """
        names = named_in(judged.misconception)
        together = [judged.misconception] if len(names) > 1 and judged.misconception in self._bank.pairs else []
        known = [self._bank.known(name) for name in [*names, *together]]
        draws = list(zip(self._bank.draws, zip(*known, strict=True), strict=True))
        return bool(judging.tried(source, partial(self._hold, judged, draws)))

    def _hold(self, judged: Judged, draws: Sequence[tuple[Draw, Sequence[Mistake]]], asked: Asked) -> bool:
        return all(self._holds(judged, *each, asked) for each in draws)

    def _holds(self, judged: Judged, draw: Draw, known: Sequence[Mistake], asked: Asked) -> bool:
        cases, expected = draw
        answers = [asked(case) for case in cases]
        came = [answer for answer in answers if isinstance(answer, Answer)]
        if len(came) < len(answers):
            return False
        verdict = judge(self._rule, cases, expected, came, known)
        return verdict.misconception == judged.misconception and (judged.name == "maybe" or not verdict.guessed)


def named_in(misconception: str) -> list[str]:
    """The known mistakes that a verdict names: one, or two at once."""
    return misconception.split(" and ") if misconception else []
