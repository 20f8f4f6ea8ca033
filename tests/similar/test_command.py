"""`autograder similar` as the real command, on a class that was graded by it."""

from __future__ import annotations

import json
import re
import shutil
import sys

import nbformat
import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.course import ClassFolder, CourseError
from autograder.course.paths import CLASS_VARIABLE
from autograder.measure.prove import exchanged
from tests.gradebook.conftest import LAB, Graded, autograder

pytestmark = pytest.mark.slow
#: An answer that is nobody's of the bank, and the same after somebody has been at it.
ODD = """@add_to_class(ReLULayer)
def forward(self, input):
    self.input = input
    weights = np.tanh(np.linspace(0.5, 1.5, input.size)).reshape(input.shape)
    bent = np.sign(input - 0.25) * weights
    return np.cumsum(bent, axis=-1) ** 2 % 3.75
"""
DISGUISED = """# Done by myself!
@add_to_class(ReLULayer)
def forward(self, input):
    self.input = input
    quan = np.tanh(np.linspace(0.5, 1.5, input.size)).reshape(input.shape)
    zhi = np.sign(input - 0.25)*quan   # bend it
    return np.cumsum(zhi, axis=-1)**2 % 3.75
"""


def alone(state: ClassFolder, monkeypatch: pytest.MonkeyPatch, *arguments: object):
    """Run the command in this process."""
    monkeypatch.setenv(CLASS_VARIABLE, str(state.folder))
    return CliRunner().invoke(app, ["similar", LAB, *map(str, arguments)])


@pytest.fixture(scope="module")
def copied(graded: Graded, solution, tmp_path_factory: pytest.TempPathFactory) -> ClassFolder:
    """The class, in which two cells of those who were graded hold an odd answer, and one file is none."""
    state = ClassFolder(shutil.copytree(graded.state.folder, tmp_path_factory.mktemp("copied") / "course"))
    for student, source in (("right", ODD), ("renamed", DISGUISED)):
        path = state.submitted / student / LAB / f"{LAB}.ipynb"
        path.chmod(0o644)
        nbformat.write(exchanged(solution, {"relu_code": source}), path)
    broken = state.submitted / "untouched" / LAB / f"{LAB}.ipynb"
    broken.chmod(0o644)
    broken.write_text("no notebook")
    return state


@pytest.fixture(scope="module")
def said(copied: ClassFolder, tmp_path_factory: pytest.TempPathFactory):
    """What the command did: its result, its page, its rows; and the gradebook is as it was."""
    rows, before = tmp_path_factory.mktemp("rows") / "pairs.json", (copied.folder / "gradebook.db").read_bytes()
    done = autograder(copied, "similar", LAB, "--json", rows)
    assert done.returncode == 0, done.stderr
    assert (copied.folder / "gradebook.db").read_bytes() == before
    page = (copied.folder / "reports" / f"{LAB}-similar.html").read_text("utf-8")
    return done, page, json.loads(rows.read_text())


def test_a_disguised_copy_stands_first_with_what_it_shares(said):
    _, page, rows = said
    assert rows[0]["students"] == ["renamed", "right"]
    (relu,) = [each for each in rows[0]["questions"] if each["question"] == "relu"]
    assert relu["shared"] == 1
    assert relu["pairs_as_alike"] < 0.2
    assert rows[0]["bits"] > max(rows[0]["next"])
    assert "<mark>" in page[page.index('id="pair-1"') :]


def test_those_who_all_have_the_solution_are_no_pair(said):
    """`zipped` and `climber` handed in the solution as `right` did, and nobody is accused of the natural answer."""
    named = {student for row in said[2] for student in row["students"] if row["bits"] > 0}
    assert "zipped" not in named


def test_the_page_says_that_it_is_no_verdict_and_needs_nothing_from_elsewhere(said):
    page = said[1]
    assert "evidence, never a verdict" in page
    assert "How often right answers look alike" in page
    assert "<script" not in page
    assert "url(" not in page
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", page)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))


def test_pages_of_feedback_are_where_links_lead(said, copied):
    links = re.findall(r'href="(\.\./[^"]+)"', said[1])
    assert links
    assert all((copied.folder / "reports" / link).exists() for link in links)


def test_a_file_that_cannot_be_read_costs_one_line_and_no_other(said):
    done, page, _ = said
    (line,) = [line for line in done.stderr.splitlines() if "untouched" in line]
    assert "left out" in line
    assert "left out" in page
    assert "Traceback" not in done.stderr


def test_without_the_library_one_line_says_what_to_install_and_mistakes_are_shown(graded, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "copydetect", None)  # as Python itself marks what cannot be imported
    path = tmp_path / "page.html"
    done = alone(graded.state, monkeypatch, "--to", path)
    assert done.exit_code == 0, done.output
    assert "pip install" in done.output
    assert "similarity" in done.output
    page = path.read_text("utf-8")
    assert "How often right answers look alike" not in page
    assert "Rare mistakes" in page


def test_the_same_file_is_named_as_such(graded, monkeypatch, tmp_path):
    rows = tmp_path / "rows.json"
    assert alone(graded.state, monkeypatch, "--pairs", 200, "--to", tmp_path / "p.html", "--json", rows).exit_code == 0
    digest = {s: (graded.state.submitted / s / LAB / f"{LAB}.ipynb").read_bytes() for s in ("right", "zipped")}
    for row in json.loads(rows.read_text()):
        if set(row["students"]) == set(digest):
            assert row["same_file"] == (digest["right"] == digest["zipped"])


@pytest.mark.parametrize("there", [[], ["right"]])
def test_fewer_than_two_hand_ins_is_one_line_and_no_page(graded, monkeypatch, tmp_path, there):
    state = ClassFolder(tmp_path / "course")
    for student in there:
        shutil.copytree(graded.state.submitted / student, state.submitted / student)
    done = alone(state, monkeypatch)
    assert isinstance(done.exception, CourseError)
    message = str(done.exception)
    assert ("a pair takes two" if there else "autograder grade") in message
    assert "\n" not in message
    assert not (state.folder / "reports").exists()


def test_a_lab_that_is_not_there_is_one_line(graded):
    done = autograder(graded.state, "similar", "lab9")
    assert done.returncode == 2
    assert "There is no lab 'lab9'" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_shows_examples_that_are_commands(graded):
    done = autograder(graded.state, "similar", "--help")
    assert "autograder similar lab2_layers --pairs 100 --json pairs.json" in re.sub(r"\s*│\s*", "\n", done.stdout)
