"""What a lab's mutants came to, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.measure.mutants.equivalents import Equivalent, refuted, unexplained, unsteady, unused
from autograder.measure.mutants.matrix import Matrix, matrices
from autograder.measure.mutants.trial import Trial


@dataclass(frozen=True)
class Measured:
    """A lab's mutants, what became of each, and what is listed as no mistake; `limit`: they are only a choice."""

    lab: str
    trials: Sequence[Trial]
    listed: Sequence[Equivalent]
    limit: int = 0

    @property
    def killed(self) -> int:
        """How many a hidden case tells from the solution."""
        return sum(not trial.alive for trial in self.trials)

    @property
    def unexplained(self) -> list[Trial]:
        """Those that none does, and that are not listed."""
        return unexplained(self.listed, self.trials)

    @property
    def unsteady(self) -> list[Trial]:
        """Those that only some draws of hidden cases tell: now and then one earns points."""
        return unsteady(self.listed, self.trials)

    @property
    def equivalent(self) -> int:
        """How many of those that none does are listed."""
        return len(self.trials) - self.killed - len(self.unexplained)

    @property
    def refuted(self) -> list[Trial]:
        """Those that are listed wrongly."""
        return refuted(self.listed, self.trials)

    @property
    def unused(self) -> list[Equivalent]:
        """What is listed and is no mutant any more; where only some were tried, nobody knows."""
        return [] if self.limit else unused(self.listed, self.trials)

    @property
    def holds(self) -> bool:
        """Every mutant is told on every draw or explained, and every explanation is of one."""
        return not (self.unexplained or self.unsteady or self.refuted or self.unused)

    @property
    def named(self) -> Counter[str]:
        """Of those that are told: how many the student's own check names ``firm``, ``maybe`` and ``none``."""
        return Counter(trial.name for trial in self.trials if not trial.alive)

    @property
    def matrices(self) -> list[Matrix]:
        """Cases against mutants, question by question."""
        return matrices(self.trials)


def interval(part: int, whole: int) -> tuple[float, float]:
    """The exact 95 % interval of a share (Clopper and Pearson, 1934); 0 to 1 where nothing was tried."""
    if not whole:
        return 0.0, 1.0
    from scipy.stats import binomtest  # half a second, which most commands and tests need not wait

    found = binomtest(part, whole).proportion_ci(0.95, method="exact")
    return float(found.low), float(found.high)
