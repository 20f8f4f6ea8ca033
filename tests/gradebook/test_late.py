"""Lateness: from the LMS's times into nbgrader's gradebook, by one file, and said on terminal and page."""

from __future__ import annotations

import csv
import shutil

import nbformat
import pytest

from autograder.gradebook.late import days_late, penalty
from autograder.gradebook.nbgrader import Nbgrader
from autograder.intake.deadlines import DEADLINES, Deadlines
from tests.gradebook.conftest import LAB, ClassFolder, grade, write
from tests.gradebook.test_class import nbgrader

DAY = 86400


@pytest.mark.parametrize(
    ("rule", "seconds", "free", "points"),
    [
        ({}, DAY, 0, 0),
        ({"penalty_per_day": 10}, 1, 0, 5),
        ({"penalty_per_day": 10}, 2 * DAY, 0, 10),
        ({"penalty_per_day": 10}, 2 * DAY + 1, 1, 10),
        ({"penalty_per_day": 10}, 2 * DAY, 3, 0),
        ({"penalty_per_day": 60}, 2 * DAY, 0, 50),
        ({"penalty_per_day": 10, "grace_minutes": 10}, 600, 0, 0),
        ({"penalty_per_day": 10, "grace_minutes": 10}, 601, 0, 5),
        ({"closes_after_days": 2}, 2 * DAY, 0, 0),
        ({"closes_after_days": 2}, 2 * DAY + 1, 9, 50),
    ],
)
def test_what_lateness_costs_of_50_points(rule, seconds, free, points):
    assert penalty(Deadlines(**rule), 50, seconds, free) == pytest.approx(points)


@pytest.mark.parametrize(("seconds", "days"), [(0, 0), (1, 1), (DAY, 1), (DAY + 1, 2)])
def test_a_day_begun_counts(seconds, days):
    assert days_late(Deadlines(), seconds) == days


@pytest.fixture(scope="module")
def five_points(solution, stub):
    """A hand-in with one question solved."""
    notebook = nbformat.from_dict(stub)
    source = {c.metadata.nbgrader.grade_id: c.source for c in solution.cells if "nbgrader" in c.metadata}
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "relu_code":
            cell.source = source["relu_code"]
    return notebook


@pytest.fixture(scope="module")
def late(request, tmp_path_factory, registered, five_points):
    """A class, graded once: in time, late, late with an extension, and called late by Canvas alone."""
    request.getfixturevalue("can_grade")
    top = tmp_path_factory.mktemp("late")
    shutil.copytree(registered, top / "course")
    for name in (
        "1-9 - Ada - Jan 31, 2025 1000 PM",
        "2-9 - Bo - Feb 2, 2025 1000 PM",
        "3-9 - Cy - Feb 2, 2025 1000 PM",
    ):
        write(top / "handins" / name, five_points)
    write(top / "handins", five_points, f"dan_LATE_123_456_{LAB}.ipynb")
    state = ClassFolder(top / "course")
    settle(state, 20)
    return grade(state, top / "handins")


def settle(state: ClassFolder, per_day: float) -> None:
    due = f"[due]\n{LAB} = 2025-01-31 23:00:00\n[extensions.Cy_3]\n{LAB} = 2025-02-03\n"
    state.folder.mkdir(exist_ok=True)
    (state.folder / DEADLINES).write_text(f'timezone = "Asia/Shanghai"\npenalty_per_day = {per_day}\n{due}')


def exported(state: ClassFolder, file) -> dict[str, dict[str, str]]:
    """nbgrader's own grades.csv, by student."""
    done = nbgrader(state, "export", "--to", str(file))
    assert done.returncode == 0, done.stderr
    return {row["student_id"]: row for row in csv.DictReader(file.read_text().splitlines())}


def page(state: ClassFolder, student: str) -> str:
    """A student's feedback page."""
    return (state.folder / "feedback" / student / LAB / f"{LAB}.html").read_text()


@pytest.mark.slow
def test_grades_have_time_and_penalty(late, tmp_path):
    rows = exported(late.state, tmp_path / "grades.csv")
    assert {s: (r["timestamp"], float(r["late_submission_penalty"]), float(r["score"])) for s, r in rows.items()} == {
        "Ada_1": ("2025-01-31 14:00:00", 0, 5),
        "Bo_2": ("2025-02-02 14:00:00", 2, 3),
        "Cy_3": ("2025-02-02 14:00:00", 0, 5),
        "dan_123": ("", 0, 5),
    }
    assert {row["duedate"] for row in rows.values()} == {"2025-01-31 15:00:00"}


@pytest.mark.slow
def test_table_and_page_say_it(late):
    said = "Handed in 2025-02-02 22:00 CST, 1 d 23 h after it was due. That takes 2 off the 5 points."
    called = "The learning management system calls it late."
    assert said in late.text
    assert late.text.count("Handed in") == 1
    assert late.text.count(called) == 1
    pages = {
        s: (late.state.folder / "feedback" / s / LAB / f"{LAB}.html").read_text() for s in ("Ada_1", "Bo_2", "dan_123")
    }
    assert said in pages["Bo_2"]
    assert called in pages["dan_123"]
    assert "after it was due" not in pages["Ada_1"]


@pytest.mark.slow
def test_another_rule_holds_from_the_next_run_on(late, tmp_path):
    settle(late.state, 40)
    again = grade(late.state, late.handins)
    assert "That takes 4 off the 5 points." in again.text
    assert again.text.count("(unchanged)") == 3
    assert float(exported(late.state, tmp_path / "grades.csv")["Bo_2"]["score"]) == 1
    settle(late.state, 20)
    assert "That takes 2 off the 5 points." in grade(late.state, late.handins).text


@pytest.mark.slow
def test_late_days_are_used_up_in_the_order_of_due_dates(late):
    """Another lab, due before, took one of the two days."""
    with Nbgrader(late.state).gradebook() as gradebook:
        gradebook.add_assignment("earlier", duedate="2025-01-01 00:00:00 UTC")
        gradebook.add_submission("earlier", "Bo_2", timestamp="2025-01-01 10:00:00 UTC")
    path = late.state.folder / DEADLINES
    path.write_text("late_days = 2\n" + path.read_text())
    again = grade(late.state, late.handins)
    assert "after it was due: 1 of 2 late days are used for it. That takes 1 off the 5 points." in again.text


@pytest.mark.slow
@pytest.mark.parametrize("text", ["late_day = 3", "[due]\nlab99 = 2025-01-31"])
def test_a_setting_that_cannot_be_stops_before_anything_is_graded(late, text):
    (late.state.folder / DEADLINES).write_text(text)
    again = grade(late.state, late.handins)
    settle(late.state, 20)
    assert again.status == 2
    assert DEADLINES in again.text
    assert "Traceback" not in again.text
