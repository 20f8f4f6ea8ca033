"""Mutants judged on a question's hidden cases, and by the student's own check on the public ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.authoring.cell import cell_of
from autograder.course import Lab
from autograder.measure.judging import Judged, Judging
from autograder.measure.mutants.mutant import Mutant, mutants
from autograder.measure.part import some

#: The further draws of hidden cases that a mutant is asked which draw 0 does not tell.
FURTHER = range(1, 30)


@dataclass(frozen=True, kw_only=True)
class Trial(Judged):
    """What became of one mutant: `question`, `rule`, `line`, `was`, `now` and `diff` are the mutant's.

    `told_on` is the first of the further draws that tells it where draw 0 does not; 0 where none does.
    """

    lab: str
    question: str
    rule: str
    line: int
    was: str
    now: str
    diff: str
    told_on: int = 0

    @property
    def alive(self) -> bool:
        """No hidden case of any draw tells it from the solution."""
        return super().alive and not self.told_on


def trials(lab: Lab, question: str, chosen: Sequence[Mutant], further: Sequence[int] = FURTHER) -> Iterator[Trial]:
    """Yield what becomes of each of one question's mutants. CourseError where the solution itself does not pass."""
    cell, judging = cell_of(lab, question), Judging(lab, question)
    with judging.prepared(cell.source):
        for mutant in chosen:
            judged = judging.judged(mutant.source)
            told_on = judging.told_on(mutant.source, further) if judged.alive else 0
            told = vars(mutant) | {"diff": mutant.diff(cell.source), "told_on": told_on} | vars(judged)
            del told["source"]
            yield Trial(lab=lab.name, **told)


def mutants_of(lab: Lab, question: str, limit: int = 0) -> list[Mutant]:
    """The mutants of a question's solution; with `limit`, so many of them, evenly over all."""
    return list(some(mutants(question, cell_of(lab, question)), limit))
