"""Whose hand-in is it: student ids from folder and file names.

The first name below the folder handed to the grader says who; in this order:

1. Moodle: ``Alice Smith_123_assignsubmission_file_lab2.zip``, file or folder, is "Alice Smith", number 123.
2. Canvas: ``smithalice_LATE_4567_89012_lab2.ipynb`` is "smithalice", number 4567.
3. Blackboard, nbgrader's zip_collect: ``Lab 2_alice_attempt_2025-01-31-10-30-00_lab2.ipynb`` is "alice".
   Of several such forms in one name the first counts: what follows it is how the student named the file.
4. Any other folder is its own name.
5. Any other file is its name without endings, " (1)", "-Copy1" and the lab:
   ``alice_lab2_final.zip`` is "alice".
6. A name that says only the lab or the course (``lab2_layers``, ``stu_upload``, ``layers_1.py``) is
   nobody's: the hand-in is then its parent folder's.

The id keeps letters, digits, ``_ . -``; anything else becomes ``_``. Two people with one id get their
LMS number, else a short hash of the name, appended, so that neither is taken for the other.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.course import UPLOAD

_MOODLE = re.compile(r"(?P<who>.+?)_(?P<number>\d+)_assignsubmission_(?:file|onlinetext)(?:_.*)?", re.DOTALL)
_CANVAS = re.compile(r"(?P<who>[^_]+)_(?:LATE_)?(?P<number>\d{3,})_\d{3,}_.+", re.DOTALL)
_ATTEMPT = re.compile(r"(?:.*?_)?(?P<who>[^_]+)_attempt_\d{4}(?:-\d\d){5}(?:[_.].*)?", re.DOTALL)
_ENDINGS = re.compile(r"(?i)(?:\.(?:ipynb|zip|txt|json|py))+$")
_COPY = re.compile(r"(?i)(?:[ _-]*\(\d+\)|[ _-]+copy(?:[ _-]?\(?\d+\)?)?+)+$")
_NOTEBOOK = re.compile(r"(?i)(?:\.ipynb(?:\.txt|\.json)?|lab\d[^/]*\.json)$")
_LONGEST = 100  # bytes of an id
_LONGEST_NAME = 255  # characters of a name: the most that a file system holds


@dataclass(frozen=True)
class Person:
    """A name as it was found, and the LMS number beside it, if any."""

    name: str
    number: str = ""


class Naming:
    """Reads names, given the labs' names and the course's file names."""

    def __init__(self, labs: Iterable[str], course_files: Iterable[str] = ()) -> None:
        """Take the names that are not a person's."""
        labs = list(labs)
        words = sorted({*labs, *(lab.split("_")[0] for lab in labs)}, key=len, reverse=True)
        self._nobody = {lab.casefold() for lab in words} | {UPLOAD}
        self._course_files = frozenset(course_files)
        lab = "|".join(re.escape(word).replace("_", "[ _-]?") for word in words if word)
        self._lab = re.compile(rf"(?i)(?:^|[ _.-]+)(?:{lab})(?=$|[ _.-])") if lab else None

    def person(self, name: str, *, is_file: bool) -> Person | None:
        """Return who a folder or file is named after, None where it is nobody."""
        name = unicodedata.normalize("NFC", name[:_LONGEST_NAME])
        forms = [found for pattern in (_MOODLE, _CANVAS, _ATTEMPT) if (found := pattern.fullmatch(name))]
        if forms:  # what the LMS wrote stands before the student's own name of the file, whatever that imitates
            found = min(forms, key=lambda found: found.end("who"))
            return Person(found["who"].strip(), found.groupdict().get("number") or "")
        if self.course_file(name):
            return None
        stem = _COPY.sub("", _ENDINGS.sub("", name)) if is_file else name
        if stem.casefold() in self._nobody:
            return None
        if is_file and self._lab and (found := self._lab.search(stem)):
            before, after = stem[: found.start()].strip(" _.-"), stem[found.end() :].strip(" _.-")
            return Person(before or after) if before or after else None
        return Person(stem)

    def container(self, path: Path) -> Person:
        """Return whose a path is by its own name, else by its parents': for a single hand-in."""
        for depth, step in enumerate((path, *path.parents)):
            if step.name and (found := self.person(step.name, is_file=depth == 0 and not step.is_dir())):
                return found
        return Person("student")

    def class_root(self, members: list[tuple[str, ...]]) -> tuple[str, ...]:
        """Return the folder inside a zip that holds the students: () is its top, else the one folder there.

        The one folder is the class where it holds files named after people, or several folders that
        are; else it is one student's.
        """
        tops = {parts[0] for parts in members}
        if len(tops) != 1 or any(len(parts) == 1 for parts in members):
            return ()
        is_file = {parts[1]: len(parts) == 2 for parts in members}
        if not all(self.person(name, is_file=is_file[name]) for name in is_file):
            return ()
        folders = [name for name in is_file if not is_file[name]]
        packed = [name for name in is_file if is_notebook_name(name) or name.lower().endswith(".zip")]
        top = tops.pop()
        named = self.person(top, is_file=False) is not None
        return (top,) if named and (len(folders) > 1 or any(is_file[name] for name in packed)) else ()

    def course_file(self, name: str) -> str:
        """Return which file of the course a file is, "" where it is none; an LMS may put words before it."""
        return next((file for file in self._course_files if name == file or name.endswith("_" + file)), "")


def is_notebook_name(name: str) -> bool:
    """Return whether a file has a notebook's name; browsers and LMSs may have added an ending."""
    return bool(_NOTEBOOK.search(name))


def safe_id(name: str) -> str:
    """Return a student id that nbgrader, a file system and a terminal can hold; never empty, never ``..``."""
    text = unicodedata.normalize("NFC", name)
    kept = "".join(c if unicodedata.category(c)[0] in "LM" or c.isdecimal() or c in "_.-" else "_" for c in text)
    kept = re.sub(r"\.{2,}", ".", re.sub(r"_{2,}", "_", kept)).strip("._-")
    if not kept:
        return f"student-{_hash(name)}"
    if len(kept.encode()) > _LONGEST:
        cut = kept.encode()[: _LONGEST - 7].decode(errors="ignore").rstrip("._-")
        return f"{cut}-{_hash(name)}"
    return kept


def student_ids(people: Iterable[Person]) -> dict[Person, str]:
    """Return an id for each person, no id twice."""
    people = sorted(set(people), key=lambda person: (person.name, person.number))
    ids = {person: safe_id(person.name) for person in people}
    given: dict[str, list[Person]] = {}
    for person, name in ids.items():
        given.setdefault(name, []).append(person)
    for name, sharing in given.items():
        for person in sharing if len(sharing) > 1 else ():
            if person != Person(name):
                ids[person] = safe_id(f"{name}_{person.number or _hash(person.name)}")
    taken: set[str] = set()
    for person in people:
        if ids[person] in taken:
            ids[person] = f"{ids[person]}-{_hash(person.name + chr(0) + person.number)}"
        taken.add(ids[person])
    return ids


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()[:6]
