"""From the notebook to layers_3.py and exp_3_3_style_transfer.py and back: export, intake, and what comes with it."""

from __future__ import annotations

import shutil

import nbformat
import pytest

from aics.ask import ask
from aics.export import export
from aics.judge import judge
from autograder.build.namespace import importing_from, run_cells, solution_cells
from autograder.build.reference import public_cases
from autograder.build.start import working_folder
from autograder.course import Lab
from autograder.intake.find import find_handins
from autograder.intake.shape import LabShape
from tests.lab5_style_transfer.test_asks import ANSWERED, ORIGINAL

LAB = Lab("lab5_style_transfer")


@pytest.fixture(scope="module")
def shape():
    return LabShape.of(nbformat.read(LAB.released, 4), LAB.name, LAB.asks.EXPORTS)


@pytest.fixture(scope="module")
def upload(tmp_path_factory):
    """A stu_upload/ folder as the finished notebook writes it, beside the files it started from."""
    student = tmp_path_factory.mktemp("class") / "ada"
    with working_folder(LAB) as folder, importing_from(folder):
        shutil.copytree(folder / "stu_upload", student / "stu_upload")
        export(LAB.name, run_cells(solution_cells(LAB)), student / "stu_upload")
    return student / "stu_upload"


def points_of(notebook) -> dict[str, float]:
    cells = [
        (cell.metadata.nbgrader.grade_id, cell.source)
        for cell in notebook.cells
        if cell.cell_type == "code" and not cell.metadata.nbgrader.grade and not cell.metadata.get("tags")
    ]
    with working_folder(LAB) as folder:
        namespace = run_cells(cells, beside=folder)
    points = {}
    for name, question in LAB.questions.items():
        cases = public_cases(question)
        answers = [ask(getattr(LAB.asks, name), namespace, case) for case in cases]
        points[name] = judge(LAB.rule(name), cases, [question.expected(**c) for c in cases], answers).score
    return points


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


def test_an_exported_folder_is_a_hand_in_of_full_points(upload, shape):
    (handin,), _ = find_handins(upload.parent.parent, [shape])
    assert (handin.student, handin.lab) == ("ada", LAB.name)
    assert sum(points_of(handin.notebook).values()) == 100


def test_the_original_courses_two_files_get_points_for_what_they_have(shape, tmp_path, capsys):
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
    assert any("layers_3.py does not define gram_matrix" in remark for remark in handin.remarks)
    points = points_of(handin.notebook)
    assert {name for name, score in points.items() if score} == {name for name, passes in ANSWERED.items() if passes}
