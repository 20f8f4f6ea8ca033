"""What ``aics pack`` makes is taken as it comes, from a folder, a zip, or a learning system's download."""

from __future__ import annotations

import shutil

import nbformat
import pytest

from aics.handin.finish import finish_line
from aics.handin.pack import pack
from autograder.intake.find import find_handins
from autograder.intake.released_lab import ReleasedLab
from tests.handin.notebooks import LAB, filled, solution
from tests.handin.test_finish import RIGHT
from tests.intake.release import by_id

RELU = solution()["relu_code"]
LAYOUTS = {
    "a folder each": ("ada/{name}", "ada"),
    "in a folder of the student's": ("ada/to hand in/{name}", "ada"),
    "moodle": ("ada_12_assignsubmission_file_{name}", "ada_12"),
    "canvas": ("ada_1234_5678_{name}", "ada_1234"),
}


@pytest.fixture
def packed(tmp_path):
    """The file of a student who answered one question, with its receipt."""
    (tmp_path / "own").mkdir()
    notebook = filled(tmp_path / "own" / "lab2_layers.ipynb", {"relu_code": RELU, "img2col_why_written": "Memory."})
    finish_line(LAB.name, RIGHT, {"img2col_why": 10}, {}, notebook)
    return pack(notebook)


@pytest.mark.parametrize(("place", "student"), LAYOUTS.values(), ids=LAYOUTS.keys())
@pytest.mark.parametrize("zipped", [False, True], ids=["folder", "zip"])
def test_it_is_one_hand_in_without_a_remark(packed, tmp_path, place, student, zipped):
    path = tmp_path / "class" / place.format(name=packed.path.name)
    path.parent.mkdir(parents=True)
    shutil.copy(packed.path, path)
    folder = tmp_path / "class"
    if zipped:
        folder = tmp_path / shutil.make_archive(str(tmp_path / "class"), "zip", folder)
    released = nbformat.read(LAB.released, 4)
    (handin,), remarks = find_handins(folder, [ReleasedLab.of(released, LAB.name, LAB.asks.EXPORTS)])
    assert (handin.student, handin.lab, handin.remarks, remarks) == (student, LAB.name, [], [])
    assert by_id(handin.notebook, "relu_code").source == RELU
    assert by_id(handin.notebook, "img2col_why").source == "Memory."


def test_a_receipt_beside_a_notebook_is_passed_over(packed, tmp_path):
    released = nbformat.read(LAB.released, 4)
    packed.path.unlink()
    (handin,), remarks = find_handins(tmp_path, [ReleasedLab.of(released, LAB.name, LAB.asks.EXPORTS)])
    assert (handin.student, handin.remarks, remarks) == ("own", [], [])
