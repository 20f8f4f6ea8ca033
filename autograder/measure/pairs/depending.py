"""Mistakes in two questions of which one builds on the other: is each told, and is the right one blamed?"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.authoring.cell import cell_of
from autograder.course import Lab, Variant
from autograder.measure.judging import Judged, Judging

#: Of each two questions that depend on each other so many mistakes of the earlier one are tried, and with each of them
#: so many of the later one: all of both would be some thousands.
EARLIER, LATER = 4, 2


@dataclass(frozen=True)
class Chain:
    """A mistake in an earlier question, and what the later one's cell holds: the solution first, then mistakes."""

    question: str
    earlier: str
    mistake: Variant
    later: tuple[Variant, ...]

    @property
    def count(self) -> int:
        """How many notebooks this is."""
        return 1 + len(self.later)


@dataclass(frozen=True, kw_only=True)
class ChainTrial(Judged):
    """What became of a question's cell below a mistake in one that it builds on.

    Attributes
    ----------
    question, mistake : str
        The later question, and the mistake in its own cell; "" where that is the solution.
    earlier, earlier_mistake : str
        What it builds on, and what is wrong there.
    """

    lab: str
    question: str
    mistake: str
    earlier: str
    earlier_mistake: str

    @property
    def misled(self) -> bool:
        """A mistake is named firmly that the cell does not hold."""
        return self.name == "firm" and self.misconception != self.mistake


def chains_of(lab: Lab, question: str) -> list[Chain]:
    """A question's chains, drawn by its name alone: the same ones in every run."""
    return [chain for earlier in lab.questions[question].builds_on for chain in _of_two(lab, question, earlier)]


def _of_two(lab: Lab, question: str, earlier: str) -> Iterator[Chain]:
    drawn = random.Random(f"{lab.name} {earlier} {question}")
    for mistake in _some(drawn, lab, earlier, EARLIER):
        yield Chain(question, earlier, mistake, tuple(_some(drawn, lab, question, LATER)))


def _some(drawn: random.Random, lab: Lab, question: str, count: int) -> list[Variant]:
    known = [v for v in lab.misconceptions if v.question == question and not v.slow]
    return drawn.sample(known, min(count, len(known)))


def trials(lab: Lab, chains: Sequence[Chain]) -> Iterator[ChainTrial]:
    """Yield what becomes of each chain's notebooks."""
    for chain in chains:
        exchanged = {f"{chain.earlier}_code": chain.mistake.source}
        solution = cell_of(lab, chain.question).source
        judging = Judging(lab, chain.question, exchanged=exchanged)
        with judging.prepared(solution):
            for name, source in [("", solution), *((v.name, v.source) for v in chain.later)]:
                yield ChainTrial(
                    **vars(judging.judged(source)),
                    lab=lab.name,
                    question=chain.question,
                    mistake=name,
                    earlier=chain.earlier,
                    earlier_mistake=chain.mistake.name,
                )
