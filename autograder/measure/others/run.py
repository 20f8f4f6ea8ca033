"""Right and wrong answers of several labs under the checks of others: the part of `autograder measure` ``others``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import RenderableType

from autograder.course import Lab
from autograder.measure.judging import step_of
from autograder.measure.mutants.equivalents import equivalents
from autograder.measure.mutants.mutant import Cell, mutants
from autograder.measure.others import table
from autograder.measure.others.asked import asked
from autograder.measure.others.compared import Compared, Comparing
from autograder.measure.others.tally import tallies
from autograder.measure.part import Shares

#: Answers to one question that one process tries at a time.
PIECE = 100


@dataclass(frozen=True)
class Given:
    """One answer to a question: its kind, its name, and the whole cell."""

    kind: str
    name: str
    source: str


@dataclass(frozen=True)
class Piece:
    """Some answers to one question: one process's share of the work."""

    lab: str
    question: str
    answers: tuple[Given, ...]


class Others:
    """What the checks of others say of answers that are known to be right or wrong."""

    def __init__(self, labs: Sequence[Lab], limit: int = 0) -> None:
        """Gather the answers to all questions that others ask too; `limit`: so many of each kind."""
        pieces = [piece for lab in labs for question in _questions(lab) for piece in _pieces(lab, question, limit)]
        self._shares: Shares[Piece, Compared] = Shares(_of_piece, pieces)

    @property
    def count(self) -> int:
        """How many answers there are."""
        return sum(len(piece.answers) for piece in self._shares.pieces)

    def run(self, workers: int) -> Iterator[int]:
        """Try all; yields of how many it is known what became of them, as they come."""
        return self._shares.run(workers)

    @property
    def holds(self) -> bool:
        """Our own checks let no wrong answer through and refuse no right one."""
        return not any(row["through_ours"] or row["refused_ours"] for row in tallies(self._shares.found()))

    def shown(self) -> RenderableType:
        """The courses' table."""
        return table.table(tallies(self._shares.found()))

    def written(self) -> dict[str, Any]:
        """Each course, each course's questions, each answer."""
        return table.written(self._shares.found())


def _questions(lab: Lab) -> list[str]:
    """Those that another course asks too, in the notebook's order."""
    theirs = {each.question for each in asked(lab)}
    return [question for question in lab.questions if question in theirs]


def answers_to(lab: Lab, question: str, limit: int = 0) -> list[Given]:
    """The solution, every other right way, every mistake but of speed, and every mutant that is one."""
    cell = Cell.of(step_of(lab, question).source)
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
    return [Given(kind, *each) for kind, every in kinds.items() for each in _some(every, limit)]


def _some(every: list[tuple[str, str]], limit: int) -> list[tuple[str, str]]:
    """So many, evenly over all; all where there is no limit."""
    if not limit or len(every) <= limit:
        return every
    return [every[number * len(every) // limit] for number in range(limit)]


def _pieces(lab: Lab, question: str, limit: int) -> list[Piece]:
    every = answers_to(lab, question, limit)
    starts = range(0, len(every), PIECE)
    return [Piece(lab.name, question, tuple(every[start : start + PIECE])) for start in starts]


def _of_piece(piece: Piece) -> list[Compared]:
    lab = Lab(piece.lab)
    others = [each for each in asked(lab) if each.question == piece.question]
    comparing, solution = Comparing(lab, piece.question, others), Cell.of(step_of(lab, piece.question).source).source
    with comparing.prepared(solution):
        comparing.timed(solution)
        return [comparing.compared(each.kind, each.name, each.source) for each in piece.answers]
