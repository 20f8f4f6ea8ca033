"""The original course's files as they were found: those of one person in one folder belong together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.intake.attempts import Moment
from autograder.intake.names import Person
from autograder.intake.walk import Leaf, Parts


@dataclass(kw_only=True)
class Upload:
    """Course files of one person in one folder: `files` by the course's names, `names` as they were handed in."""

    person: Person
    folder: Parts
    files: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    origin: str = ""
    moment: Moment = field(default_factory=lambda: Moment(file=0.0))


class Uploads:
    """All course files of a search."""

    def __init__(self) -> None:
        self._found: dict[tuple[Person, Parts], Upload] = {}

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
