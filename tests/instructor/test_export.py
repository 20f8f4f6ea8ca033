"""Grades in the files that learning management systems take back: their own exports, filled in."""

from __future__ import annotations

import csv
import io

import pytest

from autograder.course import CourseError
from autograder.gradebook.total import Total
from autograder.intake.names import Person
from autograder.intake.people import People
from autograder.report.grade_file import Filling, fill
from tests.gradebook.conftest import LAB, autograder

#: Columns as the systems' own documentation names them.
WORKSHEET = (
    'Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed",'
    '"Last modified (submission)","Last modified (grade)","Feedback comments"\r\n'
    '"Participant 101","Wang Wei",w1@u.cn,"Submitted for grading",,50.00,Yes,"Monday, 1 January 2026, 9:00 AM",-,\r\n'
    '"Participant 202","Wang Wei",w2@u.cn,"Submitted for grading",,50.00,Yes,-,-,"said ""before"""\r\n'
    '"Participant 303","Bo, Ek",b@u.cn,"No submission",,50.00,No,-,-,\r\n'
    '"Participant 404",Noor,n@u.cn,"No submission",,50.00,Yes,-,-,\r\n'
)
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Lab 12 (900),Lab 2 (901),Final Score\n"
    "    Points Possible,,,,,10,50,(read only)\n"
    '"Byron, Ada",44101,2021001,ada,A,,,71\n'
    '"Student, Test",9,,x,A,,,\n'
)
FULL = Total(points=90, out_of=100)
WAITING = Total(points=60, out_of=90, written_out_of=10, waiting=10, bonus=5)


def people(tmp_path, *seen: tuple[Person, str]) -> People:
    found = People(tmp_path)
    found.known.update(dict(seen))
    return found


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.fixture
def worksheet(tmp_path):
    path = tmp_path / "worksheet.csv"
    path.write_bytes(WORKSHEET.encode("utf-8-sig"))
    known = people(tmp_path, (Person("Wang Wei", "101", "moodle"), "w1"), (Person("Wang Wei", "202", "moodle"), "w2"))
    known.known[Person("Bo Ek", "303", "moodle")] = "bo"
    totals = {"w1": FULL, "w2": WAITING, "bo": FULL, "gone": FULL}
    return lambda how: fill(path, LAB, totals, known, how)


def test_moodles_worksheet_changes_in_its_grades_alone(worksheet):
    filled = worksheet(Filling())
    before, after = read(WORKSHEET), read(filled.text.lstrip("\ufeff"))
    different = {(r, c) for r, row in enumerate(before) for c, cell in enumerate(row) if after[r][c] != cell}
    assert different == {(1, 4)}
    assert after[1][4] == "90"
    assert "\r\n" in filled.text
    assert filled.encoding == "utf-8-sig"


def test_whoever_gets_no_grade_is_named_with_why(worksheet):
    filled = worksheet(Filling())
    assert (filled.waiting, filled.locked, filled.strangers) == (["w2"], ["bo"], ["gone"])
    assert len(filled.nothing) == 1
    assert len(filled.said()) == 5


def test_what_is_provisional_is_written_when_asked(worksheet):
    assert read(worksheet(Filling(provisional=True)).text)[2][4] == "65"


def test_grades_are_scaled_to_what_the_file_says(worksheet):
    assert read(worksheet(Filling(scaled=True)).text)[1][4] == "45"


def test_canvas_has_its_column_by_the_labs_number(tmp_path):
    path = tmp_path / "canvas.csv"
    path.write_text(CANVAS, "utf-8")
    filled = fill(path, LAB, {"ada": FULL}, people(tmp_path, (Person("byronada", "44101", "canvas"), "ada")), Filling())
    rows = read(filled.text)
    assert filled.column == "Lab 2 (901)"
    assert rows[2] == ["Byron, Ada", "44101", "2021001", "ada", "A", "", "90", "71"]
    assert [row for n, row in enumerate(rows) if n != 2] == [row for n, row in enumerate(read(CANVAS)) if n != 2]
    scaled = fill(
        path, LAB, {"ada": FULL}, people(tmp_path, (Person("x", "44101", "canvas"), "ada")), Filling(scaled=True)
    )
    assert read(scaled.text)[2][6] == "45"


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        (CANVAS, "Lab 3", "has no column 'Lab 3' alone"),
        ("Student,ID,Section,Quiz (1)\nAda,1,A,\n", "", "which column takes the grades of lab2_layers?"),
        ("a,b\n1,2\n", "", "is no export that is known"),
        ("", "", "is empty"),
    ],
)
def test_a_file_that_takes_no_grades_is_one_sentence(tmp_path, text, column, said):
    path = tmp_path / "file.csv"
    path.write_text(text)
    with pytest.raises(CourseError, match=said.replace("?", r"\?")):
        fill(path, LAB, {"ada": FULL}, people(tmp_path), Filling(column=column))


@pytest.mark.slow
def test_the_command_fills_a_file_and_writes_one_of_its_own(known, tmp_path):
    path = tmp_path / "grades.csv"
    path.write_text("Full name,Email address,Lab 2\nAda <b>Lovelace</b>,ada@example.org,\nNoor,noor@example.org,\n")
    done = autograder(known.state, "export", LAB, path, "--provisional")
    assert done.returncode == 0, done.stderr
    assert read((known.state.folder / "exports" / "grades.csv").read_text())[1][2] == "110"
    assert "grades in the column 'Lab 2': 1" in done.stdout
    assert path.read_text().endswith("noor@example.org,\n")
    assert autograder(known.state, "export", LAB).returncode == 0
    assert "right" in (known.state.folder / "exports" / f"{LAB}.csv").read_text("utf-8-sig")
    missing = autograder(known.state, "export", LAB, tmp_path / "nothing.csv")
    assert missing.returncode != 0
    assert "Traceback" not in missing.stderr
