"""The roster of a class, ``roster.csv``: which names and numbers are which student's. Instructors may edit it."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from aics.language import tr
from autograder import whole
from autograder.course import CourseError
from autograder.intake.handin import one_line
from autograder.intake.ids import safe_id
from autograder.intake.names import Person

ROSTER = "roster.csv"


@dataclass(frozen=True, kw_only=True)
class Student:
    """One line of the roster.

    Attributes
    ----------
    id : str
        The student in the gradebook.
    name, email, number, login : str
        Full name; address; number at the school (Moodle's ID number, Canvas's SIS User ID, Blackboard's Student ID,
        Brightspace's OrgDefinedId); user name.
    moodle, canvas, brightspace, github : str
        The system's own numbers or names of the student, with blanks between. Moodle has another for each assignment.
    """

    id: str
    name: str = ""
    email: str = ""
    number: str = ""
    login: str = ""
    moodle: str = ""
    canvas: str = ""
    brightspace: str = ""
    github: str = ""

    def has(self, system: str, number: str) -> bool:
        """Return whether a system's number is this student's."""
        if system == "gradescope":
            return number.casefold() in {n.casefold() for n in (self.number, self.email) if n}
        column = self.number if system == "school" else getattr(self, system, "")
        return number.casefold() in column.casefold().split()

    @property
    def names(self) -> set[str]:
        """What a folder of the student may be called: id, user name, address, its part before the @."""
        found = {self.id, self.login, self.email, self.email.split("@")[0], self.number}
        return {text.casefold() for text in found if text}


COLUMNS = tuple(column.name for column in fields(Student))


@dataclass
class Roster:
    """The students of a class; empty where there is no roster."""

    students: list[Student] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> Roster:
        """Read a roster; raises CourseError where it is none."""
        if not path.exists():
            return cls()
        rows = list(csv.DictReader(io.StringIO(read_text(path)[0])))
        if not rows or "id" not in rows[0]:
            raise CourseError(
                tr("{path} has no column `id`. Its first line is {columns}.", path=path, columns=",".join(COLUMNS))
            )
        rows = [{c: " ".join((row.get(c) or "").split()) for c in COLUMNS} for row in rows]
        if bad := [row["id"] for row in rows if row["id"] and safe_id(row["id"]) != row["id"]]:
            raise CourseError(
                tr(
                    "{path}: {wrong!r} cannot be a student's id; {right!r} can. An id has letters, digits, "
                    "`_`, `.` and `-` only.",
                    path=path,
                    wrong=one_line(bad[0]),
                    right=safe_id(bad[0]),
                )
            )
        return cls([Student(**row) for row in rows if row["id"]])

    def write(self, path: Path) -> None:
        """Write the roster, in the order of ids."""
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(
            {c: getattr(s, c) for c in COLUMNS} for s in sorted(self.students, key=lambda student: student.id)
        )
        whole.write_text(path, text.getvalue(), errors="replace")

    def numbered(self, person: Person) -> Student | None:
        """Return the one student who has the number that a system gave."""
        if not person.number:
            return None
        found = [student for student in self.students if student.has(person.system, person.number)]
        if person.system == "school":  # students type it themselves: it must go with the name
            said = {person.number.casefold(), *_words(person.name)}
            found = [s for s in found if len(said) == 1 or said.issuperset(_words(s.name)) or _agree(s.name, person)]
        return found[0] if len(found) == 1 else None

    def named(self, person: Person) -> Student | None:
        """Return the one student whom a name means; None where it means nobody, or several."""
        name = person.name.casefold()
        found = [] if person.number else [student for student in self.students if name in student.names]
        found = found or [student for student in self.students if student.name and _agree(student.name, person)]
        return found[0] if len(found) == 1 else None

    def add(self, student: Student) -> str:
        """Take a student from an export: into the line that is the same one's, else as a new line; says which."""
        known = self.line_of(student)
        if known is None:
            self.students.append(replace(student, id=self._free(student.id)))
            return "new"
        merged = replace(known, **{c: _joined(c, getattr(known, c), getattr(student, c)) for c in COLUMNS[1:]})
        self.students[self.students.index(known)] = merged
        return "known" if merged == known else "completed"

    def line_of(self, student: Student) -> Student | None:
        """Return the line that is the same student's as one of an export; None where there is none."""
        same = [known for known in self.students if _same(known, student)]
        if not same:
            same = [known for known in self.students if _only_by_name(known, student)]
            same = same if len(same) == 1 else []
        return same[0] if same else None

    def take(self, students: Sequence[Student], seen: Mapping[Person, str]) -> Counter[str]:
        """Take the students of an export, and count how; whoever was graded before keeps the id."""
        export, count = Roster(list(students)), Counter[str]()
        for student in students:
            before = {i for p, i in seen.items() if student in (export.numbered(p), export.named(p))}
            kept = replace(student, id=before.pop()) if len(before) == 1 else student
            count[self.add(kept)] += 1
        return count

    def faults(self) -> list[str]:
        """Return a sentence for whatever stands in the roster twice, and so tells nobody."""
        found = []
        for column in ("id", "email", "number", "login", "moodle", "canvas", "brightspace", "github"):
            values = (v.casefold() for s in self.students for v in {*getattr(s, column).split()})
            for value, count in Counter(values).items():
                if count > 1:
                    found.append(
                        tr(
                            "{count} lines have the {column} {value}: nobody is told by it",
                            count=count,
                            column=column,
                            value=one_line(value),
                        )
                    )
        return found

    def namesakes(self) -> list[str]:
        """Return the names that several students have: only numbers tell those apart."""
        return sorted(name for name, count in Counter(s.name for s in self.students if s.name).items() if count > 1)

    def _free(self, wanted: str) -> str:
        taken = {student.id for student in self.students}
        return next(i for i in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if i not in taken)


def read_text(path: Path) -> tuple[str, str]:
    """Return a text file's text and encoding: UTF-8 or UTF-16, else Chinese Windows's own; raises CourseError."""
    data = path.read_bytes()
    utf8 = "utf-8-sig" if data.startswith(BOM_UTF8) else "utf-8"
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else (utf8, "gb18030"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise CourseError(tr("{path} is no text in UTF-8, UTF-16 or GB18030. Save it as CSV in UTF-8.", path=path))


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold().replace("_", " "))


def _agree(name: str, person: Person) -> bool:
    """Return whether two spellings are of one name: in any order, also glued together as Canvas does."""
    mine = [word for word in _words(person.name) if word != person.number.casefold()]
    theirs = _words(name)
    glued = {"".join(theirs[n:] + theirs[:n]) for n in range(len(theirs))}
    return bool(mine) and (sorted(mine) == sorted(theirs) or "".join(mine) in glued)


def _same(known: Student, student: Student) -> bool:
    """Return whether two lines have an address or number in common, and none that differs."""
    pairs = [(getattr(known, c).casefold(), getattr(student, c).casefold()) for c in ("email", "number", "login")]
    pairs = [(a, b) for a, b in pairs if a and b]
    common = any(a == b for a, b in pairs) or any(
        {*getattr(known, c).split()} & {*getattr(student, c).split()} for c in ("moodle", "canvas", "brightspace")
    )
    return common and all(a == b for a, b in pairs)


def _only_by_name(known: Student, student: Student) -> bool:
    """Return whether two lines have one name, and nothing that differs."""
    told = [c for c in ("email", "number", "login", "canvas") if getattr(known, c) and getattr(student, c)]
    return not told and bool(student.name) and _agree(known.name, Person(student.name))


def _joined(column: str, known: str, new: str) -> str:
    """Return a column of two lines of one student: all numbers of a system, else what is known already."""
    if column in ("moodle", "canvas", "brightspace", "github"):
        return " ".join(dict.fromkeys([*known.split(), *new.split()]))
    return known or new
