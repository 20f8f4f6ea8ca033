"""The released notebook as a skeleton: it tells which of its cells a submitted cell is."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from functools import cached_property

from nbformat.notebooknode import NotebookNode

from autograder.authoring.source import LOOK_TAG
from autograder.intake.released_lab import definitions, grade_id, is_solution


class Skeleton:
    """The cells of a released notebook, found by grade_id, cell id or text.

    Cells are numbered by their place in the released notebook.
    """

    def __init__(self, release: NotebookNode) -> None:
        """Index the cells of `release`."""
        self.release = release
        self.cells: list[NotebookNode] = [self._plain(number) for number in range(len(release.cells))]
        self.ids = [grade_id(cell) for cell in self.cells]
        self._by_grade_id = self._index(self.ids)
        self._by_cell_id = self._index(cell.id for cell in self.cells)
        self._by_text = self._index(same_text(cell.source) for cell in self.cells)

    @staticmethod
    def _index(keys: Iterable[str]) -> dict[str, int]:
        """Each key with the first number that has it."""
        found: dict[str, int] = {}
        for number, key in enumerate(keys):
            if key:
                found.setdefault(key, number)
        return found

    def _plain(self, number: int) -> NotebookNode:
        """Return a copy of a released cell without outputs, with a cell id."""
        cell: NotebookNode = deepcopy(self.release.cells[number])
        if cell.cell_type == "code":
            cell.execution_count, cell.outputs = None, []
        cell.setdefault("id", f"released-{number}")
        return cell

    @cached_property
    def names(self) -> dict[int, frozenset[str]]:
        """What each stub cell defines, such as ``{"ReLULayer.forward"}``; code solution cells only."""
        return {
            number: definitions(cell.source)
            for number, cell in enumerate(self.cells)
            if cell.cell_type == "code" and is_solution(cell)
        }

    @cached_property
    def written(self) -> list[int]:
        """The numbers of the written answers."""
        return [n for n, cell in enumerate(self.cells) if cell.cell_type != "code" and is_solution(cell)]

    def is_test(self, number: int) -> bool:
        """Return whether the cell is a test: graded, and not the student's to fill."""
        return bool(self.cells[number].metadata.get("nbgrader", {}).get("grade")) and not self.is_solution(number)

    def is_look(self, number: int) -> bool:
        """Return whether the cell is only there to be looked at, and is not run by the grader."""
        return LOOK_TAG in self.cells[number].metadata.get("tags", [])

    def is_edited(self, number: int, cell: NotebookNode) -> bool:
        """Return whether a submitted cell is this released one, not the student's to fill, with another text."""
        released = self.cells[number]
        return (
            not self.is_solution(number)
            and released.cell_type == cell.cell_type
            and same_text(released.source) != same_text(cell.source)
        )

    def defined_again(self, names: frozenset[str], after: int, before: int) -> bool:
        """Return whether a locked cell between two others defines one of these names, or its class, anew."""
        owners = names | {name.partition(".")[0] for name in names}
        between = [self.cells[n] for n in range(max(after, 0), before) if n > after and not self.is_solution(n)]
        return any(owners & definitions(cell.source) for cell in between if cell.cell_type == "code")

    def is_solution(self, number: int) -> bool:
        """Return whether the cell is the student's to fill."""
        return is_solution(self.cells[number])

    def is_untouched(self, number: int, source: str) -> bool:
        """Return whether `source` is the released text of the cell, or blank."""
        return not source.strip() or same_text(source) == same_text(self.cells[number].source)

    def is_released_text(self, source: str) -> bool:
        """Return whether some released cell has this text."""
        return same_text(source) in self._by_text

    def number_of(self, cell: NotebookNode) -> int | None:
        """Return which released cell a clean submitted cell is, None where it is the student's own."""
        number = self._by_grade_id.get(grade_id(cell))
        if number is None:
            number = self._by_cell_id.get(cell.get("id", ""))
            if number is not None and self.cells[number].cell_type != cell.cell_type:
                number = None
        return self._by_text.get(same_text(cell.source)) if number is None else number

    def test_after(self, number: int) -> int | None:
        """Return the number of the test cell that first follows a stub cell."""
        return next((later for later in range(number + 1, len(self.cells)) if self.is_test(later)), None)


def same_text(source: str) -> str:
    """Return `source` without trailing blanks and outer blank lines, for comparing."""
    return "\n".join(line.rstrip() for line in source.strip().splitlines())
