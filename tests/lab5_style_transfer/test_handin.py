"""From the notebook to layers_3.py and exp_3_3_style_transfer.py and back: export, intake, and what comes with it."""

from __future__ import annotations

import pytest

from autograder.authoring.namespace import importing_from
from autograder.course import Lab
from autograder.gradebook.grade_path import shape_of
from autograder.intake.find import find_handins
from tests.lab5_style_transfer.test_asks import ANSWERED, ORIGINAL
from tests.labs.handins import points_of, write_upload

LAB = Lab("lab5_style_transfer")


@pytest.fixture(scope="module")
def shape():
    return shape_of(LAB)


@pytest.fixture(scope="module")
def upload(tmp_path_factory):
    return write_upload(LAB, tmp_path_factory.mktemp("class") / "ada")


def test_the_exported_files_import_one_another_and_nothing_of_the_workbook(upload):
    text = (upload / "exp_3_3_style_transfer.py").read_text()
    assert "from stu_upload.vgg_cpu import VGG19 as Classifier" in text
    assert "from stu_upload.layers_3 import ContentLossLayer" in text
    assert "class VGG19(Classifier):" in text
    for name in LAB.asks.EXPORTS:
        assert "aics" not in (upload / name).read_text().split('"""', 2)[2]


def test_the_exported_files_run_by_themselves(upload):
    with importing_from(upload.parent):
        names: dict = {"__name__": "transfer"}
        exec("from stu_upload.exp_3_3_style_transfer import VGG19, transfer, AdamOptimizer", names)
        assert names["VGG19"].param_layer_name[-1] == "pool5"
        assert len(names["VGG19"].param_layer_name) == 37


def test_the_original_courses_two_files_get_points_for_what_they_have(shape, tmp_path):
    folder = tmp_path / "alan" / "stu_upload"
    folder.mkdir(parents=True)
    head = (
        "# coding:utf-8\nimport numpy as np\nfrom PIL import Image\nfrom stu_upload.layers_2 import MaxPoolingLayer\n"
    )
    losses, rest = ORIGINAL.split("class VGG19(object)")
    (folder / "layers_3.py").write_text(head + losses)
    (folder / "exp_3_3_style_transfer.py").write_text(
        f"{head}from stu_upload.layers_3 import ContentLossLayer\nclass VGG19(object){rest}"
    )
    (handin,), _ = find_handins(tmp_path, [shape])
    assert any("not asked there, and not counted: " in remark for remark in handin.remarks)
    points = points_of(LAB, handin.notebook)
    as_that_course_asks = {"vgg_forward_layers", "vgg_backward_from"}
    answered = {name for name, passes in ANSWERED.items() if passes}
    assert {name for name, score in points.items() if score} == answered | as_that_course_asks
