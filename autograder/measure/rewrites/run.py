"""All right answers of several labs, and rewrites of them: the part of `autograder measure` called ``rewrites``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from rich.console import RenderableType

from autograder.course import Lab
from autograder.measure.part import InShares, Piece, Shares, pieces
from autograder.measure.rewrites import table
from autograder.measure.rewrites.trial import RightAnswers, Trial

#: Right answers of one question that one process tries at a time, and rewrites of each that are tried.
PIECE, MOST = 4, 8


class Rewrites(InShares[str, list[Trial]]):
    """Right answers: solutions, alternatives, and rewrites of both by machine."""

    def __init__(self, labs: Sequence[Lab], limit: int = 0) -> None:
        """Take only `limit` rewrites of each answer."""
        self._labs = [lab.name for lab in labs]
        self.shares = Shares(partial(_of_piece, most=limit or MOST), pieces(labs, PIECE, _answers))

    @property
    def trials(self) -> list[Trial]:
        """What became of each, in the labs' order."""
        return [trial for several in self.shares.found() for trial in several]

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


def _answers(lab: Lab, question: str) -> list[str]:
    return ["solution", *(variant.name for variant in lab.alternatives if variant.question == question)]


def _of_piece(piece: Piece[str], most: int) -> list[list[Trial]]:
    return list(RightAnswers(Lab(piece.lab), piece.question).trials(piece.code, most))
