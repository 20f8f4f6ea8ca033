"""The original course's files as they were found: those of one person in one folder belong together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from autograder.intake.attempts import Moment
from autograder.intake.lms import mark_of
from autograder.intake.messages import say
from autograder.intake.names import Person
from autograder.intake.walk import Leaf, Parts


@dataclass(kw_only=True)
class Upload:
    """Course files of one person in one folder: `files` by the course's names, `names` as they were handed in.

    Where a system has several attempts in one folder, each is an upload of its own.
    """

    person: Person
    folder: Parts
    files: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    origin: str = ""
    moment: Moment = field(default_factory=lambda: Moment(file=0.0))
    remarks: list[str] = field(default_factory=list)


class Uploads:
    """All course files of a search."""

    def __init__(self) -> None:
        self._found: dict[tuple[Person, Parts, datetime | None], Upload] = {}

    def __iter__(self) -> Iterator[Upload]:
        """Iterate over them in the order in which they were found."""
        return iter(list(self._found.values()))

    def take(self, person: Person, file: str, leaf: Leaf, moment: Moment) -> str:
        """Take a file that is the course's `file`; where one of that very name lies beside it, return its name."""
        name, folder = leaf.parts[-1], leaf.parts[:-1]
        marked = moment.by_system and mark_of(name) is not None
        key = (person, folder, moment.handed_in if marked else None)
        upload = self._found.setdefault(key, Upload(person=person, folder=folder))
        if file in upload.files and not name.endswith(file):
            return upload.names[file]
        upload.files[file], upload.names[file] = leaf.read(), name
        upload.moment = max(upload.moment, moment, key=lambda moment: moment.order)
        above = leaf.origin.rsplit(" > ", 1)[0] if " > " in leaf.origin else str(Path(leaf.origin).parent)
        upload.origin = leaf.origin if marked else above
        return ""

    def complete(self) -> None:
        """Give each attempt of a folder the files that it lacks and an older one has: few hand in all of them again."""
        before: dict[tuple[Person, Parts], Upload] = {}
        for upload in sorted(self._found.values(), key=lambda upload: upload.moment.order):
            older = before.get((upload.person, upload.folder), upload)
            for file in sorted(older.files.keys() - upload.files.keys()):
                upload.files[file], upload.names[file] = older.files[file], older.names[file]
                upload.remarks.append(say("from_older", file=file, older=older.names[file]))
            before[upload.person, upload.folder] = upload
