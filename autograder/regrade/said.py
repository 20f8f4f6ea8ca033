"""What students ask, read from a CSV or from their own notebooks; nothing is looked up yet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aics.language import listed
from autograder.course import ClassFolder, CourseError, labs
from autograder.gradebook.grade_path import recognised
from autograder.intake.handin import below
from autograder.intake.regrade_cell import requests
from autograder.intake.roster import read_text
from autograder.regrade.words import say

COLUMNS = ("student", "lab", "question", "says")
TABLES = (".csv", ".tsv")


@dataclass(frozen=True, kw_only=True)
class Said:
    """One request as it was written.

    Attributes
    ----------
    student, lab, question, says : str
        Of a CSV, as it was typed.
    where : str
        The file, and the line or cell in it.
    """

    student: str
    lab: str
    question: str
    says: str
    where: str


def said_in(state: ClassFolder, path: Path) -> list[Said]:
    """Return the requests in a CSV, a notebook, or a folder or zip of hand-ins.

    CourseError where there is no such file, or it is a CSV without the columns.
    """
    if path.suffix.lower() not in TABLES:
        return list(_cells(state, path))
    if not path.is_file():
        raise CourseError(say("no_file", file=path))
    return list(_lines(path))


def _cells(state: ClassFolder, path: Path) -> Iterator[Said]:
    """The requests that stand in hand-ins; whose they are is found out as when they are graded."""
    known = {lab.name: {**lab.questions, **lab.written} for lab in labs()}
    for handin in recognised(state, path, labs()):
        file = below(path, handin.original) or path.name
        for asked in requests(handin.submitted.shelved.notebook, known[handin.lab]):
            where = say("cell", file=file, cell=asked.cell)
            yield Said(student=handin.student, lab=handin.lab, question=asked.question, says=asked.says, where=where)


def _lines(path: Path) -> Iterator[Said]:
    text, _ = read_text(path)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        header = [cell.strip().casefold() for cell in next(rows, [])]
        for column in COLUMNS:
            if column not in header:
                raise CourseError(say("column", file=path, column=column, columns=listed(COLUMNS)))
        line = rows.line_num + 1
        for row in rows:
            cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
            if any(cells.values()):
                told = {column: cells.get(column, "") for column in COLUMNS}
                yield Said(**told, where=say("line", file=path, line=line))
            line = rows.line_num + 1
    except csv.Error as error:
        raise CourseError(say("no_csv", where=say("line", file=path, line=rows.line_num), why=error)) from None


def _delimiter(text: str) -> str:
    """What stands between the columns: other systems write CSV with semicolons."""
    return max(",;\t", key=text.partition("\n")[0].count)
