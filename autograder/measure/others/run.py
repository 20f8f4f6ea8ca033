"""Right and wrong answers of several labs under the checks of others: the part of `autograder measure` ``others``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import RenderableType

from autograder.authoring.cell import cell_of
from autograder.course import Lab
from autograder.measure.mutants.equivalents import equivalents
from autograder.measure.mutants.mutant import mutants
from autograder.measure.others import table
from autograder.measure.others.asked import asked
from autograder.measure.others.compared import Compared, Comparing
from autograder.measure.others.tally import tallies
from autograder.measure.part import InShares, Piece, Shares, pieces, some

#: Answers to one question that one process tries at a time.
PIECE = 100


@dataclass(frozen=True)
class Given:
    """One answer to a question: its kind, its name, and the whole cell."""

    kind: str
    name: str
    source: str


class Others(InShares[Given, Compared]):
    """What the checks of others say of answers that are known to be right or wrong."""

    def __init__(self, labs: Sequence[Lab], limit: int = 0) -> None:
        """Gather the answers to all questions that others ask too; `limit`: so many of each kind."""
        theirs = {lab.name: {each.question for each in asked(lab)} for lab in labs}
        self.shares = Shares(
            _of_piece,
            pieces(labs, PIECE, lambda lab, q: answers_to(lab, q, limit) if q in theirs[lab.name] else []),
        )

    @property
    def holds(self) -> bool:
        """Our own checks let no wrong answer through and refuse no right one."""
        return not any(row["through_ours"] or row["refused_ours"] for row in tallies(self.shares.found()))

    def shown(self) -> RenderableType:
        """The courses' table."""
        return table.table(tallies(self.shares.found()))

    def written(self) -> dict[str, Any]:
        """Each course, each course's questions, each answer."""
        return table.written(self.shares.found())


def answers_to(lab: Lab, question: str, limit: int = 0) -> list[Given]:
    """The solution, every other right way, every mistake but of speed, and every mutant that is one."""
    cell = cell_of(lab, question)
    listed = {(each.was, each.now) for each in equivalents(lab) if each.question == question}
    kinds = {
        "solution": [("solution", cell.source)],
        "alternative": [(v.name, v.source) for v in lab.alternatives if v.question == question],
        "misconception": [(v.name, v.source) for v in lab.misconceptions if v.question == question and not v.slow],
        "mutant": [
            (f"{each.rule}, line {each.line}: {each.now}", each.source)
            for each in mutants(question, cell)
            if (each.was, each.now) not in listed
        ],
    }
    return [Given(kind, *each) for kind, every in kinds.items() for each in some(every, limit)]


def _of_piece(piece: Piece[Given]) -> list[Compared]:
    lab = Lab(piece.lab)
    others = [each for each in asked(lab) if each.question == piece.question]
    comparing, solution = Comparing(lab, piece.question, others), cell_of(lab, piece.question).source
    with comparing.prepared(solution):
        comparing.timed(solution)
        return [comparing.compared(each.kind, each.name, each.source) for each in piece.code]
