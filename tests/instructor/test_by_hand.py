"""What a person gave reaches the feedback page with the next grading, which asks nothing again."""

from __future__ import annotations

import shutil

import pytest

from autograder.course import ClassFolder
from autograder.gradebook.by_hand import give, given
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
