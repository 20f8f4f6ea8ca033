"""What every part of `autograder measure` is: code that the checks have never seen, tried on all cores."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, Protocol, TypeVar

from rich.console import RenderableType

from autograder.course import Lab
from autograder.grading.bench import Bench
from autograder.grading.pool import on_benches

#: One process's share of the work.
Piece = TypeVar("Piece")
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


class Shares(Generic[Piece, Found]):
    """Work in pieces, each for one process, and what each piece brought."""

    def __init__(self, work: Callable[[Piece], list[Found]], pieces: Sequence[Piece]) -> None:
        """Nothing runs yet. `work` is a function of a module, and pieces can be pickled and hashed."""
        self._work, self.pieces = work, pieces
        self._found: dict[Piece, list[Found]] = {}

    def run(self, workers: int) -> Iterator[int]:
        """Do all; yields how many things a piece brought, as they come."""
        for piece, found in on_benches(_Work(self._work), self.pieces, "none", workers):
            if isinstance(found, Exception):
                raise found
            self._found[piece] = found
            yield len(found)

    def found(self, chosen: Callable[[Piece], bool] = lambda _: True) -> list[Found]:
        """What the chosen pieces brought so far, in the pieces' order."""
        return [each for piece in self.pieces if chosen(piece) for each in self._found.get(piece, ())]


class _Work(Generic[Piece, Found]):
    """A function of a piece, as the pool calls it: with a bench, of which no sandbox is needed here."""

    def __init__(self, work: Callable[[Piece], list[Found]]) -> None:
        self._work = work

    def __call__(self, _bench: Bench, piece: Piece) -> list[Found]:
        return self._work(piece)
