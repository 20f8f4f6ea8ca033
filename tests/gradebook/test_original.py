"""Files of the original course in the gradebook: out of what that course asks, wherever a student's total stands."""

from __future__ import annotations

import shutil

import nbformat
import pytest

from autograder.gradebook.original import points_not_counted
from tests.gradebook.conftest import LAB, ClassFolder, grade, write
from tests.gradebook.test_late import exported, page
from tests.original.files import LAYERS_1

NOT_COUNTED = {"conv_output_size": 4, "img2col_why": 10, "conv_winograd": 0}
#: What LAYERS_1 lacks, of all that the course asks.
ABSENT = "Not in your file: ConvolutionalLayer, MaxPoolingLayer, FlattenLayer."


@pytest.fixture(scope="module")
def original(request, tmp_path_factory, registered, stub):
    """A class of one who hands in a file of the original course, and one who hands in a notebook."""
    request.getfixturevalue("can_grade")
    top = tmp_path_factory.mktemp("original")
    shutil.copytree(registered, top / "course")
    (top / "handins" / "ada" / "stu_upload").mkdir(parents=True)
    (top / "handins" / "ada" / "stu_upload" / "layers_1.py").write_text(LAYERS_1)
    write(top / "handins" / "bo", stub)
    return grade(ClassFolder(top / "course"), top / "handins")


@pytest.mark.slow
def test_every_place_has_the_same_total(original, tmp_path):
    rows = exported(original.state, tmp_path / "grades.csv")
    most = sum(row["max_score"] for row in original.rows if row["student"] == "ada" and not row["bonus"])
    assert most == 96
    assert {student: float(row["max_score"]) for student, row in rows.items()} == {"ada": most, "bo": 110}
    assert float(rows["ada"]["score"]) == original.total("ada") == 26
    assert "(26 of 96 points)" in page(original.state, "ada")
    assert "out of <strong>96 points</strong>" in page(original.state, "ada")
    assert "out of 96 points" in original.text
    assert "(0 of 110 points)" in page(original.state, "bo")
    assert "original course" not in page(original.state, "bo")


@pytest.mark.slow
def test_formgrader_reads_it_in_the_graded_notebook(original):
    graded = original.state.folder / "autograded" / "ada" / LAB / f"{LAB}.ipynb"
    notebook = nbformat.read(graded, 4)
    assert points_not_counted(notebook) == NOT_COUNTED
    assert "out of **96 points**" in notebook.cells[0].source


@pytest.mark.slow
def test_what_is_not_in_the_file_takes_one_line(original):
    (line,) = [line for line in original.text.splitlines() if "Not in your file" in line]
    assert ABSENT in line
    assert "8 questions" in line
    assert "0 / 70" in line
