"""A whole class through the real command: who gets what, and what is said of the rest."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time

import nbformat
import psutil
import pytest

from aics.notebook.export import export
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.course import ROOT, ClassFolder
from autograder.gradebook.nbgrader import Nbgrader
from tests.gradebook.conftest import LAB, autograder, grade, write

pytestmark = pytest.mark.slow
#: Seconds after which something hangs, also on a busy machine.
PATIENCE = 600


def gradebook_scores(state, student) -> dict[str, float]:
    with Nbgrader(state).gradebook() as gradebook:
        grades = gradebook.find_submission_notebook(LAB, LAB, student).grades
        return {g.name: g.auto_score for g in grades if g.auto_score is not None}


@pytest.mark.parametrize("student", ["right", "renamed", "edited", "zipped"])
def test_right_code_gets_all_points_however_it_was_handed_in(graded, student):
    assert graded.total(student) == 100, graded.text


def test_bonus_is_extra_credit_in_the_gradebook(graded):
    with Nbgrader(graded.state).gradebook() as gradebook:
        grade = gradebook.find_grade("conv_winograd", LAB, LAB, "right")
        assert (grade.max_score, grade.extra_credit, grade.score) == (0, 10, 10)


def test_untouched_stub_scores_nothing_and_is_told_what_to_do(graded):
    assert graded.total("untouched") == 0
    reasons = {row["reason"] for row in graded.rows if row["student"] == "untouched"}
    assert all(reason.startswith("This stub is still waiting for you") for reason in reasons)


@pytest.mark.parametrize(
    ("student", "question", "reason"),
    [
        ("hanging", "relu", "did not come back within"),
        ("syntax", "softmax_loss", "in cell softmax_loss_code stopped: SyntaxError"),
    ],
)
def test_one_bad_cell_costs_its_own_question_only(graded, student, question, reason):
    points = graded.points(student)
    assert points.pop(question) == 0
    assert sum(points.values()) == graded.total("right") + 10 - dict(relu=5, softmax_loss=8)[question]
    row = next(r for r in graded.rows if r["student"] == student and r["question"] == question)
    assert reason in row["reason"]


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("wrong", "not a notebook of any lab"),
        ("broken", "JSON"),
        ("picture", "not a notebook"),
        ("empty", "empty"),
        ("climber", ".."),
        ("python2", "`print` read as Python 2's statement"),
        ("renamed", "my homework (final).ipynb"),
    ],
)
def test_everything_else_gets_a_clear_line(graded, who, said):
    lines = [line for line in graded.text.splitlines() if who in line and said in line]
    assert lines, graded.text
    assert "Traceback" not in graded.text


def test_gradebook_has_the_scores_of_the_json(graded):
    for student in ("right", "hanging", "untouched"):
        stored = gradebook_scores(graded.state, student)
        rows = {r["question"]: 0 if r["bonus"] else r["score"] for r in graded.rows if r["student"] == student}
        assert {name: stored[name] for name in rows} == rows


def test_every_row_says_its_isolation_level(graded):
    assert {row["isolation"] for row in graded.rows} == {"strict"}


def test_feedback_page_holds_the_card(graded):
    page = (graded.state.folder / "feedback" / "hanging" / LAB / f"{LAB}.html").read_text()
    assert "did not come back within" in page
    assert "Isolation level: strict" in page


def test_grading_again_runs_nothing_again(graded):
    again = grade(graded.state, graded.handins)
    assert again.rows == graded.rows
    assert again.text.count("(unchanged)") == len({row["student"] for row in graded.rows})


def test_stock_nbgrader_autograde_gives_the_same_scores(graded):
    before = gradebook_scores(graded.state, "syntax")
    command = ["autograde", LAB, "--student", "syntax", "--force"]
    done = nbgrader(graded.state, *command)
    assert done.returncode == 0, done.stderr
    assert gradebook_scores(graded.state, "syntax") == before


def test_export_writes_everyone(graded, tmp_path):
    file = tmp_path / "grades.csv"
    done = nbgrader(graded.state, "export", "--to", str(file))
    assert done.returncode == 0, done.stderr
    students = {line.split(",")[3] for line in file.read_text().splitlines()[1:]}
    assert students == {row["student"] for row in graded.rows}


def test_a_worse_hand_in_lowers_the_score(graded, tmp_path, solution, stub):
    write(tmp_path / "fickle", solution)
    assert grade(graded.state, tmp_path).total("fickle") == 100
    write(tmp_path / "fickle", stub)
    nobody_else = gradebook_scores(graded.state, "right")
    assert grade(graded.state, tmp_path).total("fickle") == 0
    assert set(gradebook_scores(graded.state, "fickle").values()) == {0}
    assert gradebook_scores(graded.state, "right") == nobody_else


def test_original_course_files_are_graded(graded, tmp_path, lab):
    """Round trip: the solution's own export is an original stu_upload folder."""
    export(LAB, run_cells(solution_cells(lab)), tmp_path / "old" / "stu_upload")
    result = grade(graded.state, tmp_path)
    lost = {q: p for q, p in result.points("old").items() if p == 0}
    assert set(lost) <= {"conv_output_size", "conv_winograd"}, result.text  # functions, which the course does not have


def test_one_student_can_be_graded_alone(graded):
    done = autograder(graded.state, "grade", graded.handins, "--student", "right", "--values-only")
    assert "1/1" in done.stdout + done.stderr
    missing = autograder(graded.state, "grade", graded.handins, "--student", "nobody")
    assert missing.returncode == 2
    assert "There are:" in missing.stderr


def test_hand_ins_are_not_changed(graded, solution):
    kept = nbformat.read(graded.handins / "right" / f"{LAB}.ipynb", 4)
    assert [c.source for c in kept.cells] == [c.source for c in solution.cells]


def nbgrader(state, *arguments: str) -> subprocess.CompletedProcess:
    """Stock nbgrader's own command line, in the checkout."""
    environment = {**os.environ, "AICS_COURSE": str(state.folder)}
    command = [sys.executable, "-m", "nbgrader", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)


@pytest.mark.usefixtures("can_grade")
def test_a_killed_worker_is_said_and_the_next_run_goes_on(tmp_path, registered, solution):
    shutil.copytree(registered, tmp_path / "course")
    for student in "abc":
        write(tmp_path / "handins" / student, solution)
    state = ClassFolder(tmp_path / "course")
    options = ("--values-only", "--workers", "2")
    command = [sys.executable, "-m", "autograder", "grade", str(tmp_path / "handins"), *options]
    environment = {**os.environ, "AICS_COURSE": str(state.folder), "COLUMNS": "200"}
    first = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    deadline = time.monotonic() + PATIENCE
    while not list(state.runs.glob(f"*/{LAB}.json")) and time.monotonic() < deadline:
        time.sleep(0.02)
    workers = [p for p in psutil.Process(first.pid).children() if "spawn_main" in " ".join(p.cmdline())]
    workers[0].kill()
    said, _ = first.communicate(timeout=PATIENCE)
    assert first.returncode == 1
    assert "run the same command again" in said
    result = grade(state, tmp_path / "handins")
    assert {result.total(student) for student in "abc"} == {100}


@pytest.mark.usefixtures("can_grade")
def test_the_gradebook_can_lie_elsewhere(tmp_path, stub, monkeypatch):
    elsewhere = tmp_path / "elsewhere.db"
    monkeypatch.setenv("AICS_GRADEBOOK", f"sqlite:///{elsewhere}")
    write(tmp_path / "handins" / "a", stub)
    state = ClassFolder(tmp_path / "course", f"sqlite:///{elsewhere}")
    assert grade(state, tmp_path / "handins").status == 0
    assert not (state.folder / "gradebook.db").exists()
    assert set(gradebook_scores(state, "a").values()) == {0}
