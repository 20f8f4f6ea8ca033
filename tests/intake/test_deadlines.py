"""deadlines.toml: what it says, and what is said where it says what cannot be."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from autograder.course import CourseError
from autograder.intake.deadlines import DEADLINES, Deadlines

TEXT = """
timezone = "Asia/Shanghai"
penalty_per_day = 10
[due]
lab2 = 2025-01-31 23:59:00
lab3 = 2025-02-28
lab4 = 2025-02-28T23:59:00Z
[extensions.ada]
lab2 = 2025-02-07 08:00:00
"""


@pytest.fixture
def deadlines(tmp_path):
    (tmp_path / DEADLINES).write_text(TEXT)
    return Deadlines.read(tmp_path)


@pytest.mark.parametrize(
    ("student", "lab", "due"),
    [
        ("bo", "lab2", datetime(2025, 1, 31, 15, 59, tzinfo=UTC)),
        ("ada", "lab2", datetime(2025, 2, 7, tzinfo=UTC)),
        ("ada", "lab3", datetime(2025, 2, 28, 15, 59, 59, tzinfo=UTC)),
        ("bo", "lab4", datetime(2025, 2, 28, 23, 59, tzinfo=UTC)),
        ("bo", "lab5", None),
    ],
)
def test_when_a_lab_is_due(deadlines, student, lab, due):
    assert deadlines.due_for(student, lab) == due


def test_without_a_file_nothing_is_ever_due(tmp_path):
    assert Deadlines.read(tmp_path) == Deadlines()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("due = 3", "must have lines like"),
        ('[due]\nlab2 = "2025-01-31"', "without quotes"),
        ("late_day = 3", "no setting 'late_day'"),
        ("late_days = -1", "must be a number from 0 on"),
        ('penalty_per_day = "ten"', "must be a number from 0 on"),
        ('attempt = "best"', "'newest', 'first', 'in time'"),
        ('timezone = "Mars"', "timezone 'Mars' is unknown"),
        ("timezone = 8", "timezone 8 is unknown"),
        ("extensions = 3", "must be tables"),
        ("[extensions]\nada = 3", "must have lines like"),
        ("[due", "Expected"),
    ],
)
def test_what_cannot_be_is_said(tmp_path, text, said):
    (tmp_path / DEADLINES).write_text(text)
    with pytest.raises(CourseError, match=DEADLINES) as error:
        Deadlines.read(tmp_path)
    assert said in str(error.value)
