"""Which case tells which mutant from the solution, and which cases tell none that no other does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.measure.mutants.trial import Trial


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """One question's hidden cases against its mutants.

    Attributes
    ----------
    cases : int
        How many there are.
    kills : tuple of int
        Of each case, how many mutants it tells from the solution.
    alone : tuple of int
        Of each case, how many of these no other case does.
    """

    lab: str
    question: str
    cases: int
    kills: tuple[int, ...]
    alone: tuple[int, ...]

    @property
    def redundant(self) -> tuple[int, ...]:
        """The cases, from 1, without which every mutant would still be told."""
        return tuple(number for number, alone in enumerate(self.alone, 1) if not alone)


def matrices(trials: Sequence[Trial]) -> list[Matrix]:
    """The matrix of each question that these are mutants of."""
    questions = dict.fromkeys((trial.lab, trial.question) for trial in trials)
    return [_matrix(*each, [t for t in trials if (t.lab, t.question) == each]) for each in questions]


def _matrix(lab: str, question: str, trials: Sequence[Trial]) -> Matrix:
    cases = range(len(trials[0].rungs))
    kills = tuple(sum(bool(trial.rungs[case]) for trial in trials) for case in cases)
    alone = tuple(sum(_only(trial, case) for trial in trials) for case in cases)
    return Matrix(lab=lab, question=question, cases=len(cases), kills=kills, alone=alone)


def _only(trial: Trial, case: int) -> bool:
    return bool(trial.rungs[case]) and sum(map(bool, trial.rungs)) == 1
