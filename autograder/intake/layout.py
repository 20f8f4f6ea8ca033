"""Where the students are in what was handed in: which folders hold a class, and whose each name in them is."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from autograder.intake import gradescope
from autograder.intake.handin import Refused
from autograder.intake.listing import TIMESTAMP, Listing
from autograder.intake.lms import FOLDER, Mark
from autograder.intake.messages import say
from autograder.intake.names import Naming, Person
from autograder.intake.walk import Parts

#: Folders that hold a class by their names: of nbgrader, GitHub Classroom, Gradescope, and people.
_HOLDS_CLASS = re.compile(
    r"(?i)(?:inbound|submitted|collected|(?P<slug>.+)-submissions"
    r"|(?:.*[ _-])?(?:submissions|hand-?ins|downloads?|export)(?:[ _-]\d+)?|.*提交)"
)
#: Files that systems lay beside the hand-ins, of no use here.
OF_SYSTEMS = frozenset({gradescope.METADATA, "index.html"})
#: What Blackboard lays beside each attempt: its text names the user.
_RECEIPT = re.compile(r"(.+?_attempt_\d{4}(?:-\d\d){5})(\.txt)?.*", re.DOTALL)


class Layout:
    """Whose each path is, by the names of all.

    A folder that a learning management system named after a person is one person's, whatever it holds.
    """

    def __init__(self, path: Path, listing: Listing, naming: Naming, *, by_id: bool = False) -> None:
        """Find the folders that hold a class; `by_id` where it is `path` alone, and its folders are named by ids."""
        self._listing, self._naming, self._by_id = listing, naming, by_id
        self.host = naming.container(path)
        self._alone = self.host.system != "" and naming.person(path.name, is_file=not path.is_dir()) == self.host
        self._top = path.name
        self._bearing = {
            parts[:n] for parts in listing.files() if naming.bears(parts[-1]) for n in range(len(parts) + 1)
        }
        self._classes: set[Parts] = {()}
        self._said: dict[Parts, list[Mark]] = {}
        if not self._alone and not by_id:
            self._read_what_is_said(())
            self._descend(())

    def owner(self, parts: Parts) -> tuple[Person, Mark | None]:
        """Return whose a path is, and what a system wrote of it."""
        folder = self._class_of(parts)
        if self._alone or len(parts) <= len(folder) or parts[len(folder)] in ("..", "?"):
            return self.host, self._naming.mark(self._top) if self._alone else None
        name = parts[len(folder)]
        is_file = self._listing.inside.get(folder, {}).get(name, True)
        return self._named(folder, name, is_file) or self.host, self._mark(folder, name)

    def is_first(self, parts: Parts) -> bool:
        """Whether a path is right in a folder that holds a class."""
        return len(parts) == len(self._class_of(parts)) + 1

    def doubt(self, one: Parts, other: Parts) -> str:
        """Return a clause where two folders of one student may be two people's; "" where they hardly are."""
        depth = len(self._class_of(one)) + 1
        names = [parts[depth] for parts in (one, other) if len(parts) > depth and parts[:depth] == one[:depth]]
        named = [name for name in dict.fromkeys(names) if self._naming.person(name, is_file=False)]
        if len(named) < 2 or self._alone or self._naming.mark(one[depth - 1]):
            return ""
        return say("doubt", names=" and ".join(sorted(named)), folder=one[depth - 1])

    def owners(self, parts: Parts) -> list[Person]:
        """Return all whose a path is: several where a group handed in together."""
        group = self._said.get(parts[: len(self._class_of(parts)) + 1], [])
        return [_person(mark) for mark in group] or [self.owner(parts)[0]]

    def timestamp(self, parts: Parts) -> datetime | None:
        """Return the time in nbgrader's timestamp.txt beside a file; none of a file that a student may have added."""
        _, mark = self.owner(parts)
        if mark and mark.system != "nbgrader":
            return None
        beside = (*parts[:-1], TIMESTAMP)
        if not self._listing.inside.get(parts[:-1], {}).get(TIMESTAMP):
            return None
        try:
            return _utc(self._listing.read(beside).decode("utf-8", "replace").strip())
        except (Refused, OSError, ValueError):
            return None

    def _class_of(self, parts: Parts) -> Parts:
        return next(parts[:n] for n in range(len(parts), -1, -1) if parts[:n] in self._classes)

    def _mark(self, folder: Parts, name: str) -> Mark | None:
        if said := self._said.get((*folder, name)):
            return said[0]
        return self._naming.mark(name)

    def _named(self, folder: Parts, name: str, is_file: bool) -> Person | None:
        if self._by_id and not is_file:
            return Person(name)
        if said := self._said.get((*folder, name)):
            return _person(said[0])
        classroom = _HOLDS_CLASS.fullmatch(folder[-1] if folder else self._top)
        slug = f"{classroom['slug']}-" if classroom and classroom["slug"] else ""
        if slug and not is_file and name.startswith(slug) and (user := name[len(slug) :]):
            return Person(user, user, "github")
        return self._naming.person(name, is_file=is_file)

    def _descend(self, folder: Parts) -> None:
        """Find the folders in this one that hold a class, and go on in them."""
        bearing = self._bearing_in(folder)
        folders = [(*folder, name) for name in bearing if (*folder, name) in self._listing.inside]
        alike = len(folders) == len(bearing) and (
            all(map(self._from_a_system, folders))
            or (not any(bearing.values()) and all(map(self._holds_people, folders)))  # a zip is one student's rather
        )
        written = any(map(self._naming.mark, bearing))  # then what has no such name is a person's own
        for here in folders:
            if self._holds_class(here, alike=alike or (not written and self._from_a_system(here, least=2))):
                self._classes.add(here)
                self._read_what_is_said(here)
                self._descend(here)

    def _holds_class(self, here: Parts, *, alike: bool) -> bool:
        """Whether a folder or zip holds a class: by its name, or because all beside it look so, too."""
        name = here[-1].removesuffix(".zip")
        if self._naming.mark(here[-1]) or self._said.get(here):
            return False
        if _HOLDS_CLASS.fullmatch(name) or self._naming.is_lab(name):
            return self._from_a_system(here) or self._holds_people(here, least=1)
        return alike

    def _holds_people(self, here: Parts, *, least: int = 2) -> bool:
        """Whether all in a folder or zip is named after people: so many folders, or in it a folder that is so."""
        kids = self._bearing_in(here)
        folders = [kid for kid, is_file in kids.items() if not is_file]
        if self._naming.mark(here[-1]):
            return False
        if len(kids) == len(folders) == 1 and self._holds_people((*here, folders[0])):
            return True
        if not all(self._named(here, kid, is_file) for kid, is_file in kids.items()):
            return False
        files = [kid for kid in kids if kid not in folders and not self._naming.course_file(kid)]
        if len(folders) >= least or (least == 1 and len(files) > 1):
            return True
        return bool(files) and self._listing.is_zip

    def _bearing_in(self, folder: Parts) -> dict[str, bool]:
        """Return what bears hand-ins right in a folder, each with whether it is a file."""
        inside = self._listing.inside.get(folder, {})
        return {name: is_file for name, is_file in inside.items() if (*folder, name) in self._bearing}

    def _from_a_system(self, here: Parts, least: int = 1) -> bool:
        """Whether a system wrote the names of so many people, or its metadata, in a folder."""
        marks = filter(None, map(self._naming.mark, self._bearing_in(here)))
        people = {(mark.system, mark.name, mark.number) for mark in marks}
        metadata = gradescope.METADATA in self._listing.inside.get(here, {})
        return (len(people) >= least or metadata) and not self._naming.mark(here[-1])

    def _read_what_is_said(self, folder: Parts) -> None:
        """Read what a system laid beside the hand-ins about them."""
        inside = self._listing.inside.get(folder, {})
        if inside.get(gradescope.METADATA) and any(map(FOLDER.fullmatch, inside)):
            for name, people in gradescope.submissions(self._read((*folder, gradescope.METADATA))):
                if name in inside:
                    self._said[*folder, name] = people
        attempts: defaultdict[str, list[str]] = defaultdict(list)
        for found in filter(None, map(_RECEIPT.fullmatch, inside)):
            attempts[found[1]].append(found[0])
        for attempt, names in attempts.items():
            if f"{attempt}.txt" in names:
                self._take_receipt(folder, attempt, names)

    def _take_receipt(self, folder: Parts, attempt: str, names: list[str]) -> None:
        """Let the receipt of one of Blackboard's attempts say which part of the files' names is the user's."""
        text = self._read((*folder, f"{attempt}.txt"))[:2000].decode("utf-8", "replace")
        user = re.search(r"(?m)^\w+[:：].*[(（](\S+)[)）]\s*$", text)
        if user and attempt.partition("_attempt_")[0].endswith(f"_{user[1]}"):
            for name in names:
                if mark := self._naming.mark(name):
                    self._said[*folder, name] = [replace(mark, name=user[1])]

    def _read(self, parts: Parts) -> bytes:
        try:
            return self._listing.read(parts)
        except (Refused, OSError):
            return b""


def _person(mark: Mark) -> Person:
    return Person(mark.name, mark.number, mark.system if mark.number else "")


def _utc(text: str) -> datetime:
    """Read a time as nbgrader writes it, ``2025-01-31 10:30:00.123456 UTC``; raises ValueError."""
    day, _, rest = text.partition(" ")
    clock, _, zone = rest.partition(" ")
    when = datetime.fromisoformat(f"{day} {clock}".strip())
    if when.tzinfo:
        return when.astimezone(UTC)
    if re.fullmatch(r"[+-]\d\d:?\d\d", zone):
        return datetime.fromisoformat(f"{day} {clock}{zone}").astimezone(UTC)
    try:
        return when.replace(tzinfo=ZoneInfo(zone or "UTC")).astimezone(UTC)
    except (KeyError, OSError) as error:
        raise ValueError(f"{zone} is no time zone") from error
