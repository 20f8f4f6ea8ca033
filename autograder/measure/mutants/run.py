"""All mutants of several labs: the part of `autograder measure` that is called ``mutants``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import RenderableType

from autograder.course import Lab
from autograder.measure.mutants import table
from autograder.measure.mutants.equivalents import equivalents
from autograder.measure.mutants.mutant import Mutant
from autograder.measure.mutants.tally import Measured
from autograder.measure.mutants.trial import Trial, mutants_of, trials
from autograder.measure.part import Shares

#: Mutants of one question that one process tries at a time.
PIECE = 100


@dataclass(frozen=True)
class Piece:
    """Some mutants of one question: one process's share of the work."""

    lab: str
    question: str
    mutants: tuple[Mutant, ...]


class Mutants:
    """Wrong answers by machine: every solution with one change."""

    def __init__(self, labs: Sequence[Lab], limit: int = 0) -> None:
        """Make the mutants; what a lab lists as no mistakes is read now, so that its faults show."""
        self._labs = {lab.name: equivalents(lab) for lab in labs}
        self._limit = limit
        pieces = [piece for lab in labs for question in lab.questions for piece in _pieces(lab, question, limit)]
        self._shares: Shares[Piece, Trial] = Shares(_of_piece, pieces)

    @property
    def count(self) -> int:
        """How many mutants there are."""
        return sum(len(piece.mutants) for piece in self._shares.pieces)

    def run(self, workers: int) -> Iterator[int]:
        """Try all; yields of how many it is known what became of them, as they come."""
        return self._shares.run(workers)

    @property
    def measured(self) -> list[Measured]:
        """What each lab's mutants came to, in the labs' order."""
        return [Measured(lab, self._of(lab), listed, self._limit) for lab, listed in self._labs.items()]

    def _of(self, lab: str) -> list[Trial]:
        return self._shares.found(lambda piece: piece.lab == lab)

    @property
    def holds(self) -> bool:
        """Every mutant is told or explained, and every explanation is of one."""
        return all(each.holds for each in self.measured)

    def shown(self) -> RenderableType:
        """The labs' table, and the diff of every mutant that needs a case or a reason."""
        return table.found(self.measured)

    def written(self) -> dict[str, Any]:
        """Each lab, each question's cases, each mutant."""
        return table.written(self.measured)


def _pieces(lab: Lab, question: str, limit: int) -> list[Piece]:
    every = mutants_of(lab, question, limit)
    starts = range(0, len(every), PIECE)
    return [Piece(lab.name, question, tuple(every[start : start + PIECE])) for start in starts]


def _of_piece(piece: Piece) -> list[Trial]:
    return list(trials(Lab(piece.lab), piece.question, piece.mutants))
