"""What became of a class that was graded once in full, and the table of it: `whole_class.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.table import Table

from autograder.course import Lab


@dataclass(frozen=True, kw_only=True)
class Class:
    """What grading a class took, and what came of it.

    `right` and `mistaken` are cells that hold right code and a known mistake; `refused`, `below`: right ones that lost
    points, and those of them that are told which earlier question is to blame; `passed`: mistakes that lost none;
    `untimed`: verdicts that the machine was too busy to time; `undue`: what each verdict that is not due says.
    """

    processor: str
    lab: str
    students: int
    verdicts: int
    pages: int
    right: int
    refused: int
    below: int
    mistaken: int
    passed: int
    untimed: int
    minutes: float
    cpu: float
    megabytes: float
    undue: Sequence[str] = ()

    @property
    def whole(self) -> bool:
        """Every verdict and page is there, and every verdict is the one that is due."""
        questions = len(Lab(self.lab).questions)
        all_there = self.verdicts == self.students * questions and self.pages == self.students
        return all_there and not self.undue and not self.untimed


def table(found: Class) -> Table:
    """One line: what it took, and what became of right and of wrong cells."""
    heads = ("lab", "hand-ins", "minutes", "CPU s a hand-in", "MB", "verdicts", "right", "refused", "wrong", "passed")
    shown = Table(*heads, title=f"{found.processor}, speed questions too")
    cost = (f"{found.minutes:.1f}", f"{found.cpu:.2f}", f"{found.megabytes:.0f}")
    counts = (found.verdicts, found.right, found.refused, found.mistaken, found.passed)
    shown.add_row(found.lab, f"{found.students:,}", *cost, *(f"{count:,}" for count in counts))
    return shown
