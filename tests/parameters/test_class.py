"""A class whose parameters differ is graded by each student's own, from the id and the secret alone."""

from __future__ import annotations

import json
import logging

import nbformat
import pytest
from traitlets.config import Config

from autograder.authoring.own_release import own_release
from autograder.course import LABS, Lab
from autograder.gradebook.repair import Repair
from autograder.grading.own_parameters import drawn_for
from autograder.grading.run import record_path
from autograder.report.gathered import standings
from autograder.report.look import to_look_at
from tests.gradebook.conftest import autograder, grade
from tests.parameters.conftest import LAB, QUESTIONS, class_folder


def test_right_answers_for_the_own_parameters_are_right(graded):
    for student in ("ada", "bob"):
        assert graded.total(student) == sum(q.points for q in Lab(LAB).questions.values())


def test_a_neighbours_answers_are_wrong_where_parameters_decide_and_right_elsewhere(graded):
    points, whole = graded.points("cem"), {q.name: q.points for q in Lab(LAB).questions.values()}
    assert {name for name in points if points[name] < whole[name]} == set(QUESTIONS)


def test_it_is_said_in_the_terminal_on_the_page_and_in_the_report(graded):
    drawn = {whose: drawn_for(graded.state, Lab(LAB), whose)["color_jitter"]["standard"] for whose in ("ada", "cem")}
    said = f"color_jitter: standard = {drawn['ada']}"
    assert said in graded.text
    assert f"color_jitter: standard = {drawn['cem']}" in graded.text
    assert "was made for ada: graded by this student's own parameters" in graded.text
    page = (graded.state.folder / "feedback" / "cem" / LAB / f"{LAB}.html").read_text()
    assert "was made for ada" in page
    looks = to_look_at(standings(graded.state, Lab(LAB), graded.state.folder / "reports"), [])
    (look,) = [each for each in looks if each.key == "parameters"]
    assert [standing.student for standing in look.standings] == ["cem"]
    assert drawn["ada"] in look.said[0]


def test_nothing_is_said_of_those_who_have_their_own(graded):
    for student in ("ada", "bob"):
        assert json.loads((graded.state.runs / student / f"{LAB}.remarks.json").read_text()) == []


def test_the_card_of_a_wrong_answer_is_of_the_own_variant(graded):
    """Ada's answer is a known mistake, or right by halves, for Cem: what was expected is Cem's."""
    rows = {row["question"]: row for row in graded.rows if row["student"] == "cem"}
    assert rows["center_crop"]["misconception"] == "rounded_up" or rows["center_crop"]["rung"] == "values"


def test_the_graded_notebook_has_the_students_own_text(graded):
    notebook = nbformat.read(graded.state.folder / "autograded" / "bob" / LAB / f"{LAB}.ipynb", 4)
    standard = drawn_for(graded.state, Lab(LAB), "bob")["color_jitter"]["standard"]
    assert f"(ITU-R {standard})" in "".join(cell.source for cell in notebook.cells)


def test_grading_again_asks_nothing(graded):
    records = [record_path(graded.state, student, LAB) for student in ("ada", "bob", "cem")]
    before = [path.stat().st_mtime_ns for path in records]
    again = autograder(graded.state, "grade", graded.handins, "--lab", LAB, "--values-only")
    assert again.returncode == 0, again.stderr
    assert [path.stat().st_mtime_ns for path in records] == before


@pytest.mark.usefixtures("can_grade")
def test_a_hand_in_that_was_never_made_its_own_is_graded_by_the_own_parameters(tmp_path):
    state = class_folder(tmp_path)
    folder = tmp_path / "handins" / "bob"
    folder.mkdir(parents=True)
    (folder / f"{LAB}.ipynb").write_text(Lab(LAB).released.read_text("utf-8"), "utf-8")
    done = grade(state, tmp_path / "handins", "--lab", LAB)
    assert "was never made the student's own (aics mine)" in done.text
    assert done.total("bob") == 0


def test_formgraders_button_puts_texts_back_and_logs_whose_they_were(released, monkeypatch, caplog):
    monkeypatch.chdir(released.state.folder)  # where nbgrader converts
    button = Repair(config=Config({"Repair": {"release_root": str(LABS)}}))
    adas = nbformat.read(released.notebook("ada"), 4)
    with caplog.at_level(logging.WARNING):
        about = {"assignment": LAB, "notebook": LAB, "student": "cem"}
        repaired, _ = button.preprocess(adas, {"nbgrader": about})
    assert "was made for ada" in caplog.text
    own = own_release(released.own("cem"))
    assert [cell.source for cell in repaired.cells] == [cell.source for cell in own.cells]
