"""The mark schemes of all labs are rubrics whose points add up; one that does not is one sentence."""

from __future__ import annotations

import pytest

from autograder.course import CourseError, Lab, labs
from autograder.course.question import Written
from autograder.marking.rubric import rubric

QUESTIONS = [(lab.name, question) for lab in labs() for question in lab.written]


@pytest.mark.parametrize(("lab", "question"), QUESTIONS)
def test_a_scheme_is_a_rubric(lab, question):
    found = rubric(Lab(lab), question)
    assert sum(criterion.points for criterion in found.criteria) == found.points
    assert len(found.model) > 200
    assert "MARK SCHEME" not in found.model
    assert found.asked


class Off(Lab):
    """A lab whose question has another number of points than its scheme."""

    @property
    def written(self):
        return {"img2col_why": Written(name="img2col_why", points=9)}


def test_points_that_do_not_add_up_are_one_sentence():
    with pytest.raises(CourseError, match="criteria of img2col_why add up to 10 points, and the question has 9"):
        rubric(Off("lab2_layers"), "img2col_why")


def test_a_question_that_code_answers_has_no_rubric():
    with pytest.raises(CourseError, match=r"no answer in words called 'relu'\. There are: img2col_why"):
        rubric(Lab("lab2_layers"), "relu")
