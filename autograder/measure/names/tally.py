"""How often a name is the true one, in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.measure.listed import Said
from autograder.measure.names.trial import NameTrial

#: The share of firm names that must be true, in every lab.
GOAL = 0.98


@dataclass(frozen=True)
class Measured:
    """A lab's held-out code, and what a person has said of names; `limit`: what was tried is only a choice."""

    lab: str
    trials: Sequence[NameTrial]
    listed: Sequence[Said] = ()
    limit: int = 0

    def true(self, trial: NameTrial) -> bool:
        """Whether a name is the true one: a person's word, where there is one, else the rule's."""
        return next((said.true for said in self.listed if _means(said, trial)), trial.true)

    @property
    def left_out(self) -> list[NameTrial]:
        """The known mistakes, each left out of the bank in turn."""
        return [trial for trial in self.trials if trial.held_out.left_out]

    @property
    def uncaught(self) -> list[NameTrial]:
        """Mistakes that lose no points once they are left out."""
        return [trial for trial in self.left_out if trial.alive]

    def named(self, how: str) -> list[NameTrial]:
        """All that is named so, ``firm`` or ``maybe``."""
        return [trial for trial in self.trials if trial.name == how]

    def wrongly(self, how: str) -> list[NameTrial]:
        """All that is named so, and is something else."""
        return [trial for trial in self.named(how) if not self.true(trial)]

    @property
    def precise(self) -> bool:
        """As many firm names are true as must be."""
        return len(self.wrongly("firm")) <= (1 - GOAL) * len(self.named("firm"))

    @property
    def unused(self) -> list[Said]:
        """What was said of a name that nothing is given; where only some code was tried, nobody knows."""
        return [said for said in self.listed if not self.limit and not any(_means(said, t) for t in self.trials)]

    @property
    def holds(self) -> bool:
        """Left-out mistakes are caught, firm names are true, and what was said is of a name that is given."""
        return self.precise and not (self.uncaught or self.unused)


def _means(said: Said, trial: NameTrial) -> bool:
    code = trial.held_out
    about = code.question, trial.misconception, code.left_out, code.was, code.now
    return about == (said.question, said.named, said.left_out, said.was, said.now)
