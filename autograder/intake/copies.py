"""Of several cells that are one stub, which are its answer: halves are joined, and what runs is taken."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, permutations

from nbformat.notebooknode import NotebookNode

from autograder.intake.outline import Outline, outlines, without_ipython_lines
from autograder.intake.released_lab import definitions

#: A cell that begins so is not run as Python.
_ASIDE = re.compile(r"\s*%%(?!time|timeit|capture|prun)\w")
#: Orders of the pieces of a cell that was split within a statement that are tried.
_ORDERS = 24


@dataclass(frozen=True, kw_only=True)
class Copy:
    """One cell that is a stub, filled.

    Attributes
    ----------
    place : int
        Its place in the submission.
    source : str
    is_code : bool
        Whether it is a code cell that is run.
    outline : Outline
    count : int
        The kernel's count when it was run last; 0 where it was not, or nobody knows.
    """

    place: int
    source: str
    is_code: bool
    outline: Outline = field(default_factory=Outline)
    count: int = 0

    @property
    def runs(self) -> bool:
        """Whether Python runs it."""
        return self.is_code and not self.outline.complaint

    @property
    def binds(self) -> frozenset[str]:
        """What is there after it that was not, or was another."""
        return self.outline.binds | definitions(self.source)

    @property
    def quiet(self) -> bool:
        """Whether it can be joined with others: nothing in it can stop, or must stand at a cell's start."""
        return not self.source.lstrip().startswith("%%") and all(s.quiet for s in self.outline.statements)


def copy_of(place: int, cell: NotebookNode) -> Copy:
    """Return the copy that a cell is, not yet looked into."""
    is_code = cell.cell_type == "code" and not _ASIDE.match(cell.source)
    return Copy(place=place, source=cell.source, is_code=is_code, count=cell.get("execution_count") or 0)


def looked_into(copies: Sequence[Copy]) -> list[Copy]:
    """Return the copies with their outlines."""
    found = outlines([without_ipython_lines(copy.source) for copy in copies])
    return [replace(copy, outline=outline) for copy, outline in zip(copies, found, strict=True)]


def answer_of(
    copies: Sequence[Copy], names: frozenset[str], before: int | None, others: Collection[int]
) -> tuple[list[int], str]:
    """Return the places whose texts are a stub's answer, and the answer.

    Copies that are taken run; what runs above the test is enough where it defines all that is asked, for the test
    sees no more. Of those each is taken that defines something which none does that was run later; where nobody knows
    when they were run, which stands later. Whatever is not taken stays in the notebook where it was.

    Parameters
    ----------
    copies : sequence of Copy
        In the notebook's order; at least one.
    names : frozenset of str
        What the stub defines.
    before : int or None
        The place of the stub's test.
    others : collection of int
        Places of the student's other code cells: copies that have one between them are not joined.
    """
    if len(copies) == 1:
        return [copies[0].place], copies[0].source
    pieces = [copy for copy in copies if copy.is_code]
    running = [copy for copy in pieces if copy.runs]
    if _is_cut(pieces, whole=_all(running) >= names) and (joined := _pieced_together(pieces)):
        return [copy.place for copy in pieces], joined
    if not running:
        last = (pieces or list(copies))[-1]
        return [last.place], last.source
    above = [copy for copy in running if before is None or copy.place < before]
    if _all(above) >= names:
        running = above
    parts = _needed(running)
    places = [part.place for part in parts]
    if all(part.quiet for part in parts) and not any(places[0] < other < places[-1] for other in others):
        return places, "\n\n\n".join(part.source.strip("\n") for part in parts)
    last = next((part for part in reversed(parts) if part.binds & names), parts[-1])
    return [last.place], last.source


def _is_cut(pieces: Sequence[Copy], *, whole: bool) -> bool:
    """Whether some piece may be the rest of another: it does not run, and is indented, or no `whole` answer runs."""
    broken = [piece for piece in pieces if not piece.runs]
    return any(not whole or piece.source.strip("\n")[:1].isspace() for piece in broken)


def _all(copies: Sequence[Copy]) -> frozenset[str]:
    return frozenset[str]().union(*(copy.binds for copy in copies))


def _needed(running: Sequence[Copy]) -> list[Copy]:
    """The copies that define something which none does that was run later; the last where none defines anything."""
    parts: list[Copy] = []
    latest_first = sorted(running, key=lambda copy: (copy.count, copy.place), reverse=True)
    for copy in latest_first:
        if copy.binds - _all(parts):
            parts.append(copy)
    return sorted(parts, key=lambda copy: copy.place) or latest_first[:1]


def _pieced_together(pieces: Sequence[Copy]) -> str:
    """The text of a cell that was split within a statement; "" where the pieces make none in any order."""
    orders: Iterator[tuple[Copy, ...]] = islice(permutations(pieces), _ORDERS)
    texts = ["\n".join(piece.source.strip("\n") for piece in order) for order in orders] if len(pieces) > 1 else []
    found = outlines([without_ipython_lines(text) for text in texts])
    return next((text for text, outline in zip(texts, found, strict=True) if not outline.complaint), "")
