"""[exam.LAB] in deadlines.toml: when scores may be seen, and whose checks work; what cannot be is one line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from autograder.course import ROOT, CourseError, Lab, labs
from autograder.course.exam import is_notice
from autograder.intake.deadlines import DEADLINES, Deadlines
from autograder.intake.exams import exams, exams_on
from autograder.intake.toml_line import line_of

LAB = "lab2_layers"
ZONE = 'timezone = "Asia/Shanghai"\n'


def exam(tmp_path, *lines: str, zone: str = ZONE):
    (tmp_path / DEADLINES).write_text(f"{zone}[exam.{LAB}]\n" + "\n".join(lines))
    return exams(tmp_path)[LAB]


@pytest.mark.parametrize(
    ("date", "utc"),
    [
        ("2025-02-10 18:00:00", datetime(2025, 2, 10, 10, tzinfo=UTC)),
        ("2025-02-10T18:00:00", datetime(2025, 2, 10, 10, tzinfo=UTC)),
        ("2025-02-10 18:00:00Z", datetime(2025, 2, 10, 18, tzinfo=UTC)),
        ("2025-02-10 18:00:00-05:00", datetime(2025, 2, 10, 23, tzinfo=UTC)),
        ("2025-02-10", datetime(2025, 2, 10, 15, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_date_is_read_as_due_dates_are_and_said_by_the_courses_clock(tmp_path, date, utc):
    found = exam(tmp_path, f"until = {date}")
    assert found.until == utc
    assert found.until_said.endswith(" UTC+08:00")
    (tmp_path / DEADLINES).write_text(f"{ZONE}[due]\n{LAB} = {date}\n[exam.{LAB}]\nuntil = {date}\n")
    assert Deadlines.read(tmp_path).due[LAB] == exams(tmp_path)[LAB].until


@pytest.mark.parametrize(
    ("line", "checks"),
    [
        ("", []),
        ('checks = "none"', []),
        ("checks = []", []),
        ('checks = ["flatten", "relu"]', ["relu", "flatten"]),
        ('checks = "all"', list(Lab(LAB).questions)),
    ],
)
def test_the_checks_that_are_named_work(tmp_path, line, checks):
    found = exam(tmp_path, "until = 2099-01-01", line)
    assert found.open(Lab(LAB)) == checks
    assert is_notice(found.notice)
    assert all(f"`{name}`" in found.notice for name in found.checks or ())


def test_no_lab_is_an_exam_that_the_file_does_not_name_or_whose_date_has_come(tmp_path):
    assert exams(tmp_path) == {}
    assert exam(tmp_path, "until = 2020-01-01")
    assert exams_on(tmp_path) == {}
    assert exam(tmp_path, "until = 2099-01-01")
    assert exams_on(tmp_path).keys() == {LAB}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (f"{ZONE}\n[exam.{LAB}]\nuntil = '10 February'\n", 4, "until = '10 February' is no date; write one like"),
        (f"[exam.{LAB}]\nuntil = 9999-12-31 23:00:00-09:00\n", 2, "is beyond the calendar"),
        (f"[exam.{LAB}]\nuntil = 12\n", 2, "until = 12 is no date"),
        (f"[exam.{LAB}]\nuntil = true\n", 2, "until = True is no date"),
        (f"[exam.{LAB}]\nuntil = 18:00:00\n", 2, "is no date"),
        (f"{ZONE}[exam.{LAB}]\nchecks = []\n", 2, f"exam.{LAB} does not say until when"),
        (f"[exam.{LAB}]\nuntil = 2025-01-01\n\nchecks = [\n  'relu',\n  'rellu',\n]\n", 6, "no check 'rellu'; it has"),
        (f"[exam.{LAB}]\nuntil = 2025-01-01\nchecks = ['img2col_why']\n", 3, "has no check 'img2col_why'"),
        (f"[exam.{LAB}]\nuntil = 2025-01-01\nchecks = 'relu'\n", 3, "checks = 'relu' names no checks; write"),
        (f"[exam.{LAB}]\nuntil = 2025-01-01\nchecks = [3]\n", 3, "names no checks"),
        (f"[exam.{LAB}]\nuntil = 2025-01-01\nhidden = true\n", 3, "no setting 'hidden'; it has until, checks"),
        ("[due]\n\n[exam.lab99]\nuntil = 2025-01-01\n", 3, "there is no lab 'lab99'; there are lab1"),
        (f"[exam]\n{LAB} = 2025-01-01\n", 2, f"must be a table: [exam.{LAB}]"),
        ("exam = 2025-01-01\n", 1, "exam must be tables"),
        (f"[exam.{LAB}]\nuntil = 2025-13-01\n", 2, ""),
    ],
)
def test_what_cannot_be_is_one_line_with_the_file_and_its_line(tmp_path, text, line, said):
    (tmp_path / DEADLINES).write_text(text)
    with pytest.raises(CourseError) as error:
        exams(tmp_path)
    assert str(error.value).startswith(f"{tmp_path / DEADLINES}")
    assert f"line {line}" in str(error.value)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
def test_what_a_lab_says_of_data_that_tells_answers_is_there(lab):
    told = getattr(lab._module, "TELLS", {})
    assert {name for of in told.values() for name in of} <= set(lab.questions)
    assert all((ROOT / "data" / name).is_file() for name in told)
    assert lab.tells(()) == []


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("a",), 1),
        (("b", "c"), 3),
        (("b", "c", "d"), 4),
        (("b", "c", "list", "two"), 7),
        (("b", "c", "absent"), 3),
        (("b", "x"), 9),
        (("b", "x", "y"), 10),
        (("quoted key",), 1),
    ],
)
def test_a_setting_is_found_on_its_line(keys, line):
    text = """a = 1 # [b.c]

[b.c]  # d = 3
d = 4
list = [
  "one",
  "two", # x = 1
]
[b.x]
"y" = 2
"""
    assert line_of(text, *keys) == line
