"""What instructors read in Chinese: the report as a file, and the live pages in the language that a browser asks for."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator

import pytest

from autograder.course import ClassFolder, Lab, labs
from autograder.marking.rubric import rubric
from autograder.regrade.taken import take
from tests.browser.servers import chromium
from tests.instructor.conftest import Graded
from tests.instructor.marked import LAB, QUESTION, page_of

ANSWERS = [(lab.name, question) for lab in labs() for question in lab.written]
#: What stays as it is in Chinese: names of the tools, keys of a keyboard, ids of students.
KEPT = {"formgrader", "Enter", "strict", "autograder", "grade", "regrade", "list", "numpy", "NumPy"}


@pytest.mark.parametrize(("lab", "question"), ANSWERS)
def test_an_answer_is_worth_the_same_in_chinese(lab, question):
    english, chinese = rubric(Lab(lab), question), rubric(Lab(lab), question, "zh")
    assert [each.points for each in chinese.criteria] == [each.points for each in english.criteria]
    assert len(chinese.notes) == len(english.notes)
    for said in (chinese.model, chinese.asked, *(each.text for each in chinese.criteria)):
        assert re.search(r"[\u4e00-\u9fff]", said)


def test_a_language_without_an_edition_is_graded_by_the_english_scheme():
    assert rubric(Lab(LAB), QUESTION, "fr") == rubric(Lab(LAB), QUESTION)
