"""Which hand-ins a command takes: those that are new, that failed, or one question of each."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.course import CourseError
from autograder.gradebook.chosen import check
from autograder.gradebook.grade_handins import GradingOptions
from tests.authoring.tiny_lab import NAME, SQUARED, added


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (dict(new=True, failed=True), "does not go with --failed"),
        (dict(new=True, only="double"), "does not go with --only"),
        (dict(new=True, again=True), "does not go with --again"),
        (dict(only="tripel"), "No question 'tripel' that code answers. There are: double."),
        (dict(only="why"), "There are: double."),
    ],
)
def test_what_makes_no_sense_is_one_line(checkout, monkeypatch, asked, said):
    tiny = added(checkout.root, monkeypatch)
    with pytest.raises(CourseError, match=said) as refused:
        check(GradingOptions(**asked), [tiny.lab])
    assert "\n" not in str(refused.value)


def test_times_are_not_measured_where_they_are_left_out(tmp_path):
    refused = CliRunner().invoke(app, ["grade", str(tmp_path), "--untimed", "--values-only"]).exception
    assert isinstance(refused, CourseError)
    assert "give one of the two" in str(refused)


@pytest.fixture(scope="module")
def top(checkout, tmp_path_factory) -> Path:
    """A class of one right hand-in and one with a mistake, graded."""
    top = tmp_path_factory.mktemp("chosen")
    shutil.copytree(checkout.root / "course", top / "course")
    write(checkout, top, "ada", "def double(x):\n    return x + x\n")
    write(checkout, top, "bob", SQUARED)
    assert grade(checkout, top) == {"ada": 7, "bob": 0}
    return top


def write(checkout, top: Path, student: str, code: str) -> None:
    notebook = nbformat.read(checkout.root / "labs" / NAME / f"{NAME}.ipynb", 4)
    (stub,) = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "double_code"]
    stub.source = code
    (top / "handins" / student).mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, top / "handins" / student / f"{NAME}.ipynb")


def grade(checkout, top: Path, *options: str) -> dict[str, float]:
    """Grade, and return the points of each hand-in that was taken."""
    rows = top / "rows.json"
    rows.unlink(missing_ok=True)
    command = ("-m", "autograder", "grade", top / "handins", "--values-only", "--json", rows, *options)
    done = checkout.run(*command, state=top / "course")
    assert done.returncode == 0, done.stderr
    return {row["student"]: row["score"] for row in json.loads(rows.read_text())} if rows.exists() else {}


def key(top: Path, student: str) -> float:
    return (top / "course" / "runs" / student / f"{NAME}.json").stat().st_mtime_ns


@pytest.mark.slow
def test_each_option_takes_its_own_hand_ins_and_the_rest_stays(checkout, top):
    before = {student: key(top, student) for student in ("ada", "bob")}
    assert grade(checkout, top, "--new") == {}
    assert grade(checkout, top, "--failed", "--again") == {"bob": 0}
    assert key(top, "ada") == before["ada"]
    assert key(top, "bob") > before["bob"]
    write(checkout, top, "bob", "def double(x):\n    return 2 * x\n")
    write(checkout, top, "cy", SQUARED)
    assert grade(checkout, top, "--only", "double", "--again") == {"ada": 7}  # the others' code is not what was graded
    assert grade(checkout, top, "--new") == {"bob": 7, "cy": 0}
    assert grade(checkout, top, "--failed") == {"cy": 0}
