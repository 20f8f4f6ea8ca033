"""A lab's exam as its reference data tells it: until when, and which questions' checks were left out of the zip.

What was left out is not here: no clock and no setting of this computer brings it back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Closed:
    """A question whose check an exam leaves out: its name and its points."""

    name: str
    points: float
    bonus: bool = False


@dataclass(frozen=True, kw_only=True)
class Exam:
    """Until when, as people read it, and the questions whose checks are left out, in the lab's order."""

    until: str
    closed: Sequence[Closed] = ()

    @classmethod
    def of(cls, entry: Mapping[str, Any] | None) -> Exam | None:
        """Take what the reference data has of an exam; None where it has nothing."""
        return cls(until=entry["until"], closed=[Closed(**each) for each in entry["closed"]]) if entry else None

    def closes(self, question: object) -> bool:
        """Whether a question's check is left out."""
        return question in [each.name for each in self.closed]
