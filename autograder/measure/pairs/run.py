"""All pairs of several labs' mistakes: the part of `autograder measure` that is called ``pairs``."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import RenderableType

from autograder.authoring.pairs import Pair, pairs_of
from autograder.course import Lab
from autograder.measure.listed import listed
from autograder.measure.pairs import table
from autograder.measure.pairs.depending import Chain, ChainTrial, chains_of
from autograder.measure.pairs.depending import trials as chain_trials
from autograder.measure.pairs.tally import Measured
from autograder.measure.pairs.trial import PairTrial, trials
from autograder.measure.part import Piece, Shares, pieces, some

#: Pairs of one question that one process tries at a time.
PIECE = 60


class Pairs:
    """Two known mistakes at once."""

    def __init__(self, labs: Sequence[Lab], limit: int = 0) -> None:
        """Make the pairs; what a lab lists as right is read now, so that its faults show."""
        self._labs = {lab.name: listed(lab).together for lab in labs}
        self._limit = limit
        self._pairs = {lab.name: [pair for q in lab.questions for pair in pairs_of(lab, q)] for lab in labs}
        self._alone: Shares[Pair, PairTrial] = Shares(_of_piece, pieces(labs, PIECE, self._real))
        self._below: Shares[Chain, ChainTrial] = Shares(
            _of_chain, pieces(labs, 1, lambda lab, q: chains_of(lab, q)[: limit or None])
        )

    @property
    def count(self) -> int:
        """How many cells and notebooks are tried."""
        return self._alone.count + sum(chain.count for piece in self._below.pieces for chain in piece.code)

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
                self._alone.found(lab),
                self._below.found(lab),
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

    def _real(self, lab: Lab, question: str) -> Sequence[Pair]:
        """The pairs of one question that could be made."""
        return some([pair for pair in self._pairs[lab.name] if pair.question == question and pair.source], self._limit)


def _of_piece(piece: Piece[Pair]) -> list[PairTrial]:
    return list(trials(Lab(piece.lab), piece.question, piece.code))


def _of_chain(piece: Piece[Chain]) -> list[ChainTrial]:
    return list(chain_trials(Lab(piece.lab), piece.code))
