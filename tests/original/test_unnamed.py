"""A course file under a name of the student's own is recognised by what it defines."""

from __future__ import annotations

import pytest

from autograder.course import Lab
from autograder.gradebook.grade_path import shape_of
from autograder.intake.find import find_handins
from tests.intake.files import write
from tests.intake.release import by_id
from tests.original import files

SHAPES = [shape_of(Lab(lab)) for lab in ("lab2_layers", "lab3_vgg19", "lab4_dlp", "lab5_style_transfer")]


def graded(path) -> dict[tuple[str, str], list[str]]:
    """Student and lab of each hand-in, with what is said of names."""
    found, _ = find_handins(path, SHAPES)
    return {(each.student, each.lab): [r for r in each.remarks if "by what it defines" in r] for each in found}


@pytest.mark.parametrize(
    ("name", "text", "lab", "said"),
    [
        ("style_transfer.py", files.EXP_3_3, "lab5_style_transfer", "exp_3_3_style_transfer.py"),
        ("net.py", files.VGG_CPU, "lab3_vgg19", "vgg_cpu.py"),
        ("mlp.py", files.LAYERS_1, "lab2_layers", "layers_1.py"),
        ("layers.py", files.LAYERS_1 + files.LAYERS_2_FIRST, "lab2_layers", "layers_1.py and layers_2.py"),
    ],
)
@pytest.mark.parametrize("folder", ["code/", "", "exp_3_1_vgg/stu_upload/"])
def test_it_is_graded_and_that_is_said(tmp_path, folder, name, text, lab, said):
    write(tmp_path / "ada" / f"{folder}{name}", text)
    assert graded(tmp_path) == {("ada", lab): [f"{name} is {said}, recognised by what it defines"]}


def test_beside_a_students_own_files_it_is_the_same_students(tmp_path):
    write(tmp_path / "ada" / "layers_3.py", files.LAYERS_3)
    write(tmp_path / "ada" / "style_transfer.py", files.EXP_3_3)
    assert list(graded(tmp_path)) == list(graded(tmp_path / "ada")) == [("ada", "lab5_style_transfer")]


def test_a_file_of_the_courses_name_comes_first(tmp_path):
    write(tmp_path / "ada" / "stu_upload" / "layers_1.py", files.LAYERS_1 + "NAMED = 1\n")
    write(tmp_path / "ada" / "stu_upload" / "backup.py", files.LAYERS_1)
    found, _ = find_handins(tmp_path, SHAPES)
    assert "NAMED = 1" in by_id(found[0].notebook, "fully_connected_forward_code").source
    assert not any("backup.py" in remark for remark in found[0].remarks)


@pytest.mark.parametrize(
    "text",
    [
        files.VGG19_DEMO,
        files.LAYERS_1.replace("class ReLULayer", "class ReLU"),
        "from layers_1 import *\n",
        "class VGG19:\n    x = 1\n",
    ],
    ids=["either of two", "a part", "imports", "empty"],
)
def test_what_may_be_two_files_or_is_none_is_not_guessed(tmp_path, text):
    write(tmp_path / "ada" / "main.py", text)
    assert graded(tmp_path) == {}


def test_its_siblings_may_import_it_by_its_own_name(tmp_path):
    text = f"import my_layers as M\n{files.LAYERS_2}"
    write(tmp_path / "ada" / "my_layers.py", files.LAYERS_1)
    write(tmp_path / "ada" / "layers_2.py", text)
    found, _ = find_handins(tmp_path, SHAPES)
    source = by_id(found[0].notebook, "conv_forward_code").source
    assert source.startswith("M = type('layers_1', (), dict(FullyConnectedLayer=FullyConnectedLayer,")
