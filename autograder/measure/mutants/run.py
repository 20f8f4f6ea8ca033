"""All mutants of several labs: the part of `autograder measure` that is called ``mutants``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import RenderableType

from autograder.course import Lab
from autograder.measure.mutants import table
from autograder.measure.mutants.equivalents import equivalents
from autograder.measure.mutants.mutant import Mutant
from autograder.measure.mutants.tally import Measured
from autograder.measure.mutants.trial import Trial, mutants_of, trials
from autograder.measure.part import InShares, Piece, Shares, pieces

#: Mutants of one question that one process tries at a time.
PIECE = 100


class Mutants(InShares[Mutant, Trial]):
    """Wrong answers by machine: every solution with one change."""

    def __init__(self, labs: Sequence[Lab], limit: int = 0) -> None:
        """Make the mutants; what a lab lists as no mistakes is read now, so that its faults show."""
        self._labs = {lab.name: equivalents(lab) for lab in labs}
        self._limit = limit
        self.shares = Shares(_of_piece, pieces(labs, PIECE, lambda lab, q: mutants_of(lab, q, limit)))

    @property
    def measured(self) -> list[Measured]:
        """What each lab's mutants came to, in the labs' order."""
        return [Measured(lab, self.shares.found(lab), listed, self._limit) for lab, listed in self._labs.items()]

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


def _of_piece(piece: Piece[Mutant]) -> list[Trial]:
    return list(trials(Lab(piece.lab), piece.question, piece.code))
