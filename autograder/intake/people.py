"""People's ids: the same in every run, whoever else is in it, and kept for good in the class's ``people.csv``.

A person is known by the number of the learning management system, or else by name alone. In this order:

1. The roster has the number.
2. The person was seen before, by number, whatever the name was then.
3. The roster has the name once, and nobody else with that name handed in the same lab.
4. Else the id is the name with the number: nobody's id depends on others of that name.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from aics.language import listed
from autograder import whole
from autograder.intake.ids import base_id, digest, safe_id
from autograder.intake.messages import say
from autograder.intake.names import Person
from autograder.intake.roster import ROSTER, Roster, Student

PEOPLE = "people.csv"
_COLUMNS = ("id", "system", "number", "name", "labs")

_NUMBERS_ARE_KEYS = frozenset({"moodle", "canvas", "brightspace", "gradescope"})
#: What systems call everyone where names are hidden.
_BLIND = frozenset({"Participant", "anon"})


class People:
    """The people of one class."""

    def __init__(self, folder: Path | None = None) -> None:
        """Read the class folder's roster and whom it knows; nobody without a folder."""
        self._file = folder / PEOPLE if folder else None
        self.roster = Roster.read(folder / ROSTER) if folder else Roster()
        self.known: dict[Person, str] = {}
        self._by_number: dict[tuple[str, str], str] = {}
        self._labs: dict[Person, set[str]] = {}
        self.remarks: list[tuple[Person, str]] = []
        self._here: list[Person] = []
        for row in _rows(self._file):
            person = Person(row["name"], row["number"], row["system"])
            self._know(person, row["id"])
            self._labs[person] = set(row["labs"].split())

    def ids(self, labs: Mapping[Person, set[str]]) -> dict[Person, str]:
        """Return each person's id, given the labs of which the person handed in something."""
        self.remarks, self._here = [], list(labs)
        for person, names in labs.items():
            self._labs.setdefault(person, set()).update(names)
        by_name = {person: s for person in labs if (s := self.roster.named(person)) and not self._rivals(person, s)}
        ids: dict[Person, str] = {}
        for person in sorted(labs, key=lambda p: (safe_id(p.name) != p.name, p.name, p.number, p.system)):
            ids[person] = self._id(person, by_name.get(person))
            self._know(person, ids[person])
        self._say_namesakes(labs)
        return ids

    def save(self) -> None:
        """Keep whom this class knows."""
        if not self._file:
            return
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for person, student in sorted(self.known.items(), key=lambda item: (item[1], item[0].name, item[0].number)):
            labs = " ".join(sorted(self._labs.get(person, ())))
            writer.writerow((student, person.system, person.number, person.name, labs))
        whole.write_text(self._file, text.getvalue(), errors="surrogateescape")

    def unknown(self) -> list[str]:
        """Return the ids of this search's people who are not in the roster; none where there is no roster."""
        ids = {student.id for student in self.roster.students}
        return sorted({self.known[person] for person in self._here} - ids) if ids else []

    def _know(self, person: Person, student: str) -> None:
        self.known[person] = student
        if _is_key(person):
            self._by_number[person.system, person.number] = student

    def _id(self, person: Person, named: Student | None) -> str:
        before = self.known.get(person) or self._by_number.get((person.system, person.number), "")
        if numbered := self.roster.numbered(person):
            if before and before != numbered.id:
                self.remarks.append((person, say("roster.other_id", id=numbered.id, before=before)))
            return numbered.id
        if before:
            return before
        if named:
            return named.id
        taken = {*self.known.values(), *(student.id for student in self.roster.students)}
        wanted = base_id(person)
        return f"{wanted}-{digest(person)}" if wanted in taken else wanted

    def _rivals(self, person: Person, student: Student) -> bool:
        """Whether somebody else goes by this student's name, or is the student already, in the same lab."""
        for other, labs in self._labs.items():
            shared = labs & self._labs[person]
            if other == person or not shared:
                continue
            if self.known.get(other) == student.id or student in (
                self.roster.named(other),
                self.roster.numbered(other),
            ):
                rival = f"{other.name} {other.number}".strip()
                self.remarks.append((person, say("roster.two", id=student.id, rival=rival)))
                return True
        return False

    def _say_namesakes(self, people: Iterable[Person]) -> None:
        """Say where one name stands beside several numbers of one system: Moodle has one for each assignment."""
        by_name: dict[tuple[str, str], dict[str, Person]] = {}
        for person, student in self.known.items():
            if person.system in _NUMBERS_ARE_KEYS and person.name not in _BLIND:
                by_name.setdefault((person.system, person.name), {})[student] = person
        for found in (by_name.get(key, {}) for key in sorted({(p.system, p.name) for p in people})):
            if len(found) > 1:
                *others, last = sorted(found)
                sentence = say("same_name", others=listed(others[:5]))
                self.remarks.append((found[last], sentence))


def _is_key(person: Person) -> bool:
    """Whether a number is surely a system's own; what looks like Canvas's may be a year in a file's name."""
    year = person.number.isdecimal() and 1900 <= int(person.number) < 2100
    return bool(person.number) and person.system in _NUMBERS_ARE_KEYS and not (person.system == "canvas" and year)


def _rows(file: Path | None) -> list[dict[str, str]]:
    """Read whom a class knows; what is not readable any more is left out."""
    if not file or not file.exists():
        return []
    rows = csv.DictReader(io.StringIO(file.read_text("utf-8", errors="surrogateescape"), newline=""))
    whole = (row for row in rows if all(isinstance(row.get(column), str) for column in _COLUMNS))
    return [row for row in whole if safe_id(row["id"]) == row["id"]]
