"""All mutants of several labs, on all cores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.course import Lab
from autograder.grading.bench import Bench
from autograder.grading.pool import on_benches
from autograder.measure.mutants.equivalents import equivalents
from autograder.measure.mutants.mutant import Mutant
from autograder.measure.mutants.tally import Measured
from autograder.measure.mutants.trial import Trial, Trials, mutants_of

#: Mutants of one question that one process tries at a time.
PIECE = 100


@dataclass(frozen=True)
class Piece:
    """Some mutants of one question: one process's share of the work."""

    lab: str
    question: str
    mutants: tuple[Mutant, ...]


class Measuring:
    """The trial of several labs' mutants; with `limit`, of so many of each question."""

    def __init__(self, labs: Sequence[Lab], limit: int = 0) -> None:
        """Make the mutants; none is tried yet. What a lab lists as no mistakes is read now, so that its faults show."""
        self._labs = {lab.name: equivalents(lab) for lab in labs}
        self._limit = limit
        self._pieces = [piece for lab in labs for question in lab.questions for piece in _pieces(lab, question, limit)]
        self._found: dict[Piece, list[Trial]] = {}

    @property
    def count(self) -> int:
        """How many mutants there are."""
        return sum(len(piece.mutants) for piece in self._pieces)

    def run(self, workers: int) -> Iterator[list[Trial]]:
        """Try all; yields what became of some as they come."""
        for piece, found in on_benches(_of_piece, self._pieces, "none", workers):
            if isinstance(found, Exception):
                raise found
            self._found[piece] = found
            yield found

    @property
    def measured(self) -> list[Measured]:
        """What each lab's mutants came to, in the labs' order."""
        return [Measured(lab, self._of(lab), listed, self._limit) for lab, listed in self._labs.items()]

    def _of(self, lab: str) -> list[Trial]:
        return [t for piece in self._pieces if piece.lab == lab for t in self._found.get(piece, ())]


def _pieces(lab: Lab, question: str, limit: int) -> list[Piece]:
    every = mutants_of(lab, question, limit)
    starts = range(0, len(every), PIECE)
    return [Piece(lab.name, question, tuple(every[start : start + PIECE])) for start in starts]


def _of_piece(_bench: Bench, piece: Piece) -> list[Trial]:
    return list(Trials(Lab(piece.lab), piece.question).of(piece.mutants))
