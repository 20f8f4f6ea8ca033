"""What formgrader's lists are told: totals by the one definition, from gradebooks as they are."""

from __future__ import annotations

import json
import shutil
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory

from autograder.course import ROOT, ClassFolder, Lab
from autograder.gradebook.configuration import configuration
from autograder.gradebook.formgrader.counted import CountedApi
from autograder.gradebook.nbgrader import Nbgrader
from autograder.gradebook.totals import of_lab
from tests.browser.servers import jupyter

from .conftest import LAB

WRITTEN, BONUS = "img2col_why", "conv_winograd"


@pytest.fixture
def state(registered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ClassFolder:
    folder = shutil.copytree(registered, tmp_path / "course")
    monkeypatch.setenv("AICS_COURSE", str(folder))
    return ClassFolder(folder)


@pytest.fixture
def api(state: ClassFolder) -> CountedApi:
    config = configuration(CourseDirectory={"root": str(state.folder)})
    return CountedApi(CourseDirectory(config=config), config=config)


@pytest.fixture
def add(state: ClassFolder) -> Callable[..., None]:
    """Return ``add(student, row=..., change=...)``: a hand-in, all code right, the answer in words unread."""

    def one(student: str, change: Callable[[Gradebook], None] = lambda _: None) -> None:
        with Nbgrader(state).gradebook() as gradebook:
            gradebook.update_or_create_student(student)
            submission = gradebook.update_or_create_submission(LAB, student)
            gradebook.db.flush()
            (notebook,) = submission.notebooks
            for grade in notebook.grades:
                grade.auto_score, grade.needs_manual_grade = grade.cell.max_score, False
            gradebook.find_grade(BONUS, LAB, LAB, student).extra_credit = 10
            grade = gradebook.find_grade(WRITTEN, LAB, LAB, student)
            grade.auto_score, grade.needs_manual_grade = None, True
            change(gradebook)
            gradebook.db.commit()
        for step in ("submitted", "autograded"):
            path = state.folder / step / student / LAB / f"{LAB}.ipynb"
            path.parent.mkdir(parents=True)
            nbformat.write(nbformat.v4.new_notebook(), path)

    return one


def cell(row: dict, name: str = "score") -> str:
    """A cell as the page shows it."""
    said = row["cells"][name]
    return f"{said['figure']}; {said['beside']}".removesuffix("; ")


def test_a_hand_in_reads_alike_in_every_list(api, add):
    add("ada")
    (listed,), (of_notebook,), (of_student,) = (
        api.get_submissions(LAB),
        api.get_notebook_submissions(LAB, LAB),
        api.get_student_notebook_submissions("ada", LAB),
    )
    for row in (listed, of_notebook, of_student, api.get_submission(LAB, "ada")):
        assert cell(row) == "100 / 100 + 10 bonus; 10 more wait for a person"
        assert (cell(row, "code-score"), cell(row, "written-score")) == ("100 / 100", "? / 10")
        assert (row["score"], row["max_score"]) == (110, 110)  # nbgrader's own figures stay nbgrader's


def test_a_bonus_that_a_person_gave_is_extra_credit_too(api, add):
    def by_hand(gradebook):
        grade = gradebook.find_grade(BONUS, LAB, LAB, "ada")
        grade.extra_credit, grade.manual_score = None, 4

    add("ada", by_hand)
    assert cell(api.get_submission(LAB, "ada")) == "100 / 100 + 4 bonus; 10 more wait for a person"


def test_points_that_wait_to_be_confirmed_are_not_counted_yet(api, add):
    def again(gradebook):
        gradebook.find_grade(WRITTEN, LAB, LAB, "ada").manual_score = 7

    add("ada", again)
    assert cell(api.get_submission(LAB, "ada"), "written-score") == "? / 10"


def test_what_lateness_takes_off_stands_beside_it(api, add):
    def late(gradebook):
        gradebook.find_submission_notebook(LAB, LAB, "ada").late_submission_penalty = 20
        grade = gradebook.find_grade(WRITTEN, LAB, LAB, "ada")
        grade.manual_score, grade.needs_manual_grade = 9, False

    add("ada", late)
    row = api.get_submission(LAB, "ada")
    assert cell(row) == "109 / 110 + 10 bonus; 20 off for lateness"
    assert row["cells"]["score"]["order"] == pytest.approx(89 / 110)


def test_averages_are_of_what_is_graded_each_kind_apart(api, add, state):
    def read(gradebook):
        grade = gradebook.find_grade(WRITTEN, LAB, LAB, "bo")
        grade.manual_score, grade.needs_manual_grade = 6, False
        gradebook.find_grade(BONUS, LAB, LAB, "bo").extra_credit = 0

    add("ada")
    add("bo", read)
    (notebook,) = api.get_notebooks(LAB)
    for row in (notebook, api.get_assignment(LAB)):
        assert cell(row) == "103 / 105 + 5 bonus; 5 more wait for a person"
        assert (cell(row, "code-score"), cell(row, "written-score")) == ("100 / 100", "3 + ? / 10")
    assert {name: total.bonus for name, total in of_lab(state, Lab(LAB)).items()} == {"ada": 10, "bo": 0}


def test_an_assignment_that_is_no_lab_stays_as_nbgrader_adds_it_up(api, add):
    def other(gradebook):
        gradebook.update_or_create_assignment("essay")
        gradebook.update_or_create_notebook("essay", "essay")
        gradebook.update_or_create_grade_cell("only", "essay", "essay", max_score=5, cell_type="markdown")
        gradebook.update_or_create_submission("essay", "ada")
        gradebook.db.flush()
        gradebook.find_grade("only", "essay", "essay", "ada").manual_score = 3

    add("ada", other)
    add("bo")
    (row,) = api.get_submissions("essay")
    assert (row["cells"], row["score"], row["max_score"]) == ({}, 3, 5)
    (notebook,) = api.get_notebooks("essay")
    assert notebook["cells"] == {}
    students = {row["id"]: cell(row) for row in api.get_students()}
    assert students["ada"] == "103 / 105 + 10 bonus; 10 more wait for a person"
    assert students["bo"] == "100 / 105 + 10 bonus; 10 more wait for a person"  # no essay: none of its points
    assert cell(api.get_student("ada")) == students["ada"]


def test_who_handed_in_nothing_has_none_of_the_points(api, add, state):
    add("ada")
    with Nbgrader(state).gradebook() as gradebook:
        gradebook.update_or_create_student("noor")
    rows = {row["id"]: cell(row) for row in api.get_students()}
    assert rows["noor"] == "0 / 110"
    assert api.get_submission(LAB, "noor")["cells"] == {}
    assert api.get_submission(LAB, "nobody")["cells"] == {}
    assert api.get_student("nobody") is None


def test_an_assignment_without_hand_ins_has_no_average(api):
    assert api.get_assignment(LAB)["cells"] == {}
    assert api.get_assignment("nothing") is None


@pytest.mark.slow
def test_a_hubs_server_that_starts_elsewhere_shows_them_too(add, tmp_path):
    add("ada")
    command, environment = Path(sys.executable).with_name("jupyter"), {"JUPYTER_CONFIG_PATH": str(ROOT)}
    home = tmp_path / "home"
    home.mkdir()
    with jupyter(command, "server", tmp_path, home, environment) as address:
        with urllib.request.urlopen(f"{address}/formgrader/api/submissions/{LAB}") as answer:
            (row,) = json.load(answer)
        with urllib.request.urlopen(f"{address}/formgrader/manage_submissions/{LAB}") as answer:
            assert 'this.model.get("cells")' in answer.read().decode()
    assert cell(row).startswith("100 / 100 + 10 bonus;")
