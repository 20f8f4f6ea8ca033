"""Grades written into the file that a learning management system exported, which it takes back as it is.

Moodle's grading worksheet and grades, Canvas's gradebook, Blackboard's grade center, Brightspace's grades: each system
refuses files with other columns than its own, so its own file is filled in, and nothing else in it is changed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aics.language import listed
from autograder.course import CourseError
from autograder.gradebook.total import Total
from autograder.intake.exports import Export, read_export
from autograder.intake.people import People
from autograder.intake.roster import Roster
from autograder.report.words import say

#: What Moodle's worksheet calls its columns of grades, in the languages of its menus.
_GRADE = ("grade", "成绩", "分数", "bewertung", "note", "calificación")
_MOST = ("maximum grade", "最高分", "最高成绩", "满分", "beste bewertung", "note maximale", "calificación máxima")
_MAY_CHANGE = ("grade can be changed", "成绩可以更改", "可以更改成绩", "bewertung kann geändert werden")
_NO = frozenset({"no", "否", "nein", "non"})
#: The line of Canvas's gradebook that says what each column is out of.
_POINTS_POSSIBLE = ("points possible", "满分")


@dataclass(frozen=True, kw_only=True)
class Filling:
    """How grades are written.

    Attributes
    ----------
    column : str
        The column that takes them; "" where the file has one alone that can be meant.
    provisional : bool
        Also where an answer in words waits for a person.
    scaled : bool
        As a share of what the file says that the column is out of.
    """

    column: str = ""
    provisional: bool = False
    scaled: bool = False


@dataclass
class Filled:
    """A file with grades in it, and what became of its lines."""

    text: str = ""
    encoding: str = "utf-8"
    column: str = ""
    written: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    nothing: list[str] = field(default_factory=list)
    locked: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def said(self) -> list[str]:
        """A line for each thing that became of somebody."""
        lines = [say("export.column", column=self.column, count=len(self.written))]
        for key in ("waiting", "nothing", "locked", "strangers"):
            if names := getattr(self, key):
                shown = listed(names[:8]) + (" ..." if len(names) > 8 else "")
                lines.append(say(f"export.{key}", count=len(names), names=shown))
        return lines


def fill(path: Path, lab: str, totals: Mapping[str, Total], people: People, how: Filling) -> Filled:
    """Return the file at `path` with the grades of a lab; raises CourseError where it is no such file."""
    export = read_export(path)
    columns = [cell.strip() for cell in export.rows[0]]
    place = _column(path, columns, lab, how.column)
    filled = Filled(column=columns[place], encoding=export.encoding)
    ids, here = _ids(export, people), set[str]()
    for number, row in enumerate(export.rows[1:]):
        if student := ids.get(number):
            here.add(student)
            _write(row, place, columns, export, totals.get(student), student, how, filled)
    filled.strangers = sorted(set(totals) - here)
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=export.delimiter, lineterminator=export.line_end).writerows(export.rows)
    filled.text = export.above + text.getvalue()
    return filled


def _write(
    row: list[str],
    place: int,
    columns: Sequence[str],
    export: Export,
    total: Total | None,
    student: str,
    how: Filling,
    filled: Filled,
) -> None:
    """Write one student's grade, unless there is none, it waits, or the system does not take it."""
    if total is None:
        filled.nothing.append(student)
    elif total.waiting and not how.provisional:
        filled.waiting.append(student)
    elif _in(row, columns, _MAY_CHANGE).casefold() in _NO:
        filled.locked.append(student)
    else:
        row += [""] * (place + 1 - len(row))
        row[place] = _points(total, _most(row, place, columns, export) if how.scaled else 0.0)
        filled.written.append(student)


def _points(total: Total, most: float) -> str:
    score = total.score
    if most:
        score *= most / (total.out_of + total.written_out_of or 1.0)
    return f"{round(score, 2):g}"


def _most(row: Sequence[str], place: int, columns: Sequence[str], export: Export) -> float:
    """What the column is out of: in the student's own line in Moodle, in a line above all students in Canvas."""
    said = _in(row, columns, _MOST)
    for other in export.rows[1:3]:
        if not said and any(cell.strip().casefold() in _POINTS_POSSIBLE for cell in other[:2]) and place < len(other):
            said = other[place]
    try:
        return float(said.replace(",", "."))
    except ValueError:
        raise CourseError(say("export.no_most", column=columns[place])) from None


def _in(row: Sequence[str], columns: Sequence[str], names: Sequence[str]) -> str:
    """What a row has in the first of these columns that is there."""
    for place, column in enumerate(columns[: len(row)]):
        if column.casefold() in names:
            return row[place].strip()
    return ""


def _column(path: Path, columns: Sequence[str], lab: str, asked: str) -> int:
    """The column that takes the grades: the one asked for, Moodle's of a worksheet, or the one that names the lab."""
    if asked:
        found = [n for n, column in enumerate(columns) if column == asked]
    else:
        found = [n for n, column in enumerate(columns) if column.casefold() in _GRADE]
        found = found or [n for n, column in enumerate(columns) if _names(column, lab)]
    if len(found) != 1:
        key = "export.which" if not asked else "export.no_column"
        raise CourseError(say(key, file=path, column=asked, lab=lab, columns=listed(map(repr, columns))))
    return found[0]


def _names(column: str, lab: str) -> bool:
    """Whether a column is about a lab: it has its name, or its number, as in ``Lab 2 (4711)``."""
    number = "".join(re.findall(r"\d+$", lab.partition("_")[0]))
    return lab in column or bool(number and re.search(rf"(?i)(?:lab|实验)\W*0*{number}(?!\d)", column))


def _ids(export: Export, people: People) -> dict[int, str]:
    """The number of a line below the header -> the id of its student."""
    roster = Roster(list(people.roster.students))
    roster.take([student for _, student in export.students], people.known)
    found = {number: roster.line_of(student) for number, student in export.students}
    return {number: student.id for number, student in found.items() if student}
