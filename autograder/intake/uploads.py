"""The original course's files as they were found: those of one person in one folder belong together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.intake.attempts import Moment
from autograder.intake.names import Person
from autograder.intake.walk import Leaf, Parts


@dataclass(kw_only=True)
class Upload:
    """Course files of one person in one folder: `files` by the course's names, `names` as they were handed in.

    Those named in `by_content` have names of the student's own, and were recognised by what they define.
    """

    person: Person
    folder: Parts
    files: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    origin: str = ""
    moment: Moment = field(default_factory=lambda: Moment(file=0.0))
    by_content: set[str] = field(default_factory=set)


class Uploads:
    """All course files of a search."""

    def __init__(self) -> None:
        self._found: dict[tuple[Person, Parts], Upload] = {}
        self._kept: list[tuple[Person, list[str], Leaf, Moment]] = []

    def __iter__(self) -> Iterator[Upload]:
        """Iterate over them in the order in which they were found."""
        return iter(list(self._found.values()))

    def take(self, person: Person, file: str, leaf: Leaf, moment: Moment) -> str:
        """Take a file that is the course's `file`; where one of that very name lies beside it, return its name."""
        name, folder = leaf.parts[-1], leaf.parts[:-1]
        upload = self._found.setdefault((person, folder), Upload(person=person, folder=folder))
        if file in upload.files and not name.endswith(file):
            return upload.names[file]
        upload.files[file], upload.names[file] = leaf.read(), name
        upload.moment = max(upload.moment, moment, key=lambda moment: moment.order)
        upload.origin = leaf.origin.rsplit(" > ", 1)[0] if " > " in leaf.origin else str(Path(leaf.origin).parent)
        return ""

    def keep(self, person: Person, files: list[str], leaf: Leaf, moment: Moment) -> None:
        """Keep a file of another name that may be these of the course, until all were seen."""
        content = leaf.read()
        self._kept.append((person, files, replace(leaf, read=lambda: content), moment))

    def settle(self, host: Person) -> Iterator[tuple[Person, Parts, str]]:
        """Take what was kept for those who handed in no file of the course's name; yield whose and what is left.

        Beside files that are the `host`'s, it is the host's, too: its name is a file's then, no person's.
        """
        named = {(upload.person, file) for upload in self for file in upload.files}
        for own, files, leaf, moment in self._kept:
            person = host if (host, leaf.parts[:-1]) in self._found else own
            mine = [file for file in files if (person, file) not in named]
            taken = [file for file in mine if not self.take(person, file, leaf, moment)]
            if taken:
                self._found[person, leaf.parts[:-1]].by_content |= set(taken)
            else:
                yield person, leaf.parts, leaf.origin
