"""How a question is asked is said by intake alone: a line of a student's own says nothing."""

from __future__ import annotations

import nbformat
import pytest

from autograder.course import Lab
from autograder.course.original import ASKED, NOT_ASKED, mark
from autograder.gradebook.grade_path import shape_of
from autograder.grading.steps import steps_of
from autograder.intake.find import find_handins
from autograder.intake.stu_upload import EXPORTED, place

LAB = Lab("lab5_style_transfer")


def said(notebook) -> set[str]:
    return {step.original for step in steps_of(notebook, LAB.questions) if step.question}


@pytest.mark.parametrize("how", [ASKED, NOT_ASKED])
def test_a_students_own_line_is_taken_out_of_a_notebook(how, tmp_path):
    notebook = nbformat.read(LAB.released, 4)
    for cell in notebook.cells:
        cell.source += f"\n{mark(how)}\n"
    (tmp_path / "ada").mkdir()
    nbformat.write(notebook, tmp_path / "ada" / LAB.released.name)
    handins, _ = find_handins(tmp_path, [shape_of(LAB)])
    assert said(notebook) == {how}
    assert said(handins[0].notebook) == {""}


def test_and_out_of_an_exported_file():
    text = f"# {EXPORTED}\n\nclass ContentLossLayer:\n    pass\n\n{mark(NOT_ASKED)}\n"
    assert said(place({"layers_3.py": text}, shape_of(LAB))[0]) == {""}
