"""A gradebook in PostgreSQL: the same grades, and one line where its server is away or refuses."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from nbgrader.coursedir import CourseDirectory

from autograder.authoring.build import register
from autograder.course import ROOT, ClassFolder, Lab
from autograder.course.paths import driven
from autograder.gradebook.configuration import configuration
from autograder.gradebook.errors import GradebookUnusable
from autograder.gradebook.formgrader.counted import CountedApi
from autograder.gradebook.nbgrader import Nbgrader
from autograder.measure.prove import exchanged

from . import postgresql
from .conftest import LAB, autograder, write

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(postgresql.missing()), reason=postgresql.missing())]
WRONG = "@add_to_class(ReLULayer)\ndef forward(self, input):\n    self.input = input\n    return input\n"
POINTS = {"ada": 110, "bob": 0, "cleo": 105}
SHOWN = {"ada": "100 / 100 + 10 bonus", "bob": "0 / 110", "cleo": "95 / 100 + 10 bonus"}
AWAY = "does not answer: see that its server runs"


@pytest.fixture(scope="module")
def server():
    with postgresql.server() as one:
        yield one


@pytest.fixture
def handins(tmp_path, solution, stub) -> Path:
    for student, notebook in (("ada", solution), ("bob", stub), ("cleo", exchanged(solution, {"relu_code": WRONG}))):
        write(tmp_path / "handins" / student, notebook)
    return tmp_path / "handins"


@pytest.fixture
def grade(server, handins, tmp_path, monkeypatch):
    """Return ``grade()``: run the real command with the gradebook in the server."""
    monkeypatch.setenv("AICS_GRADEBOOK", server.address)
    state = ClassFolder(tmp_path / "course", server.address)
    return lambda: autograder(state, "grade", handins, "--values-only")


def exported(folder: Path) -> dict[str, float]:
    """What nbgrader's own export finds."""
    command = [sys.executable, "-m", "nbgrader", "export", "--to", folder / "grades.csv"]
    environment = {**os.environ, "AICS_COURSE": str(folder / "course")}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    with (folder / "grades.csv").open() as file:
        return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}


def in_formgrader(address: str, folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """What formgrader's lists show of each student: the hand-in, and all hand-ins together."""
    config = configuration(CourseDirectory={"root": str(folder / "course"), "db_url": driven(address)})
    api = CountedApi(CourseDirectory(config=config), config=config)
    lists = (api.get_submissions(LAB), "student"), (api.get_students(), "id")
    handins, students = ({row[name]: row["cells"]["score"]["figure"] for row in rows} for rows, name in lists)
    return handins, students


def told(done: subprocess.CompletedProcess[str]) -> str:
    """The one line of a command that stopped."""
    assert done.returncode == 2, done.stdout + done.stderr
    (line,) = done.stderr.splitlines()
    assert postgresql.PASSWORD not in line
    return line


@pytest.mark.usefixtures("can_grade")
def test_a_class_is_graded_into_it_and_again_after_its_server_was_away(server, grade, tmp_path):
    first = grade()
    server.stop()
    away = grade()
    server.start()
    again = grade()

    assert (first.returncode, again.returncode) == (0, 0), first.stderr + again.stderr
    assert AWAY in told(away)
    assert again.stdout.count("(unchanged)") == 3
    assert exported(tmp_path) == POINTS
    assert in_formgrader(server.address, tmp_path) == (SHOWN, SHOWN)


@pytest.mark.usefixtures("can_grade")
def test_a_server_that_goes_while_a_class_is_graded_costs_nothing(server, grade, tmp_path, handins):
    state = ClassFolder(tmp_path / "course")
    command = [sys.executable, "-m", "autograder", "grade", handins, "--values-only", "--workers", "1"]
    environment = {**os.environ, "AICS_COURSE": str(state.folder)}
    running = subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    while not list(state.runs.glob("*/*.json")) and running.poll() is None:
        time.sleep(0.02)
    server.stop()
    said = running.communicate()[1]
    server.start()
    again = grade()

    assert AWAY in told(subprocess.CompletedProcess(command, running.returncode, "", said))
    assert again.returncode == 0, again.stderr
    assert exported(tmp_path) == POINTS


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("secret", "wrong"), "does not let this user in"),
        (("ada:", "eve:"), "does not let this user in"),
        (("/postgres", "/nowhere"), "there is no such database"),
    ],
    ids=["password", "user", "database"],
)
def test_an_address_that_the_server_refuses_is_said_with_what_to_do(server, tmp_path, change, words):
    with pytest.raises(GradebookUnusable, match=words) as raised:
        Nbgrader(ClassFolder(tmp_path, change[1].join(server.address.rsplit(change[0], 1)))).knows(Lab(LAB))

    assert "\n" not in str(raised.value)
    assert "wrong" not in str(raised.value)


def test_who_may_only_read_it_is_told_so(server, tmp_path):
    register(Lab(LAB), ClassFolder(tmp_path, server.address))
    with pytest.raises(GradebookUnusable, match="may not be written"):
        register(
            Lab("lab1_preprocessing"),
            ClassFolder(tmp_path, f"{server.address}?options=-c%20default_transaction_read_only%3Don"),
        )
