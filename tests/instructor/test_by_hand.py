"""What a person gave reaches the feedback page with the next grading, which asks nothing again."""

from __future__ import annotations

import shutil

import pytest

from autograder.course import ClassFolder
from autograder.gradebook.by_hand import give, given
from autograder.gradebook.nbgrader import Nbgrader
from tests.gradebook.conftest import LAB, autograder

pytestmark = pytest.mark.slow


def test_points_and_comment_reach_the_page(known, tmp_path):
    state = ClassFolder(shutil.copytree(known.state.folder, tmp_path / "course"))  # others look at what nobody gave yet
    page = state.folder / "feedback" / "right" / LAB / f"{LAB}.html"
    assert given(state, LAB, "img2col_why")["right"].waiting
    assert "untouched" not in given(state, LAB, "img2col_why")  # what was left as released waits for nobody
    give(state, LAB, "img2col_why", ["right"], 7, "Well seen.\n\nGraded by Tess.")
    done = autograder(state, "grade", state.submitted, "--values-only", "--student", "right")
    assert done.returncode == 0, done.stderr
    assert "107 / 110 + 10" in done.stdout
    text = page.read_text()
    assert "Well seen." in text
    assert "Graded by Tess." in text
    assert "(107 of 110 points, 10 bonus)" in text
    has = given(state, LAB, "img2col_why")["right"]
    assert (has.points, has.waiting) == (7, False)


def test_points_given_in_formgrader_reach_the_page_too(known, tmp_path):
    state = ClassFolder(shutil.copytree(known.state.folder, tmp_path / "course"))
    page = state.folder / "feedback" / "right" / LAB / f"{LAB}.html"
    with Nbgrader(state).gradebook() as gradebook:  # what formgrader's page writes: rows, and no file
        grade = gradebook.find_grade("img2col_why", LAB, LAB, "right")
        grade.manual_score, grade.needs_manual_grade = 6, False
        gradebook.find_comment("img2col_why", LAB, LAB, "right").manual_comment = "Nearly."
        gradebook.db.commit()
    first = autograder(state, "grade", state.submitted, "--values-only", "--student", "right")
    assert first.returncode == 0, first.stderr
    assert "unchanged" not in first.stdout
    assert "(106 of 110 points, 10 bonus)" in page.read_text()
    assert "Nearly." in page.read_text()
    second = autograder(state, "grade", state.submitted, "--values-only", "--student", "right")
    assert "(unchanged)" in second.stdout
