"""Several hand-ins of one student for one lab: which one is graded, and why not the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from autograder.intake.deadlines import Deadlines
from autograder.intake.lms import Mark, mark_of
from autograder.intake.messages import say
from autograder.intake.names import Person
from autograder.intake.released_lab import ReleasedLab
from autograder.intake.submitted import Submitted
from autograder.intake.walk import Leaf, Parts


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When something was handed in.

    Attributes
    ----------
    file : float
        The file's own time, seconds since the epoch.
    handed_in : datetime, optional
        Time of handing in, in UTC, where a system, nbgrader or a zip gives one.
    late : bool
        Whether a system calls it late.
    by_system : bool
        Whether a system or nbgrader gave the time: a student cannot have set it.
    """

    file: float
    handed_in: datetime | None = None
    late: bool = False
    by_system: bool = False

    @property
    def order(self) -> float:
        """What tells newer from older."""
        return self.handed_in.timestamp() if self.handed_in and self.by_system else self.file


def moment_of(leaf: Leaf, mark: Mark | None, stamp: datetime | None, deadlines: Deadlines) -> Moment:
    """Return when a file was handed in: by what a system or nbgrader wrote, else by the zip that it lies in."""
    given = deadlines.utc(mark.when) if mark and mark.when else stamp
    canvas = bool(mark and mark.system == "canvas")  # which dates all that it packs by the time of the download
    told = leaf.packed if leaf.packed and not (canvas and mark_of(leaf.parts[-1])) else None
    packed = deadlines.utc(datetime.fromtimestamp(told)) if told else None
    return Moment(
        file=leaf.when if told or not canvas else 0.0,
        handed_in=given or packed,
        late=bool(mark and mark.late),
        by_system=given is not None,
    )


@dataclass(kw_only=True)
class Candidate:
    """A notebook that could be graded for `person` and `lab`.

    It is `original` where it came as files of the original course, of which each lab's are graded wherever they lie.
    What is to be said of it is `read` from the file, and comes of its being `chosen`.
    """

    person: Person
    submitted: Submitted
    origin: str
    folder: Parts
    moment: Moment
    from_notebook: bool
    original: bool = False
    whole: bool = True
    read: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)

    @property
    def lab(self) -> ReleasedLab:
        """The lab that it belongs to."""
        return self.submitted.lab

    @cached_property
    def answered(self) -> bool:
        """Whether anything is filled in, which only a repair tells; asked where there are others to choose from."""
        try:
            return self.submitted.repaired().answered
        except Exception:  # one student's file must not cost the others; it is told when its turn comes
            return False

    @property
    def worth(self) -> tuple[bool, bool]:
        """What counts before any time."""
        return self.answered, self.from_notebook

    @property
    def age(self) -> tuple[float, list[tuple[int, str]]]:
        """What tells newer from older: time, else the order of names."""
        return self.moment.order, natural(self.origin)


def chosen(group: Sequence[Candidate], student: str, deadlines: Deadlines) -> Candidate:
    """Return which of a student's hand-ins for one lab is graded."""
    if len(group) == 1:
        return group[0]
    worth = max(candidate.worth for candidate in group)
    best = [candidate for candidate in group if candidate.worth == worth]
    if deadlines.attempt == "in time":
        best = [c for c in best if not is_late(c, student, deadlines)] or best
    if deadlines.attempt != "newest, even damaged":
        best = [c for c in best if c.whole] or best
    return (min if deadlines.attempt == "first" else max)(best, key=lambda candidate: candidate.age)


def is_late(candidate: Candidate, student: str, deadlines: Deadlines) -> bool:
    """Return whether a hand-in came after it was due, or is called late by a system where no due date is known."""
    due = deadlines.due_for(student, candidate.lab.name)
    if due is None or candidate.moment.handed_in is None:
        return candidate.moment.late
    return candidate.moment.handed_in > due + timedelta(minutes=deadlines.grace_minutes)


def why_not(other: Candidate, best: Candidate, deadlines: Deadlines) -> str:
    """Say why `best` is graded and `other` is not."""
    if best.whole and not other.whole and not other.from_notebook:
        return say("why.unread")
    if best.answered and not other.answered:
        return say("why.unfilled")
    if best.from_notebook and not other.from_notebook:
        return say("why.files")
    if best.whole and not other.whole:
        return say("why.whole")
    if best.moment.order == other.moment.order:
        return say("why.same_time.first" if deadlines.attempt == "first" else "why.same_time.last")
    if best.moment.order > other.moment.order:
        return say("why.newer")
    return say("why.first") if deadlines.attempt == "first" else say("why.in_time")


def natural(origin: str) -> list[tuple[int, str]]:
    """Return a key that puts ``lab2`` before ``lab2-1``, and that before ``lab2-10``."""
    stem = re.sub(r"(?:\.[A-Za-z]\w*)+$", "", origin)
    pieces = re.split(r"([0-9]+)", stem)
    return [(int(piece[:18]), "") if piece.isdecimal() else (0, piece) for piece in pieces]
