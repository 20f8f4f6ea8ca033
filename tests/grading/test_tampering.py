"""Attempts at points without the work: each earns what its code deserves, and harms nobody."""

from __future__ import annotations

import html.parser
import io
import os

import nbformat
import pytest
from rich.console import Console

from autograder.attacks import attempts, purpose
from autograder.authoring.source import source_notebook
from autograder.course import ClassFolder, labs
from autograder.gradebook.grade_handins import GradingOptions
from autograder.gradebook.grade_path import grade_path
from autograder.gradebook.nbgrader import Nbgrader
from autograder.measure.demo import with_first_cell
from autograder.measure.prove import exchanged
from autograder.sandbox import processes
from autograder.terminal import remarks, scores

from .conftest import HASTY, LAB

pytestmark = pytest.mark.usefixtures("anything_allowed")
ASKED = ("relu", "conv_forward", "conv_forward_speedup")
ATTEMPTS = attempts()
OF_LABS = [pytest.param(lab, v, id=f"{lab.name}-{v.question}__{v.name}") for lab in labs() for v in lab.attacks]


@pytest.fixture(autouse=True)
def short_waits(monkeypatch):
    monkeypatch.setattr("autograder.grading.bench.CONNECT", 2.0)


def test_every_attempt_says_what_it_tries():
    said = [purpose(source) for source in ATTEMPTS.values()] + [v.hint for lab in labs() for v in lab.attacks]
    assert all(len(text) > 30 for text in said)


@pytest.mark.parametrize("name", ATTEMPTS)
def test_an_untouched_hand_in_with_an_attempt_earns_nothing(name, grade, stub):
    before = set(processes.tree(os.getpid()))
    outcome = grade(with_first_cell(stub, ATTEMPTS[name]), *ASKED, patience=HASTY)

    assert {question: verdict.score for question, verdict in outcome.verdicts.items()} == dict.fromkeys(ASKED, 0)
    assert all(verdict.reason and len(verdict.reason) < 2000 for verdict in outcome.verdicts.values())
    assert set(processes.tree(os.getpid())) <= before


@pytest.mark.parametrize(("lab", "attack"), OF_LABS)
def test_a_cell_that_cheats_at_its_labs_question_earns_nothing(lab, attack, grade):
    notebook = exchanged(source_notebook(lab), {f"{attack.question}_code": attack.source})
    verdict = grade(notebook, attack.question, lab=lab).verdicts[attack.question]

    assert (verdict.score, verdict.unfilled) == (0, False)


def test_after_all_of_them_the_same_bench_grades_an_honest_hand_in(grade, solution):
    outcome = grade(solution, *ASKED)

    assert [verdict.reason for verdict in outcome.verdicts.values() if verdict.rung not in ("", "speed")] == []


@pytest.mark.slow
def test_pages_and_gradebook_of_a_class_with_attempts_in_it(tmp_path, monkeypatch, solution, stub):
    state = ClassFolder(tmp_path / "course")
    monkeypatch.setenv("AICS_COURSE", str(state.folder))
    shown = ("script_in_output", "hostile_exceptions", "gradebook_update", "forged_frames")
    notebooks = {"honest": solution} | {name: with_first_cell(stub, ATTEMPTS[name]) for name in shown}
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
