"""A class may say that it takes no files of the original course."""

from __future__ import annotations

import pytest

from aics.notebook.export import export
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.course import CourseError, Lab
from autograder.gradebook.grade_path import shape_of
from autograder.intake.find import find_handins
from autograder.intake.taken import HANDINS, Taken
from tests.original.files import LAYERS_1

LAB = Lab("lab2_layers")


def found(path, **settings):
    return find_handins(path, [shape_of(LAB)], taken=Taken(**settings))


def test_files_are_left_out_and_named_where_the_class_says_so(tmp_path):
    (tmp_path / "ada" / "stu_upload").mkdir(parents=True)
    (tmp_path / "ada" / "stu_upload" / "layers_1.py").write_text(LAYERS_1)
    assert [handin.student for handin in found(tmp_path)[0]] == ["ada"]
    handins, (remark,) = found(tmp_path, original_course=False)
    assert handins == []
    assert remark.student == "ada"
    assert remark.sentence.startswith("layers_1.py: this class takes no files of the original course")


def test_what_our_own_notebook_exports_is_no_such_file(tmp_path):
    export(LAB.name, run_cells(solution_cells(LAB)), tmp_path / "ada" / "stu_upload")
    assert [handin.student for handin in found(tmp_path, original_course=False)[0]] == ["ada"]


@pytest.mark.parametrize("text", ["original_course = 1", "original = true", "original_course"])
def test_a_setting_that_cannot_be_is_said(tmp_path, text):
    assert Taken.read(tmp_path).original_course
    (tmp_path / HANDINS).write_text("original_course = false")
    assert not Taken.read(tmp_path).original_course
    (tmp_path / HANDINS).write_text(text)
    with pytest.raises(CourseError, match=HANDINS):
        Taken.read(tmp_path)
