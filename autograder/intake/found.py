"""Everything that a search finds: what can be graded, who was seen, and what is to be said."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from autograder.intake.attempts import Candidate, Moment
from autograder.intake.names import Person
from autograder.intake.remarks import Remarks


@dataclass(frozen=True, kw_only=True)
class Unread:
    """A notebook that nothing can be read of."""

    person: Person
    origin: str
    moment: Moment


@dataclass(kw_only=True)
class Found:
    """What was found below `path` so far.

    Attributes
    ----------
    people : dict of Person to list of str
        Everyone seen, with the names of files of no use.
    checkpoints : set of Person
        In whose folders Jupyter's own copies were passed over.
    """

    path: Path
    candidates: list[Candidate] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    people: dict[Person, list[str]] = field(default_factory=dict)
    checkpoints: set[Person] = field(default_factory=set)
    remarks: Remarks = field(default_factory=Remarks)

    def say(self, person: Person | None, origin: str, sentence: str) -> None:
        """Say something about a file, of which somebody is the owner or nobody."""
        if person:
            self.people.setdefault(person, [])
        self.remarks.say(person, origin, sentence)
