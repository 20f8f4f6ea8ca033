"""From the notebook to stu_upload/vgg_cpu.py and back: export, intake, and what comes with it."""

from __future__ import annotations

import shutil

import pytest

from autograder.authoring.namespace import importing_from, run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab
from autograder.gradebook.grade_path import shape_of
from autograder.intake.find import find_handins
from tests.labs.handins import points_of, write_upload

LAB = Lab("lab3_vgg19")


@pytest.fixture(scope="module")
def shape():
    return shape_of(LAB)


@pytest.fixture(scope="module")
def upload(tmp_path_factory):
    return write_upload(LAB, tmp_path_factory.mktemp("class") / "ada")


def test_the_exported_file_imports_the_layers_and_nothing_of_the_workbook(upload):
    text = (upload / "vgg_cpu.py").read_text()
    assert "from stu_upload.layers_2 import ConvolutionalLayer" in text
    assert "aics" not in text.split('"""', 2)[2]
    names: dict = {"__name__": "vgg_cpu"}
    with working_folder(LAB) as folder, importing_from(folder):
        exec(compile(text, "vgg_cpu.py", "exec"), names)
    assert {"VGG19", "fc_order", "classify", "evaluate", "cost"} <= names.keys()


def test_layers_in_the_hand_in_change_nothing(upload, shape, tmp_path):
    """Graded code gets the finished layers, whatever lies beside vgg_cpu.py."""
    student = tmp_path / "grace"
    shutil.copytree(upload, student / "stu_upload")
    (student / "stu_upload" / "layers_2.py").write_text("raise SystemExit('not mine')\n")
    (handin,), _ = find_handins(tmp_path, [shape])
    assert sum(points_of(LAB, handin.notebook).values()) == 100


def test_an_original_file_gets_points_for_what_it_has(shape, tmp_path):
    from tests.lab3_vgg19.test_asks import ORIGINAL

    names = run_names()
    folder = tmp_path / "alan" / "stu_upload"
    folder.mkdir(parents=True)
    head = "# coding:utf-8\nimport numpy as np\nimport scipy.io\nfrom stu_upload.layers_2 import ConvolutionalLayer\n"
    tail = '\n\nif __name__ == "__main__":\n    vgg = VGG19()\n    vgg.build_model()\n'
    (folder / "vgg_cpu.py").write_text(head + ORIGINAL.replace("NAMES", repr(names)) + tail)
    (handin,), _ = find_handins(tmp_path, [shape])
    assert any("not asked there, and not counted: fc_order" in remark for remark in handin.remarks)
    points = points_of(LAB, handin.notebook)
    assert {name for name, score in points.items() if score} == {"load_model", "forward_features"}


def run_names():
    with working_folder(LAB) as folder:
        return run_cells(solution_cells(LAB), beside=folder)["VGG19"].param_layer_name
