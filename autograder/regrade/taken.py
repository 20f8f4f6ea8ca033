"""Requests taken in: each is looked up in the gradebook and kept, or one line says why it cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from aics.language import listed
from autograder.course import ClassFolder, Lab, labs
from autograder.gradebook.class_marks import StudentMarks, class_marks
from autograder.intake.handin import one_line
from autograder.intake.names import Person
from autograder.intake.people import People
from autograder.regrade.kept import Kept, Request, book
from autograder.regrade.said import Said, said_in
from autograder.regrade.words import say

#: Characters of what a student says that are kept.
LONGEST = 5000


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of the requests in some files: new ones, how many were known, a line for each that was refused."""

    new: Sequence[Request]
    known: int
    refused: Sequence[str]


def take(state: ClassFolder, paths: Sequence[Path]) -> Taken:
    """Keep the requests in these files; CourseError, before any is kept, where a file cannot be read."""
    found = [said for path in paths for said in said_in(state, path)]
    with book(state) as kept:
        taking = _Taking(state, kept.kept)
        requests = [request for said in found if (request := taking(said))]
        return Taken(new=kept.add(requests), known=taking.known, refused=taking.refused)


@dataclass
class _Taking:
    """Takes one request after the other."""

    state: ClassFolder
    kept: Kept
    known: int = 0
    refused: list[str] = field(default_factory=list)
    here: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._when = datetime.now(UTC).isoformat(timespec="seconds")
        self._people, self._labs = People(self.state.folder), {lab.name: lab for lab in labs()}
        self._marks = cache(lambda lab: class_marks(self.state, lab))

    def __call__(self, said: Said) -> Request | None:
        """Return a request that is to be kept; None where it is known, or refused."""
        lab = self._lab(said.lab)
        if lab is None:
            named = one_line(said.lab, 60)
            self.refused.append(say("no_lab", where=said.where, lab=named, labs=listed(self._labs)))
            return None
        marks = self._marks(lab.name)
        student = self._student(said.student, marks)
        if why := _unknown(said, lab, marks, student):
            self.refused.append(why)
            return None
        says = said.says[:LONGEST]
        request = Request(
            when=self._when, student=student, lab=lab.name, question=said.question, says=says, source=said.where
        )
        return None if self._is_there(request) else request

    def _is_there(self, request: Request) -> bool:
        """Whether a request is kept already, or another on the same answer is; who asks twice is told so."""
        about = {"where": request.source, "student": request.student, "question": request.question, "lab": request.lab}
        before, same = self.here.setdefault(request.about, request.source), self._same(request)
        still_open = next((each for each in self.kept.open if each.about == request.about), None)
        if before != request.source:
            self.refused.append(say("twice", **about, before=before))
        elif same:
            self.known += 1
        elif still_open:
            self.refused.append(say("open", **about, number=still_open.number))
        return bool(before != request.source or same or still_open)

    def _same(self, request: Request) -> bool:
        """Whether this very request was taken before, such as from a list of answers that has grown since."""
        return any((each.about, each.says) == (request.about, request.says) for each in self.kept.requests.values())

    def _lab(self, named: str) -> Lab | None:
        """The lab of this name, or the one whose name begins with it, such as ``lab2``."""
        found = [name for name in self._labs if name == named or (named and name.startswith(f"{named}_"))]
        return self._labs[found[0]] if len(found) == 1 else None

    def _student(self, named: str, marks: Mapping[str, StudentMarks]) -> str:
        """The id: as it was written, or of whom the roster has by this name, number or address."""
        if named in marks:
            return named
        known = self._people.roster.named(Person(named)) if named else None
        return known.id if known else named


def _unknown(said: Said, lab: Lab, marks: Mapping[str, StudentMarks], student: str) -> str:
    """Why there is no such answer; "" where there is."""
    questions = [*lab.questions, *lab.written]
    named = {"where": said.where, "lab": lab.name, "question": one_line(said.question, 60)}
    if not said.question:
        return say("names_none", where=said.where)
    if said.question not in questions:
        return say("no_question", **named, questions=listed(questions))
    if student not in marks:
        return say("no_student", **named, student=one_line(student, 60))
    return "" if said.question in marks[student].marks else say("no_handin", **named, student=student)
