"""What every part of `autograder measure` is: code that the checks have never seen, tried on all cores."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from rich.console import RenderableType

from autograder.course import Lab
from autograder.grading.bench import Bench
from autograder.grading.pool import on_benches

#: A piece of code that is tried, with what is known of it; it can be pickled and hashed.
Code = TypeVar("Code")
#: What became of a piece of code.
Found = TypeVar("Found")


class Part(Protocol):
    """One part of the measurement of several labs; `Part(labs, limit)` prepares all, and runs nothing yet."""

    def __init__(self, labs: Sequence[Lab], limit: int = 0) -> None:
        """Take only `limit` pieces of code of each question; 0: all."""

    @property
    def count(self) -> int:
        """How many pieces of code are tried."""

    def run(self, workers: int) -> Iterator[int]:
        """Try all; yields, as they come, of how many is known what became of them."""

    @property
    def holds(self) -> bool:
        """Nothing was found that somebody must mend."""

    def shown(self) -> RenderableType:
        """The table that is printed, and below it what must be mended."""

    def written(self) -> dict[str, Any]:
        """All that was found, as JSON holds it."""


@dataclass(frozen=True)
class Piece(Generic[Code]):
    """Some code for one question: one process's share of the work."""

    lab: str
    question: str
    code: tuple[Code, ...]


def pieces(labs: Sequence[Lab], size: int, of: Callable[[Lab, str], Sequence[Code]]) -> list[Piece[Code]]:
    """Cut the code that there is for each question of these labs into pieces of at most this size."""
    every = [(lab.name, question, of(lab, question)) for lab in labs for question in lab.questions]
    return [
        Piece(lab, question, tuple(code[start : start + size]))
        for lab, question, code in every
        for start in range(0, len(code), size)
    ]


def some(every: Sequence[Code], limit: int) -> Sequence[Code]:
    """So many, evenly over all; all where there are no more, or where `limit` is 0."""
    if not limit or len(every) <= limit:
        return every
    return [every[number * len(every) // limit] for number in range(limit)]


class Shares(Generic[Code, Found]):
    """Work in pieces, and what each piece brought."""

    def __init__(self, work: Callable[[Piece[Code]], list[Found]], pieces: Sequence[Piece[Code]]) -> None:
        """Nothing runs yet. `work` can be pickled, as a function of a module can."""
        self._work, self.pieces = work, pieces
        self._found: dict[Piece[Code], list[Found]] = {}

    @property
    def count(self) -> int:
        """How much code there is."""
        return sum(len(piece.code) for piece in self.pieces)

    def run(self, workers: int) -> Iterator[int]:
        """Do all; yields how many things a piece brought, as they come."""
        for piece, found in on_benches(_Work(self._work), self.pieces, "none", workers):
            if isinstance(found, Exception):
                raise found
            self._found[piece] = found
            yield len(found)

    def found(self, lab: str = "") -> list[Found]:
        """What all pieces brought so far, or one lab's, in the pieces' order."""
        return [each for piece in self.pieces if lab in ("", piece.lab) for each in self._found.get(piece, ())]


class InShares(Generic[Code, Found]):
    """What parts have in common whose work is in pieces: how much there is, and that it runs."""

    shares: Shares[Code, Found]

    @property
    def count(self) -> int:
        """How many pieces of code are tried."""
        return self.shares.count

    def run(self, workers: int) -> Iterator[int]:
        """Try all; yields, as they come, of how many it is known what became of them."""
        return self.shares.run(workers)


class _Work(Generic[Code, Found]):
    """A function of a piece, as the pool calls it: with a bench, of which no sandbox is needed here."""

    def __init__(self, work: Callable[[Piece[Code]], list[Found]]) -> None:
        self._work = work

    def __call__(self, _bench: Bench, piece: Piece[Code]) -> list[Found]:
        return self._work(piece)
