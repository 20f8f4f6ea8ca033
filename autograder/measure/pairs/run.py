"""All pairs of several labs' mistakes: the part of `autograder measure` that is called ``pairs``."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import RenderableType

from autograder.course import Lab
from autograder.measure.listed import listed
from autograder.measure.pairs import table
from autograder.measure.pairs.depending import Chain, ChainTrial, chains_of
from autograder.measure.pairs.depending import trials as chain_trials
from autograder.measure.pairs.tally import Measured
from autograder.measure.pairs.trial import Pair, PairTrial, pairs_of, trials
from autograder.measure.part import Shares

#: Pairs of one question that one process tries at a time.
PIECE = 60


@dataclass(frozen=True)
class Piece:
    """Some pairs of one question: one process's share of the work."""

    lab: str
    question: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Below:
    """One question below one mistake in an earlier one."""

    lab: str
    chain: Chain


class Pairs:
    """Two known mistakes at once."""

    def __init__(self, labs: Sequence[Lab], limit: int = 0) -> None:
        """Make the pairs; what a lab lists as right is read now, so that its faults show."""
        self._labs = {lab.name: listed(lab).together for lab in labs}
        self._limit = limit
        self._pairs = {lab.name: [pair for q in lab.questions for pair in pairs_of(lab, q)] for lab in labs}
        pieces = [piece for lab in labs for q in lab.questions for piece in self._pieces(lab.name, q)]
        self._alone: Shares[Piece, PairTrial] = Shares(_of_piece, pieces)
        below = [Below(lab.name, c) for lab in labs for q in lab.questions for c in chains_of(lab, q)[: limit or None]]
        self._below: Shares[Below, ChainTrial] = Shares(_of_below, below)

    @property
    def count(self) -> int:
        """How many cells and notebooks are tried."""
        cells = sum(len(piece.pairs) for piece in self._alone.pieces)
        return cells + sum(below.chain.count for below in self._below.pieces)

    def run(self, workers: int) -> Iterator[int]:
        """Try all; yields of how many it is known what became of them, as they come."""
        return itertools.chain(self._alone.run(workers), self._below.run(workers))

    @property
    def measured(self) -> list[Measured]:
        """What each lab's pairs came to, in the labs' order."""
        return [
            Measured(
                lab,
                self._pairs[lab],
                self._alone.found(lambda piece, lab=lab: piece.lab == lab),  # type: ignore[misc]
                self._below.found(lambda below, lab=lab: below.lab == lab),  # type: ignore[misc]
                together,
                self._limit,
            )
            for lab, together in self._labs.items()
        ]

    @property
    def holds(self) -> bool:
        """Every pair is caught or explained, and no question is blamed for another's mistake."""
        return all(each.holds for each in self.measured)

    def shown(self) -> RenderableType:
        """The labs' table, and what must be mended."""
        return table.found(self.measured)

    def written(self) -> dict[str, Any]:
        """Each lab, each pair, each chain."""
        return table.written(self.measured)

    def _pieces(self, lab: str, question: str) -> list[Piece]:
        every = [pair for pair in self._pairs[lab] if pair.question == question and pair.source]
        if self._limit and len(every) > self._limit:
            every = [every[number * len(every) // self._limit] for number in range(self._limit)]
        return [Piece(lab, question, tuple(every[n : n + PIECE])) for n in range(0, len(every), PIECE)]


def _of_piece(piece: Piece) -> list[PairTrial]:
    return list(trials(Lab(piece.lab), piece.question, piece.pairs))


def _of_below(below: Below) -> list[ChainTrial]:
    return list(chain_trials(Lab(below.lab), [below.chain]))
