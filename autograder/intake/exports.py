"""What learning management systems write themselves: participants and gradebooks, read into lines of the roster."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from autograder.course import CourseError
from autograder.intake.handin import one_line
from autograder.intake.ids import safe_id
from autograder.intake.names import Person
from autograder.intake.roster import Roster, Student, decoded

#: The columns by which each system's export is known, the surest first.
_SYSTEMS = [
    ("canvas", {"student", "id", "section"}),
    ("brightspace", {"orgdefinedid"}),
    ("brightspace", {"end-of-line indicator"}),
    ("gradescope", {"sid", "email"}),
    ("moodle", {"identifier", "full name"}),
    ("moodle", {"email address"}),
    ("moodle", {"姓名", "电子邮件地址"}),
    ("moodle", {"姓", "名"}),
    ("blackboard", {"username", "last name", "first name"}),
    ("a list", {"姓名", "学号"}),
    ("a list", {"name", "email"}),
]
#: What systems call the columns, in English and Chinese.
_NAMES = {
    "name": ("full name", "student", "name", "姓名", "全名"),
    "first": ("first name", "名", "名字"),
    "last": ("last name", "surname", "姓", "姓氏"),
    "email": ("email address", "email", "电子邮件地址", "email地址", "邮箱", "电子邮件"),
    "number": ("id number", "sis user id", "student id", "orgdefinedid", "sid", "学号", "id 号码", "编号"),
    "login": ("username", "sis login id", "用户名"),
    "moodle": ("identifier", "编号标识", "识别码"),
}
#: Lines that are no students.
_NOT_STUDENTS = re.compile(r"(?i)points possible|student, test|test student|students?, preview|demo student")


def take(path: Path, roster: Roster, seen: Mapping[Person, str]) -> str:
    """Take an export into the roster, and say what came of it; raises CourseError where it is none."""
    system, found = students(path)
    count = roster.take(found, seen)
    what = ", ".join(f"{count[how]} {how}" for how in ("new", "completed", "known") if count[how])
    return f"{path}: {system}, {len(found)} students" + (f": {what}" if what else "")


def students(path: Path) -> tuple[str, list[Student]]:
    """Return which system wrote an export, and the students in it; raises CourseError where it is none."""
    text = decoded(path).lstrip("\ufeff")
    header = text.splitlines()[0] if text.strip() else ""
    rows = list(csv.DictReader(io.StringIO(text), delimiter="\t" if "\t" in header else ";" if ";" in header else ","))
    if not rows:
        raise CourseError(f"{path} is empty.")
    columns = {_plain(column): column for column in rows[0] if column}
    system = next((system for system, wanted in _SYSTEMS if wanted <= set(columns)), "")
    if not system:
        raise CourseError(
            f"{path} is no export that is known: its columns are {one_line(', '.join(columns))}. Take Moodle's "
            "participants or grading worksheet, Canvas's gradebook, Blackboard's grade center or Brightspace's grades."
        )
    return system, list(_read(system, columns, rows))


def _read(system: str, columns: Mapping[str, str], rows: list[dict[str, str]]) -> Iterator[Student]:
    for row in rows:
        said = {what: _value(row, columns, names) for what, names in _NAMES.items()}
        name = said["name"] or " ".join(part for part in (said["first"], said["last"]) if part)
        if system == "canvas" and "," in name:  # "Byron, Ada"
            name = " ".join(part.strip() for part in reversed(name.split(",", 1)))
        if not (name or said["email"]) or _NOT_STUDENTS.search(said["name"]):
            continue
        numbers = {system: _value(row, columns, ("id",))} if system == "canvas" else {}
        if system == "moodle":
            numbers = {"moodle": "".join(re.findall(r"\d+$", said["moodle"]))}
        number, login, email = said["number"].lstrip("#"), said["login"].lstrip("#"), said["email"]
        known = number or login or email.split("@")[0] or name
        yield Student(id=safe_id(known), name=name, email=email, number=number, login=login, **numbers)


def _plain(column: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", column).strip('\ufeff" ').casefold().split())


def _value(row: Mapping[str, str], columns: Mapping[str, str], names: tuple[str, ...]) -> str:
    found = next((columns[name] for name in names if name in columns), "")
    return " ".join((row.get(found) or "").split()) if found else ""
