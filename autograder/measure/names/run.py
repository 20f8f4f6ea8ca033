"""Names given to what the bank does not hold: the part of `autograder measure` that is called ``names``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import RenderableType

from autograder.course import Lab
from autograder.measure.listed import listed
from autograder.measure.names import table
from autograder.measure.names.tally import Measured
from autograder.measure.names.trial import HeldOut, NameTrial, held_out, trials
from autograder.measure.part import InShares, Piece, Shares, pieces

#: Pieces of one question's code that one process tries at a time.
PIECE = 200


class Names(InShares[HeldOut, NameTrial]):
    """The names of mistakes left out of the bank, and of mutants."""

    def __init__(self, labs: Sequence[Lab], limit: int = 0) -> None:
        """Take the code; what a lab says of names is read now, so that its faults show."""
        self._labs = {lab.name: listed(lab).names for lab in labs}
        self._limit = limit
        self.shares = Shares(_of_piece, pieces(labs, PIECE, lambda lab, q: held_out(lab, q, limit)))

    @property
    def measured(self) -> list[Measured]:
        """What each lab's names came to, in the labs' order."""
        return [Measured(lab, self.shares.found(lab), said, self._limit) for lab, said in self._labs.items()]

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


def _of_piece(piece: Piece[HeldOut]) -> list[NameTrial]:
    return list(trials(Lab(piece.lab), piece.question, piece.code))
