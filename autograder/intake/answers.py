"""Bring answers that stand elsewhere to stubs that hold none; left as they were released, those would undo them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nbformat.notebooknode import NotebookNode

from autograder.intake.edits import code_only
from autograder.intake.messages import say
from autograder.intake.released_lab import definitions
from autograder.intake.skeleton import Skeleton

#: A text, in whose place `code_only` leaves x.
_TEXT = re.compile(r"[rRbBuU]{0,2}\"x*\"")


@dataclass(frozen=True)
class _Cell:
    """A code cell of the student's: the number of the stub that it is, or of the released cell that it follows."""

    number: int
    source: str
    own: NotebookNode | None = None


class Answers:
    """The stubs' sources and the student's own cells, by the number of the released cell that they follow."""

    def __init__(self, skeleton: Skeleton, sources: dict[int, str], extras: dict[int, list[NotebookNode]]) -> None:
        """Take what `bring` changes: both dictionaries."""
        self.skeleton, self.sources, self.extras = skeleton, sources, extras

    def bring(self) -> list[str]:
        """Fill or empty each stub without an answer that is answered elsewhere; return remarks."""
        return [remark for number in self._unanswered() if (remark := self._bring_to(number))]

    def _unanswered(self) -> list[int]:
        """The stubs that are untouched, or in which nothing runs: what was there is commented out."""
        idle = [n for n, names in self.skeleton.names.items() if names and not runs_anything(self.sources[n])]
        return sorted({*self._untouched(), *idle})

    def _untouched(self) -> list[int]:
        names = self.skeleton.names
        return [n for n in names if names[n] and self.skeleton.is_untouched(n, self.sources[n])]

    def _bring_to(self, number: int) -> str:
        names, name = self.skeleton.names[number], self.skeleton.ids[number]
        test = self.skeleton.test_after(number)
        cells = [cell for cell in self._code_cells() if not self.skeleton.is_untouched(number, cell.source)]
        below = [cell for cell in cells if test is not None and cell.number >= test]
        between = [cell for cell in cells if cell.own and number <= cell.number and cell not in below]
        above = _that_answer(names, [cell for cell in cells if cell.number < number])
        if number not in self._untouched() and (above or _that_answer(names, between)):
            return ""
        if _that_answer(names, between):
            self.sources[number] = say("comment.below")
            return say("answered.below", name=name)
        if above:
            where = say("answered.own") if above[-1].own else self._where(above)
            if not any(self.skeleton.defined_again(names, cell.number, number) for cell in above):
                self.sources[number] = say("comment", where=where)
                return say("answered", name=name, where=where)
            self.sources[number] = _joined(above)
            return say("answered.brought", name=name, where=where)
        if late := _that_answer(names, below):
            self._move(late)
            kept = [] if number in self._untouched() else [_Cell(number, self.sources[number])]
            self.sources[number] = _joined([*kept, *late])
            return say("answered.moved", name=name)
        return ""

    def _code_cells(self) -> list[_Cell]:
        """The student's code cells, in the order in which they run."""
        stubs = [_Cell(n, self.sources[n]) for n in self.skeleton.names if n not in self._untouched()]
        own = [(n, cell) for n, cells in self.extras.items() for cell in cells if cell.cell_type == "code"]
        return sorted([*stubs, *(_Cell(n, cell.source, cell) for n, cell in own)], key=lambda cell: cell.number)

    def _where(self, above: list[_Cell]) -> str:
        return say("answered.where", name=self.skeleton.ids[above[-1].number])

    def _move(self, late: list[_Cell]) -> None:
        moved = [cell.own for cell in late if cell.own is not None]
        for number, cells in self.extras.items():
            self.extras[number] = [cell for cell in cells if not any(cell is each for each in moved)]


def _that_answer(names: frozenset[str], cells: list[_Cell]) -> list[_Cell]:
    """The last cell that defines all of these names, or several that do so together; empty where they do not."""
    parts = [cell for cell in cells if names & definitions(cell.source)]
    whole = [cell for cell in parts if names <= definitions(cell.source)]
    if whole:
        return whole[-1:]
    return parts if names and names <= frozenset[str]().union(*(definitions(cell.source) for cell in parts)) else []


def runs_anything(source: str) -> bool:
    """Return whether a cell holds more than comments and texts."""
    return bool(_TEXT.sub("", code_only(source)).strip())


def _joined(cells: list[_Cell]) -> str:
    return "\n\n\n".join(cell.source.strip("\n") for cell in cells)
