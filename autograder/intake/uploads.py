"""The original course's files as they were found: those of one person in one folder belong together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
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

    Those named in `by_content` have names of the student's own, and were recognised by what they define.
    Where a system has several attempts in one folder, each is an upload of its own, of the time `attempt`.
    """

    person: Person
    folder: Parts
    files: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    origin: str = ""
    moment: Moment = field(default_factory=lambda: Moment(file=0.0))
    by_content: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)
    attempt: datetime | None = None


class Uploads:
    """All course files of a search."""

    def __init__(self) -> None:
        self._found: dict[tuple[Person, Parts, datetime | None], Upload] = {}
        self._kept: list[tuple[Person, list[str], Leaf, Moment]] = []

    def __iter__(self) -> Iterator[Upload]:
        """Iterate over them in the order in which they were found."""
        return iter(list(self._found.values()))

    def take(self, person: Person, file: str, leaf: Leaf, moment: Moment) -> str:
        """Take a file that is the course's `file`; where one of that very name lies beside it, return its name."""
        name, upload = leaf.parts[-1], self._upload_of(person, leaf, moment)
        if file in upload.files and not name.endswith(file):
            return upload.names[file]
        upload.files[file], upload.names[file] = leaf.read(), name
        upload.moment = max(upload.moment, moment, key=lambda moment: moment.order)
        above = leaf.origin.rsplit(" > ", 1)[0] if " > " in leaf.origin else str(Path(leaf.origin).parent)
        upload.origin = leaf.origin if upload.attempt else above
        return ""

    def _upload_of(self, person: Person, leaf: Leaf, moment: Moment) -> Upload:
        """The upload that a file belongs to, made if it is the first."""
        folder, marked = leaf.parts[:-1], moment.by_system and mark_of(leaf.parts[-1]) is not None
        attempt = moment.handed_in if marked else None
        return self._found.setdefault((person, folder, attempt), Upload(person=person, folder=folder, attempt=attempt))

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
            person = host if (host, leaf.parts[:-1]) in {key[:2] for key in self._found} else own
            mine = [file for file in files if (person, file) not in named]
            taken = [file for file in mine if not self.take(person, file, leaf, moment)]
            if taken:
                self._upload_of(person, leaf, moment).by_content |= set(taken)
            else:
                yield person, leaf.parts, leaf.origin

    def complete(self) -> None:
        """Give each attempt of a folder the files that it lacks and an older one has: few hand in all of them again."""
        before: dict[tuple[Person, Parts], Upload] = {}
        for upload in sorted(self._found.values(), key=lambda upload: upload.moment.order):
            older = before.get((upload.person, upload.folder), upload)
            for file in sorted(older.files.keys() - upload.files.keys()):
                upload.files[file], upload.names[file] = older.files[file], older.names[file]
                upload.remarks.append(say("from_older", file=file, older=older.names[file]))
            before[upload.person, upload.folder] = upload
