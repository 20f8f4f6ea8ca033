"""The cell that answers a question, as finished code has it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from autograder.authoring.namespace import solution_cells
from autograder.course import Lab

_BEGIN, _END, _STUB = "### BEGIN SOLUTION", "### END SOLUTION", re.compile(r"\s*raise NotImplementedError\(")


@dataclass(frozen=True)
class Cell:
    """A cell's source as finished code has it, and the numbers of the solution's lines, from 1."""

    source: str
    solution: frozenset[int]

    @classmethod
    def of(cls, marked: str) -> Cell:
        """Take the solution's marks away, and the stub's last line that stands behind each."""
        lines: list[str] = []
        solution: set[int] = set()
        inside, before = False, ""
        for line in marked.splitlines():
            if line.strip() in (_BEGIN, _END):
                inside = line.strip() == _BEGIN
            elif not (before.strip() == _END and _STUB.match(line)):
                lines.append(line)
                solution |= {len(lines)} if inside else set()
            before = line
        return cls("\n".join(lines) + "\n", frozenset(solution))


def cell_of(lab: Lab, question: str) -> Cell:
    """The solution of one question."""
    return Cell.of(dict(solution_cells(lab))[f"{question}_code"])
