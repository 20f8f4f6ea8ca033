"""Names given to what the bank does not hold: the part of `autograder measure` that is called ``names``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import RenderableType

from autograder.course import Lab
from autograder.measure.listed import listed
from autograder.measure.names import table
from autograder.measure.names.tally import Measured
from autograder.measure.names.trial import HeldOut, NameTrial, held_out, trials
from autograder.measure.part import Shares

#: Pieces of one question's code that one process tries at a time.
PIECE = 200


@dataclass(frozen=True)
class Piece:
    """Some code for one question: one process's share of the work."""

    lab: str
    question: str
    code: tuple[HeldOut, ...]


class Names:
    """The names of mistakes left out of the bank, and of mutants."""

    def __init__(self, labs: Sequence[Lab], limit: int = 0) -> None:
        """Take the code; what a lab says of names is read now, so that its faults show."""
        self._labs = {lab.name: listed(lab).names for lab in labs}
        self._limit = limit
        pieces = [piece for lab in labs for question in lab.questions for piece in _pieces(lab, question, limit)]
        self._shares: Shares[Piece, NameTrial] = Shares(_of_piece, pieces)

    @property
    def count(self) -> int:
        """How many pieces of code are tried."""
        return sum(len(piece.code) for piece in self._shares.pieces)

    def run(self, workers: int) -> Iterator[int]:
        """Try all; yields of how many it is known what became of them, as they come."""
        return self._shares.run(workers)

    @property
    def measured(self) -> list[Measured]:
        """What each lab's names came to, in the labs' order."""
        return [Measured(lab, self._of(lab), said, self._limit) for lab, said in self._labs.items()]

    def _of(self, lab: str) -> list[NameTrial]:
        return self._shares.found(lambda piece: piece.lab == lab)

    @property
    def holds(self) -> bool:
        """Every left-out mistake is caught, and firm names are true as often as they must be."""
        return all(each.holds for each in self.measured)

    def shown(self) -> RenderableType:
        """The labs' table, and every firm name that is not the true one."""
        return table.found(self.measured)

    def written(self) -> dict[str, Any]:
        """Each lab, and each piece of code that was left out or is named."""
        return table.written(self.measured)


def _pieces(lab: Lab, question: str, limit: int) -> list[Piece]:
    every = held_out(lab, question, limit)
    return [Piece(lab.name, question, tuple(every[n : n + PIECE])) for n in range(0, len(every), PIECE)]


def _of_piece(piece: Piece) -> list[NameTrial]:
    return list(trials(Lab(piece.lab), piece.question, piece.code))
