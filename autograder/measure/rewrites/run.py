"""All right answers of several labs, and rewrites of them: the part of `autograder measure` called ``rewrites``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import RenderableType

from autograder.course import Lab
from autograder.measure.part import Shares
from autograder.measure.rewrites import table
from autograder.measure.rewrites.trial import RightAnswers, Trial

#: Right answers of one question that one process tries at a time, and rewrites of each that are tried.
PIECE, MOST = 4, 8


@dataclass(frozen=True)
class Piece:
    """Some right answers to one question: one process's share of the work."""

    lab: str
    question: str
    answers: tuple[str, ...]
    most: int


class Rewrites:
    """Right answers: solutions, alternatives, and rewrites of both by machine."""

    def __init__(self, labs: Sequence[Lab], limit: int = 0) -> None:
        """Take only `limit` rewrites of each answer."""
        self._labs = [lab.name for lab in labs]
        pieces = [piece for lab in labs for question in lab.questions for piece in _pieces(lab, question, limit)]
        self._shares: Shares[Piece, list[Trial]] = Shares(_of_piece, pieces)

    @property
    def count(self) -> int:
        """How many right answers there are; each is tried with its rewrites."""
        return sum(len(piece.answers) for piece in self._shares.pieces)

    def run(self, workers: int) -> Iterator[int]:
        """Try all; yields of how many answers it is known what became of them, as they come."""
        return self._shares.run(workers)

    @property
    def trials(self) -> list[Trial]:
        """What became of each, in the labs' order."""
        return [trial for several in self._shares.found() for trial in several]

    @property
    def holds(self) -> bool:
        """None is refused."""
        return not any(trial.refused for trial in self.trials)

    def shown(self) -> RenderableType:
        """The labs' table, and the diff of every rewrite that is refused."""
        return table.found(self._labs, self.trials)

    def written(self) -> dict[str, Any]:
        """Each lab, each rule, each trial."""
        return table.written(self._labs, self.trials)


def _pieces(lab: Lab, question: str, limit: int) -> list[Piece]:
    names = ["solution", *(variant.name for variant in lab.alternatives if variant.question == question)]
    starts = range(0, len(names), PIECE)
    return [Piece(lab.name, question, tuple(names[start : start + PIECE]), limit or MOST) for start in starts]


def _of_piece(piece: Piece) -> list[list[Trial]]:
    return list(RightAnswers(Lab(piece.lab), piece.question).trials(piece.answers, piece.most))
