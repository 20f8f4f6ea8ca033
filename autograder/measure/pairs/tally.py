"""What a lab's pairs of mistakes came to, in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.authoring.pairs import Pair
from autograder.measure.listed import Together
from autograder.measure.pairs.depending import ChainTrial
from autograder.measure.pairs.trial import BROKEN, MASKED, PairTrial


@dataclass(frozen=True)
class Measured:
    """A lab's pairs: all that there are, what became of those tried, and which are listed as right.

    `chains` are mistakes in two questions; `limit`: what was tried is only a choice.
    """

    lab: str
    pairs: Sequence[Pair]
    trials: Sequence[PairTrial]
    chains: Sequence[ChainTrial]
    listed: Sequence[Together]
    limit: int = 0

    @property
    def left_out(self) -> int:
        """Pairs that cannot be made in one cell: they change the same words, or one is part of the other."""
        return sum(not pair.source for pair in self.pairs)

    @property
    def broken(self) -> int:
        """Pairs whose lines do not fit together."""
        return sum(trial.kind == BROKEN for trial in self.trials)

    @property
    def masked(self) -> int:
        """Pairs that answer all that one of the two does alone."""
        return sum(trial.kind == MASKED for trial in self.trials)

    @property
    def made_up(self) -> list[PairTrial]:
        """Pairs that are listed as right: one mistake makes up for the other."""
        return [trial for trial in self._alive if any(_means(each, trial) for each in self.listed)]

    @property
    def real(self) -> list[PairTrial]:
        """Pairs of which both mistakes show, and that are wrong."""
        return [trial for trial in self.trials if trial.real and trial not in self.made_up]

    @property
    def uncaught(self) -> list[PairTrial]:
        """Pairs that lose no points, and of which nobody has said why that is right."""
        return [trial for trial in self._alive if trial not in self.made_up]

    @property
    def named(self) -> list[PairTrial]:
        """Real pairs of which the check names at least one mistake, and none that is not there."""
        return [trial for trial in self.real if trial.true]

    def wrongly(self, how: str) -> list[PairTrial]:
        """Real pairs that are given another name, ``firm`` or ``maybe``."""
        return [trial for trial in self.real if trial.name == how and not trial.true]

    @property
    def unseen(self) -> list[PairTrial]:
        """Real pairs of which at least one mistake is named, and none that is not there, by who does not know them."""
        return [trial for trial in self.real if trial.unseen_true]

    @property
    def misnamed(self) -> list[PairTrial]:
        """Real pairs that are given another name, firmly, by who does not know them."""
        return [trial for trial in self.real if trial.unseen == "firm" and not trial.unseen_true]

    @property
    def misjudged(self) -> list[ChainTrial]:
        """Later questions whose mistake is not caught, or that are blamed for one that they do not hold."""
        return [chain for chain in self.chains if chain.misled or (chain.mistake and chain.alive)]

    @property
    def kept(self) -> int:
        """Right answers to later questions that keep their points below a mistake."""
        return sum(not chain.mistake and chain.alive for chain in self.chains)

    @property
    def refuted(self) -> list[Together]:
        """What is listed as right and is told by a case, or is no pair."""
        return [each for each in self.listed if not self.limit and not any(_means(each, t) for t in self._alive)]

    @property
    def holds(self) -> bool:
        """Every pair loses points or is explained, and nobody is blamed for another question's mistake."""
        return not (self.uncaught or self.misjudged or self.refuted)

    @property
    def _alive(self) -> list[PairTrial]:
        return [trial for trial in self.trials if trial.alive]


def _means(entry: Together, trial: PairTrial) -> bool:
    return (entry.question, entry.mistakes) == (trial.question, frozenset((trial.one, trial.other)))
