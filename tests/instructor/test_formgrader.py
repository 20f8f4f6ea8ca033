"""formgrader's lists in a real browser: code, extra credit and answers in words apart, as the terminal says them."""

from __future__ import annotations

import csv
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import ROOT, ClassFolder
from tests.browser.classroom import points_said
from tests.browser.servers import chromium, jupyter
from tests.gradebook.conftest import LAB

if not chromium():
    pytest.skip("no Chromium here: on Debian `apt-get install chromium` brings it", allow_module_level=True)
pytestmark = pytest.mark.slow

#: What stands in a list for right code with its extra credit and an answer in words that nobody has read.
UNREAD = ("100 / 100 + 10 bonus\n10 more wait for a person", "100 / 100", "? / 10")


@pytest.fixture(scope="module")
def state(known, tmp_path_factory) -> ClassFolder:
    """The class, for these tests alone."""
    return ClassFolder(shutil.copytree(known.state.folder, tmp_path_factory.mktemp("lists") / "course"))


@pytest.fixture(scope="module")
def formgrader(state) -> Iterator[str]:
    """formgrader as a teacher opens it: JupyterLab, started in the checkout."""
    command, environment = Path(sys.executable).with_name("jupyter"), {"AICS_COURSE": str(state.folder)}
    with jupyter(command, "lab", state.folder.parent, ROOT, environment) as address:
        yield f"{address}/formgrader"


def shown(page, address: str, row: str, *columns: str) -> tuple[str, ...]:
    """What these columns of a list have in the row with this text."""
    page.goto(address)
    found = page.locator("#main-table tr", has=page.get_by_text(row, exact=True))
    found.locator("td.score, td.avg-score", has_text="/").wait_for()
    return tuple(found.locator(f"td.{column}").inner_text() for column in columns)


@pytest.mark.parametrize("student", ["right", "untouched", "hanging", "syntax", "python2"])
def test_the_list_of_hand_ins_says_what_the_terminal_says(page, formgrader, known, student):
    (score,) = shown(page, f"{formgrader}/manage_submissions/{LAB}", student, "score")
    assert score.splitlines()[0].removesuffix(" bonus") == points_said(known.text, student)


def test_extra_credit_stands_in_for_no_answer_that_nobody_read(page, formgrader):
    (score,) = shown(page, f"{formgrader}/manage_submissions/{LAB}", "right", "score")
    assert score == UNREAD[0]
    (status,) = shown(page, f"{formgrader}/manage_submissions/{LAB}", "right", "status")
    assert status == "needs manual grading"


@pytest.mark.parametrize("where", [f"gradebook/{LAB}/{LAB}", "manage_students/right", f"manage_students/right/{LAB}"])
def test_every_list_with_columns_has_them_apart(page, formgrader, where):
    row = "right" if where.startswith("gradebook") else LAB
    assert shown(page, f"{formgrader}/{where}", row, "score", "code-score", "written-score") == UNREAD


@pytest.mark.parametrize(
    ("where", "column"), [(f"manage_submissions/{LAB}", "student-name"), ("manage_students", "name")]
)
def test_who_has_no_name_is_called_by_the_id(page, formgrader, where, column):
    assert shown(page, f"{formgrader}/{where}", "right", column) == ("right",)
    assert "None, None" not in page.locator("#main-table").inner_text()


def test_the_list_of_students_adds_each_kind_up(page, formgrader):
    assert shown(page, f"{formgrader}/manage_students", "right", "score") == UNREAD[:1]


def test_the_list_is_sorted_by_what_it_shows(page, formgrader):
    shown(page, f"{formgrader}/manage_submissions/{LAB}", "right", "score")
    page.get_by_role("columnheader", name="Score").click()
    figures = [text.splitlines()[0].split(" + ")[0].split(" / ") for text in page.locator("td.score").all_inner_texts()]
    fractions = [float(points) / float(most) for points, most in figures]
    assert fractions == sorted(fractions)
    assert fractions[0] < fractions[-1] == 1


def exported(state: ClassFolder, to: Path) -> list[dict[str, str]]:
    command = [sys.executable, "-m", "nbgrader", "export", "--to", to]
    environment = {**os.environ, "AICS_COURSE": str(state.folder)}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    with to.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["code"]]


def points(number: float) -> str:
    return f"{round(number, 2):g}"


def test_averages_are_those_of_the_exported_columns(page, formgrader, state, tmp_path):
    rows = exported(state, tmp_path / "grades.csv")
    names = ("code", "code_out_of", "bonus", "words_out_of", "words_waiting")
    code, of_code, bonus, of_words, waiting = (statistics.mean(float(row[name]) for row in rows) for name in names)
    assert 0 < waiting < of_words
    (score,) = shown(page, f"{formgrader}/gradebook", LAB, "score")
    read = f"{points(code)} / {points(of_code + of_words - waiting)} + {points(bonus)} bonus"
    assert score == f"{read}\n{points(waiting)} more wait for a person"
    columns = ("avg-score", "avg-code-score", "avg-written-score")
    apart = (f"{points(code)} / {points(of_code)}", f"0 + ? / {points(of_words)}")
    assert shown(page, f"{formgrader}/gradebook/{LAB}", LAB, *columns) == (score, *apart)


def test_an_answer_that_is_graded_in_formgrader_counts_everywhere(page, formgrader):
    page.goto(f"{formgrader}/manage_students/right/{LAB}")
    page.locator("#main-table a").first.click()
    page.wait_for_function("window.formgrader?.grades?.loaded && window.formgrader.comments.loaded")
    with page.expect_response(lambda answer: "/api/grade/" in answer.url and answer.request.method == "PUT"):
        page.locator("#img2col_why").fill("8")
        page.locator("#img2col_why").press("Enter")
    read = ("108 / 110 + 10 bonus", "100 / 100", "8 / 10")
    assert shown(page, f"{formgrader}/manage_students/right/{LAB}", LAB, "score", "code-score", "written-score") == read
    assert shown(page, f"{formgrader}/manage_students", "right", "score") == read[:1]
    row = shown(page, f"{formgrader}/manage_submissions/{LAB}", "right", "score", "status")
    assert row == (read[0], "graded")
