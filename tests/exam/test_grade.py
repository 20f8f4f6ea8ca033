"""Grading an exam: scores for the instructor, and none for students before the date, by whichever command or button."""

from __future__ import annotations

import csv
import html
import json
import re
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

from tests.authoring.tiny_lab import NAME
from tests.exam.conftest import FUTURE, PAST, RIGHT, UNTIL, set_exam
from tests.scale.conftest import Checkout

pytestmark = pytest.mark.slow
SENTENCE = f"This lab is an exam: scores and feedback come from {UNTIL} on."
#: What formgrader's buttons call.
BUTTON = """
import sys
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from autograder.course import ClassFolder
from autograder.gradebook.configuration import configuration
state, what, exchange = ClassFolder.current(), sys.argv[1], sys.argv[2]
config = configuration(Exchange={"root": exchange})
api = NbGraderAPI(coursedir=CourseDirectory(config=config), config=config)
result = getattr(api, what)("lab0_tiny")
print(result.get("log", ""), result.get("error", ""))
sys.exit(not result["success"])
"""


@dataclass(frozen=True)
class Class:
    """A class in which an exam was handed in."""

    checkout: Checkout
    top: Path

    @property
    def state(self) -> Path:
        return self.top / "course"

    def autograder(self, *words: object):
        return self.checkout.run("-m", "autograder", *words, state=self.state)

    def grade(self, *words: object) -> str:
        done = self.autograder("grade", self.top / "handins", "--values-only", *words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def nbgrader(self, *words: object):
        given = (f"--Exchange.root={self.top / 'exchange'}", "--course", "aics")
        return self.checkout.run("-m", "nbgrader", *words, *given, state=self.state)

    def button(self, what: str):
        return self.checkout.run("-c", BUTTON, what, self.top / "exchange", state=self.state)

    def page(self, student: str) -> str:
        return (self.state / "feedback" / student / NAME / f"{NAME}.html").read_text("utf-8")


def words_of(page: str) -> str:
    """What a page says: its text, and whatever else stands in it but its styles and its mark."""
    soup = BeautifulSoup(page, "html.parser")
    for style in soup("style"):
        style.decompose()
    rest = " ".join(str(value) for tag in soup.find_all(True) for value in tag.attrs.values() if tag.name != "meta")
    assert not re.search(r"\d", rest)
    return " ".join(soup.get_text(" ").split())


def hidden(count: int) -> str:
    return f"{NAME} {NAME} Handed in, with {count} of 3 cells answered. {SENTENCE}"


def hand_in(top: Path, exam_zip: Path, student: str, answers: dict[str, str]) -> None:
    """The notebook of the exam's zip with these answers, two days late, as nbgrader's exchange names it."""
    with zipfile.ZipFile(exam_zip) as file:
        notebook = nbformat.reads(file.read(f"aics-labs/labs/{NAME}/{NAME}.ipynb").decode(), 4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.id, cell.source)
    folder = top / "handins" / f"{student}+{NAME}+2025-02-02 10:30:00 UTC"
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{NAME}.ipynb")


def copied(course: Class, top: Path) -> Class:
    shutil.copytree(course.top, top, dirs_exist_ok=True)
    return Class(course.checkout, top)


@pytest.fixture(scope="module")
def begun(checkout, exam_zip, tmp_path_factory) -> tuple[Class, str]:
    """Bo was graded when the lab was no exam yet, Ada when it was; what the second command said."""
    top = tmp_path_factory.mktemp("class")
    course = Class(checkout, top)
    shutil.copytree(checkout.root / "course", course.state)
    (top / "exchange").mkdir()
    (top / "exchange").chmod(0o777)
    hand_in(top, exam_zip, "ada", RIGHT)
    hand_in(top, exam_zip, "bo", {"double_code": "def double(x):\n    return x * x\n"})
    course.grade("--student", "bo")
    set_exam(course.state, FUTURE)
    said = course.grade("--student", "ada")
    for student in ("ada", "bo"):
        for folder in ("submitted", "feedback"):
            (course.state / folder / student / NAME / "submission_secret.txt").write_text(f"secret of {student}")
    return course, said


@pytest.fixture(scope="module")
def before(begun, tmp_path_factory) -> tuple[Class, str]:
    """All were graded before the date; what the command said."""
    course = copied(begun[0], tmp_path_factory.mktemp("before"))
    return course, course.grade()


@pytest.fixture(scope="module")
def after(before, tmp_path_factory) -> tuple[Class, str]:
    """The same class once the date has come, graded again; what the report said in between."""
    course = copied(before[0], tmp_path_factory.mktemp("after"))
    set_exam(course.state, PAST)
    said = course.autograder("report", NAME).stdout
    course.grade()
    return course, said


def test_a_page_says_that_it_is_handed_in_and_when_scores_come_and_no_more(before):
    course, _ = before
    assert words_of(course.page("ada")) == hidden(2)
    assert words_of(course.page("bo")) == hidden(1)
    assert len(course.page("ada")) - len(re.search("<style>.*</style>", course.page("ada"), re.S)[0]) < 900


def test_no_file_of_the_feedback_folder_tells_a_score(before):
    course, _ = before
    files = [path for path in (course.state / "feedback").rglob("*") if path.is_file()]
    assert {path.name for path in files} == {f"{NAME}.html", "timestamp.txt", "submission_secret.txt"}
    for path in files:
        text = re.sub("<style>.*</style>", "", path.read_text("utf-8"), flags=re.S)
        for told in ("points", "Score", "right", "squared", "aics-card", "def ", "12", "-2.", "off the", "lateness"):
            assert told not in text, (path, told)


def test_the_instructor_sees_all_and_that_it_is_an_exam(before):
    course, said = before
    assert re.search(r"ada +│ lab0_tiny +│ +12 / 15", said)
    assert "squared" in said
    assert f"{NAME} is an exam until {UNTIL}: students' pages say no score before." in said
    told = course.autograder("report", NAME)
    assert told.returncode == 0, told.stderr
    for text in (told.stdout, html.unescape((course.state / "reports" / f"{NAME}.html").read_text())):
        assert f"An exam. Students' pages say no score before {UNTIL}; this page is the instructor's." in text
    exported = course.nbgrader("export", "--to", course.top / "grades.csv")
    assert f"{NAME} is an exam until {UNTIL}: this table is for you alone." in exported.stderr
    assert "12.0" in (course.top / "grades.csv").read_text()
    report = json.loads((course.state / "reports" / f"{NAME}.json").read_text())
    assert report["exam"].startswith("An exam.")
    assert {s["id"]: s["code"] for s in report["students"]} == {"ada": 12.0, "bo": 0.0}


def test_the_notice_in_a_hand_in_is_nobodys_answer(before):
    graded = nbformat.read(before[0].state / "autograded" / "ada" / NAME / f"{NAME}.ipynb", 4)
    assert not [cell for cell in graded.cells if "is an exam until" in cell.source]


@pytest.mark.parametrize("how", ["command", "button"])
def test_nbgraders_own_generate_feedback_tells_no_score(before, tmp_path, how):
    course = copied(before[0], tmp_path)
    shutil.rmtree(course.state / "feedback")
    done = course.nbgrader("generate_feedback", NAME) if how == "command" else course.button("generate_feedback")
    assert done.returncode == 0, done.stdout + done.stderr
    assert words_of(course.page("ada")) == hidden(2)
    assert "unchanged" in course.grade(), "grade takes nbgrader's page for its own"


@pytest.mark.parametrize("how", ["command", "button"])
def test_release_feedback_gives_out_pages_without_scores_alone(begun, before, tmp_path, how):
    for course, succeeds in ((begun[0], False), (before[0], True)):
        mine = copied(course, tmp_path / str(succeeds))
        done = mine.nbgrader("release_feedback", NAME) if how == "command" else mine.button("release_feedback")
        assert (done.returncode == 0) is succeeds, done.stdout + done.stderr
        given = list((mine.top / "exchange").rglob("*.html"))
        assert len(given) == (2 if succeeds else 0)
        assert {words_of(page.read_text("utf-8")) for page in given} <= {hidden(1), hidden(2)}
        if not succeeds:
            assert f"{NAME}: feedback pages that are not what students are to see now" in done.stdout + done.stderr
            assert "1: bo. `autograder grade` on their hand-ins renews them." in done.stdout + done.stderr


def test_export_leaves_pages_with_scores_out_of_its_zip(begun, tmp_path):
    course = copied(begun[0], tmp_path)
    done = course.autograder("export", NAME, course.top / "handins")
    assert done.returncode == 0, done.stderr
    assert "feedback pages: 1" in done.stdout
    assert "has come), 1: bo. `autograder grade`" in done.stdout
    with zipfile.ZipFile(course.state / "exports" / "handins-feedback.zip") as archive:
        (name,) = archive.namelist()
        assert name.startswith("ada+")
        assert words_of(archive.read(name).decode()) == hidden(2)


def test_no_lms_gets_grades_before_the_date(before, after, tmp_path):
    worksheet = tmp_path / "worksheet.csv"
    worksheet.write_text(f"Full name,Email address,{NAME}\nada,ada,\n")
    (before[0].state / "roster.csv").write_text("id,name\nada,ada\n")
    done = before[0].autograder("export", NAME, worksheet, "--column", NAME)
    assert done.returncode == 2
    assert f"{NAME} is an exam until {UNTIL}, and its grades would be seen before." in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (before[0].state / "exports" / "worksheet.csv").exists()
    done = before[0].autograder("export", NAME)
    assert "this table is for you alone" in done.stdout
    with (before[0].state / "exports" / f"{NAME}.csv").open(encoding="utf-8-sig") as file:
        assert {row["id"]: row["code"] for row in csv.DictReader(file)} == {"ada": "12.0", "bo": "0.0"}
    (after[0].state / "roster.csv").write_text("id,name\nada,ada\n")
    done = after[0].autograder("export", NAME, worksheet, "--column", NAME)
    assert done.returncode == 0, done.stderr
    assert "grades in the column" in done.stdout


def test_from_the_date_on_the_next_grade_gives_pages_with_scores_and_runs_no_code(before, after):
    course, said = after
    assert "An exam until 2020-02-10 18:00 UTC+08:00." in said
    assert "feedback pages that are not what students are to see now" in said
    for student, told in (("ada", "7 / 7 points"), ("bo", "This is the square of x")):
        assert told in words_of_graded(course.page(student))
        record = f"runs/{student}/{NAME}.json"
        assert (course.state / record).stat().st_mtime_ns == (before[0].state / record).stat().st_mtime_ns
    assert "is an exam" not in course.page("ada")
    assert "feedback pages that are not" not in course.autograder("report", NAME).stdout


def words_of_graded(page: str) -> str:
    return " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())


def test_an_exam_that_is_called_off_gives_scores_at_the_next_grade(before, tmp_path):
    course = copied(before[0], tmp_path)
    (course.state / "deadlines.toml").unlink()
    course.grade()
    assert "7 / 7 points" in words_of_graded(course.page("ada"))
