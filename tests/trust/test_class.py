"""All attempts as a whole: what they say of themselves, and a class with some of them, from hand-in to page."""

from __future__ import annotations

import html.parser
import io
import os
import subprocess
import sys

import nbformat
import pytest
from rich.console import Console

from autograder.attacks import GUARDS, attempts
from autograder.course import ROOT, ClassFolder, labs
from autograder.gradebook.grade_handins import GradingOptions
from autograder.gradebook.grade_path import grade_path
from autograder.gradebook.nbgrader import Nbgrader
from autograder.measure.demo import with_first_cell
from autograder.terminal import remarks, scores
from tests.grading.conftest import LAB, solution, stub  # noqa: F401

ATTEMPTS = attempts()
WIDE = {**os.environ, "COLUMNS": "200"}


def test_every_attempt_says_what_it_tries_and_belongs_to_a_guard():
    assert all(len(exhibit.purpose) > 30 for exhibit in ATTEMPTS.values())
    assert {exhibit.guard for exhibit in ATTEMPTS.values()} == GUARDS.keys()


def test_every_lab_has_attempts_of_its_own():
    assert {exhibit.lab for exhibit in ATTEMPTS.values()} == {lab.name for lab in labs()}


def test_a_command_lists_them():
    command = [sys.executable, "-m", "autograder.attacks"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, env=WIDE).stdout

    assert [name for name in [*ATTEMPTS, *GUARDS] if name not in listed] == []


@pytest.mark.slow
def test_pages_and_gradebook_of_a_class_with_attempts_in_it(tmp_path, monkeypatch, solution, stub):  # noqa: F811
    state = ClassFolder(tmp_path / "course")
    monkeypatch.setenv("AICS_COURSE", str(state.folder))
    shown = ("script_in_output", "hostile_exceptions", "gradebook_update", "forged_frames")
    notebooks = {"honest": solution} | {name: with_first_cell(stub, ATTEMPTS[name].source) for name in shown}
    for student, notebook in notebooks.items():
        (tmp_path / "handins" / student).mkdir(parents=True)
        nbformat.write(notebook, tmp_path / "handins" / student / f"{LAB.name}.ipynb")
    console = Console(file=io.StringIO(), width=120)

    done = grade_path(state, tmp_path / "handins", GradingOptions(workers=1, values_only=True), [LAB], None, console)
    console.print(scores(done), *remarks(done))

    assert [graded.status for graded in done.graded] == ["graded"] * len(notebooks)
    most = sum(question.points for question in LAB.questions.values() if not question.bonus)
    with Nbgrader(state).gradebook() as gradebook:
        earned = {student: gradebook.find_submission(LAB.name, student).score for student in notebooks}
    bonus = sum(question.points for question in LAB.questions.values() if question.bonus)
    assert earned == {student: (most + bonus if student == "honest" else 0) for student in notebooks}
    assert running("<p onload='marker()'><script>marker()</script>") == ["p onload", "marker()"]
    for student in notebooks:
        page = (state.folder / "feedback" / student / LAB.name / f"{LAB.name}.html").read_text("utf-8")
        assert running(page) == []


class Running(html.parser.HTMLParser):
    """Collects what a browser would run of an attempt's marker: scripts and event handlers."""

    def __init__(self):
        super().__init__()
        self.found, self.script = [], False

    def handle_starttag(self, tag, attributes):
        self.script = tag == "script"
        self.found += [f"{tag} {name}" for name, value in attributes if "marker" in (value or "") and name != "src"]

    def handle_endtag(self, _):
        self.script = False

    def handle_data(self, data):
        if self.script and "marker" in data:
            self.found.append(data[:200])


def running(page: str) -> list[str]:
    """What a browser would run of an attempt's marker."""
    parser = Running()
    parser.feed(page)
    return parser.found
