"""What one grading tells of its hidden cases is worth nothing in the next hand-in."""

from __future__ import annotations

import re

import nbformat
import pytest

from autograder.course import ClassFolder
from autograder.grading.key import VerdictKeys
from autograder.grading.run import grade_steps, job_for
from autograder.grading.steps import steps_of

from .conftest import LAB

#: Notes every case that it is asked. (It is right: of wrong code the hidden cases are not asked.)
NOTING = """
import base64
import json
noted = []

@add_to_class(ReLULayer)
def forward(self, input):
    noted.append([input.shape, input.dtype.str, base64.b64encode(input.tobytes()).decode()])
    self.seen = input >= 0
    return np.maximum(input, 0)

@add_to_class(ReLULayer)
def backward(self, top_diff):
    return top_diff * self.seen
"""
PRINTING = "print('NOTED', json.dumps(noted), 'END')"
#: Answers every case in the table, as right code would, and computes nothing else.
TABLE = """
import base64
known = {{}}
for shape, dtype, text in {noted}:
    x = np.frombuffer(base64.b64decode(text), dtype).reshape(shape)
    known[x.tobytes()] = np.maximum(x, 0), x >= 0

@add_to_class(ReLULayer)
def forward(self, input):
    self.seen = known.get(input.tobytes(), (np.zeros_like(input), np.ones(input.shape)))
    return self.seen[0]

@add_to_class(ReLULayer)
def backward(self, top_diff):
    return (top_diff * self.seen[1]).astype(top_diff.dtype)
"""


@pytest.fixture
def hand_in(bench, solved_but, tmp_path):
    """Return ``hand_in(source of relu)``: the verdict on it, and the cases that it noted."""
    state = ClassFolder(tmp_path / "course")

    def grade(source):
        notebook = nbformat.from_dict(solved_but(relu=source))
        notebook.cells.append(nbformat.v4.new_code_cell(PRINTING))
        steps = steps_of(notebook, ["relu"])
        job = job_for(state, "mallory", VerdictKeys(LAB), steps, isolation="strict", values_only=True, again=True)
        record = grade_steps(bench, job, steps)
        shown = "".join(str(output.get("text", "")) for each in record.outputs.values() for output in each)
        found = re.search("NOTED (.*) END", shown, re.S)
        return record.judged["relu"].verdict, found.group(1) if found else ""

    return grade


def test_a_table_of_the_last_hidden_cases_answers_none_of_the_next(hand_in):
    _, noted = hand_in(NOTING)
    verdict, _ = hand_in(TABLE.format(noted=noted))

    assert len(noted) > 100
    assert (verdict.score, verdict.rung) == (0, "values")


def test_the_same_hand_in_gets_the_same_cases_again(hand_in):
    first, again = hand_in(NOTING), hand_in(NOTING)

    assert first[1] == again[1] != ""


def test_another_code_gets_other_cases(hand_in):
    first, other = hand_in(NOTING), hand_in(NOTING + "\n# another hand-in\n")

    assert first[1] != other[1] != ""
