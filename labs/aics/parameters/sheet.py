"""The file that a release has where parameters differ by student: ``data/parameters.json``.

It holds no names and no ids. Of each lab it has the texts with blanks, of each question the parameters that there are
and which of the `NUMBERS` draws has which. A student's own follow from the id that the student types.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aics.check.folder import LabError, data_folder
from aics.parameters.drawn import name_of, number_of, token_of
from aics.parameters.messages import say

#: In the folder ``data/``; beside it, in a folder for each lab, the public cases for each question's parameters.
FILE, CASES = "parameters.json", "reference/parameters"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What the file says.

    Attributes
    ----------
    key : bytes
        Decides, with an id, who gets what. It is made from the course's secret, which does not follow from it.
    people : mapping
        What stands for a name (`name_of`) -> what stands for its student (`token_of`).
    labs : mapping
        Lab -> ``cells`` (id of a cell -> its text with blanks) and ``questions`` (name -> ``numbers``, ``variants``).
    """

    key: bytes
    people: Mapping[str, str]
    labs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @classmethod
    def read(cls) -> Sheet | None:
        """Read this installation's file; None where there is none. Raises LabError where it cannot be read."""
        path = data_folder() / FILE
        return cls.of(path) if path.is_file() else None

    @classmethod
    def of(cls, path: Path) -> Sheet:
        """Read a file; raises LabError where it cannot be read."""
        try:
            said = json.loads(path.read_text("utf-8"))
            return cls(key=bytes.fromhex(said["key"]), people=dict(said["people"]), labs=dict(said["labs"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise LabError(say("broken", file=path, why=f"{type(error).__name__}: {error}")) from error

    def text(self) -> str:
        """Return the file's text."""
        return json.dumps({"key": self.key.hex(), "people": self.people, "labs": self.labs}, ensure_ascii=False) + "\n"

    def questions(self, lab: str) -> dict[str, Any]:
        """Return the lab's questions whose parameters differ, by name."""
        return dict(self.labs.get(lab, {}).get("questions", {}))

    def token(self, student: str) -> str:
        """Return what stands for a student who is called so. Raises LabError where nobody is."""
        token = self.people.get(name_of(self.key, student))
        if token is None:
            raise LabError(say("stranger", student=student))
        return token

    def place(self, lab: str, question: str, student: str) -> int:
        """Return which of a question's variants a student has."""
        number = number_of(self.key, self.token(student), lab, question)
        return int(self.questions(lab)[question]["numbers"][number])

    def variant(self, lab: str, question: str, student: str) -> dict[str, Any]:
        """Return a student's ``drawn`` parameters of a question, and the ``words`` for its blanks."""
        return dict(self.questions(lab)[question]["variants"][self.place(lab, question, student)])


def people_of(key: bytes, ids: Mapping[str, list[str]]) -> dict[str, str]:
    """Return the file's `people` of id -> other names; a name that two students have is nobody's."""
    found: dict[str, set[str]] = {}
    for student, names in ids.items():
        for name in {student, *names} - {""}:
            found.setdefault(name_of(key, name), set()).add(token_of(key, student))
    own = {name_of(key, student): token_of(key, student) for student in ids}
    return {name: min(tokens) for name, tokens in sorted(found.items()) if len(tokens) == 1} | own


def cases_file(lab: str, question: str, place: int) -> str:
    """Return where the public cases of a question's variant lie in ``data/``."""
    return f"{CASES}/{lab}/{question}.{place}.npz"
