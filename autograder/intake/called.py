"""What the people of a class are called, and where they can be written to: by the roster, else by their downloads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from autograder.intake.people import People

_CHINESE = re.compile(r"[\u3400-\u9fff]{2,4}")
#: Family names of two characters; all others have one.
_TWO = ("欧阳", "司马", "上官", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "宇文", "长孙")


@dataclass(frozen=True, kw_only=True)
class Called:
    """A person's full name and e-mail address; "" where nobody said them."""

    name: str = ""
    email: str = ""

    @property
    def family_and_given(self) -> tuple[str, str]:
        """The name in its two parts; a name of one part is a family name."""
        if _CHINESE.fullmatch(self.name):
            cut = 2 if self.name.startswith(_TWO) and len(self.name) > 2 else 1
            return self.name[:cut], self.name[cut:]
        if "," in self.name:
            family, _, given = self.name.partition(",")
            return family.strip(), given.strip()
        given, _, family = self.name.rpartition(" ")
        return family, given


def called(folder: Path) -> dict[str, Called]:
    """Return id -> what is known of the person; raises CourseError where the roster is none."""
    people = People(folder)
    found = {student: Called(name=person.name) for person, student in people.known.items() if person.name != student}
    for student in people.roster.students:
        seen = found.get(student.id, Called())
        found[student.id] = Called(name=student.name or seen.name, email=student.email)
    return found
