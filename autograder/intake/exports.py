"""What learning management systems write themselves: participants and gradebooks, read into lines of the roster."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aics.language import listed, noted, plural, tr, words
from autograder.course import CourseError
from autograder.intake.handin import one_line
from autograder.intake.ids import safe_id
from autograder.intake.names import Person
from autograder.intake.roster import Roster, Student, read_text

#: The columns by which each system's export is known, the surest first.
_SYSTEMS = [
    ("canvas", {"student", "id", "section"}),
    ("canvas", {"lastname", "firstname", "id", "section"}),
    ("canvas", {"id", "sis user id"}),
    ("canvas", {"id", "sis 用户 id"}),
    ("brightspace", {"orgdefinedid"}),
    ("brightspace", {"end-of-line indicator"}),
    ("gradescope", {"sid", "email"}),
    ("moodle", {"identifier", "full name"}),
    ("moodle", {"email address"}),
    ("moodle", {"标识", "全名"}),
    ("blackboard", {"username", "last name", "first name"}),
    ("blackboard", {"用户名", "姓", "名"}),
]
#: What systems call the columns, in the languages of their menus.
_NAMES = {
    "name": ("full name", "student", "name", "姓名", "全名", "学生", "vollständiger name", "nom complet"),
    "first": ("first name", "firstname", "given name", "名", "名字", "vorname", "prénom", "nombre"),
    "last": ("last name", "lastname", "surname", "姓", "姓氏", "nachname", "nom", "nom de famille", "apellido(s)"),
    "email": (
        *(
            "email address",
            "email",
            "e-mail",
            "电子邮件地址",
            "email地址",
            "电子邮箱地址",
            "电子邮箱",
            "邮箱",
            "电子邮件",
        ),
        *("e-mail-adresse", "adresse de courriel", "dirección de correo"),
    ),
    "number": (
        *("id number", "sis user id", "student id", "student number", "orgdefinedid", "sid"),
        *("学号", "id号", "id 号码", "id号码", "编号", "sis 用户 id", "学生 id", "学生id"),
        *("id-nummer", "matrikelnummer", "numéro d'identification", "número de id"),
    ),
    "login": ("username", "sis login id", "用户名", "sis 登录 id", "anmeldename", "nom d'utilisateur"),
    "moodle": ("identifier", "标识", "标识符", "编号标识", "识别码"),
    "role": ("role", "roles", "角色", "rolle", "rollen"),
}
#: What tells who somebody is.
_PERSON = ("name", "first", "last", "email", "number", "login")
#: Lines that are no students.
_NOT_STUDENTS = re.compile(
    r"(?i)points possible|student, test|test student|students?, preview|demo student|_?previewuser|满分|测试学生"
)
_STAFF = re.compile(r"(?i)\b(?:instructor|teacher|ta|assistant|observer)\b|教师|老师|助教")
_IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]+")
#: Lines before the header: a title, or ``sep=,`` as Excel has it.
_ABOVE_HEADER = 5
#: How a file begins that is no text.
_EXCEL, _PAGE = noted("an Excel workbook"), noted("a web page")
_NO_TEXT = {b"PK\x03\x04": _EXCEL, b"\xd0\xcf\x11\xe0": _EXCEL, b"<": _PAGE}
#: What became of an export's lines.
_TAKEN = {"new": "{count} new", "completed": "{count} completed", "known": "{count} known"}
_say_taken = words(_TAKEN)


def take(path: Path, roster: Roster, seen: Mapping[Person, str]) -> str:
    """Take an export into the roster, and say what came of it; raises CourseError where it is none."""
    export = read_export(path)
    system, found = export.system, [student for _, student in export.students]
    count = roster.take(found, seen)
    what = listed(_say_taken(how, count=count[how]) for how in _TAKEN if count[how])
    about = {"path": path, "system": tr(system), "students": many(found)}
    if not what:
        return tr("{path}: {system}, {students}", **about)
    return tr("{path}: {system}, {students}: {what}", **about, what=what)


def many(students: Sequence[Student]) -> str:
    """Say how many they are.

    >>> many([])
    '0 students'
    """
    return plural("1 student", "{count} students", len(students))


@dataclass(frozen=True, kw_only=True)
class Export:
    """A file that a system wrote.

    Attributes
    ----------
    system : str
        Which: ``moodle``, ``canvas``, ... or "a list".
    rows : list of list of str
        The file's cells, the header first.
    students : list of (int, Student)
        The students, each with the number of its line below the header, from 0.
    above : str
        What stands before the header.
    delimiter, line_end, encoding : str
        How the file is written.
    """

    system: str
    rows: list[list[str]]
    students: list[tuple[int, Student]]
    above: str
    delimiter: str
    line_end: str
    encoding: str


def read_export(path: Path) -> Export:
    """Return what a system exported; raises CourseError where it is no such file."""
    beginning = path.read_bytes()[:4]
    if what := next((what for sign, what in _NO_TEXT.items() if beginning.startswith(sign)), ""):
        raise CourseError(
            tr(
                "{path} is {what}. Open it in Excel or LibreOffice and save it as CSV in UTF-8.",
                path=path,
                what=tr(what),
            )
        )
    text, encoding = read_text(path)
    lines = text.splitlines(keepends=True)
    if not any(map(str.strip, lines)):
        raise CourseError(tr("{path} is empty.", path=path))
    first = next((n for n, line in enumerate(lines[:_ABOVE_HEADER]) if _system(_header(line))), None)
    if first is None:
        names = ", ".join(_header(lines[0]))
        raise CourseError(
            tr(
                "{path} is no export that is known: its columns are {names}. Take Moodle's participants "
                "or grading worksheet, Canvas's gradebook, Blackboard's grade center or Brightspace's "
                "grades.",
                path=path,
                names=one_line(names),
            )
        )
    delimiter, columns = _delimiter(lines[first]), _header(lines[first])
    header, *rows = csv.reader(io.StringIO("".join(lines[first:]), newline=""), delimiter=delimiter)
    if not rows:
        raise CourseError(tr("{path} is empty: there is nobody below its columns.", path=path))
    system = _system(columns)
    named = [dict(zip(columns, row, strict=False)) for row in rows]
    return Export(
        system=system,
        rows=[header, *rows],
        students=[(number, student) for number, row in enumerate(named) if (student := _read(system, row))],
        above="".join(lines[:first]),
        delimiter=delimiter,
        line_end="\r\n" if lines[first].endswith("\r\n") else "\n",
        encoding=encoding,
    )


def _delimiter(header: str) -> str:
    return max("\t;,", key=header.count)


def _header(line: str) -> list[str]:
    """The columns of a line, as they are compared."""
    cells = next(csv.reader([line], delimiter=_delimiter(line)), [])
    return [" ".join(unicodedata.normalize("NFKC", cell).strip('\ufeff" ').casefold().split()) for cell in cells]


def _system(columns: Sequence[str]) -> str:
    """Which system has these columns; "a list" where they say of a person more than one thing."""
    told = sum(any(name in columns for name in _NAMES[what]) for what in _PERSON)
    found = next((system for system, wanted in _SYSTEMS if wanted <= set(columns)), "")
    return found or ("a list" if told > 1 else "")


def _read(system: str, row: dict[str, str]) -> Student | None:
    """The student of a line; None where it is nobody's, or no student's."""
    said = {what: _value(row, names) for what, names in _NAMES.items()}
    name = said["name"] or _full_name(said["first"], said["last"])
    if not any(said[what] for what in _PERSON) or _NOT_STUDENTS.search(name) or _STAFF.search(said["role"]):
        return None
    if system == "canvas" and "," in name:  # "Byron, Ada"
        name = " ".join(part.strip() for part in reversed(name.split(",", 1)))
    numbers = {system: _value(row, ("id",))} if system == "canvas" else {}
    if system == "moodle":
        numbers = {"moodle": "".join(re.findall(r"\d+$", said["moodle"]))}
    number, login, email = said["number"].lstrip("#"), said["login"].lstrip("#"), said["email"]
    known = number or login or email.split("@")[0] or name
    return Student(id=safe_id(known), name=name, email=email, number=number, login=login, **numbers)


def _full_name(first: str, last: str) -> str:
    """First and last name; Chinese ones as they are written, 张 and 三 as 张三."""
    if _IDEOGRAPHS.fullmatch(first + last):
        return last + first
    return " ".join(part for part in (first, last) if part)


def _value(row: Mapping[str, str], names: tuple[str, ...]) -> str:
    """What a row has in the first of these columns that is there; Excel's ``="007"`` is 007."""
    found = next((row[name] for name in names if name in row), "")
    return " ".join(re.sub(r'^="(.*)"$', r"\1", found).split())
