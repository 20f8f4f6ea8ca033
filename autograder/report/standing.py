"""How one student stands in a lab: the verdicts, what the gradebook made of them, and what is to be looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aics.check.verdict import Verdict
from autograder.gradebook.total import Mark, Total
from autograder.intake.called import Called


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One student's hand-in.

    Attributes
    ----------
    student : str
        The id.
    called : Called
        Name and e-mail address.
    verdicts : mapping
        Question -> verdict; empty where the hand-in could not be graded.
    marks : mapping
        grade_id -> what the gradebook has, of questions and of answers in words.
    total : Total
    isolation : str
        The level at which the hand-in was run; "" where it was not.
    handed_in, late : str
        When it came, and what is to be said of that; may be empty.
    remarks : sequence of str
        What intake said of the file.
    regrades : sequence of str
        The questions that the student asks to be looked at again, and nobody has.
    failed : str
        Why the hand-in could not be graded when that was tried last; "" where it could.
    page, graded : str
        The feedback page and the graded notebook, as links from where the report lies; "" where there is none.
    """

    student: str
    called: Called = field(default_factory=Called)
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    total: Total = field(default_factory=Total)
    isolation: str = ""
    handed_in: str = ""
    late: str = ""
    remarks: Sequence[str] = ()
    regrades: Sequence[str] = ()
    failed: str = ""
    page: str = ""
    graded: str = ""

    @property
    def name(self) -> str:
        """The name, else the id."""
        return self.called.name or self.student

    @property
    def waiting(self) -> list[str]:
        """The grade_ids for which a person is to give or confirm the points."""
        return [name for name, mark in self.marks.items() if mark.waiting]

    @property
    def by_hand(self) -> list[str]:
        """The questions whose points a person set in the place of the grader's."""
        return [name for name in self.verdicts if name in self.marks and self.marks[name].by_hand]

    def of_rung(self, *rungs: str) -> list[str]:
        """The questions whose verdict stopped at one of these rungs."""
        return [name for name, verdict in self.verdicts.items() if verdict.rung in rungs]

    @property
    def untimed(self) -> list[str]:
        """The questions whose code could not be timed yet."""
        return [name for name, verdict in self.verdicts.items() if verdict.untimed]
