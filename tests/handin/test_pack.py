"""``aics pack`` makes one file for a lab: the notebook, its receipt, small enough for any system."""

from __future__ import annotations

import json
import zipfile

import pytest

from aics import cli
from aics.check import LabError
from aics.handin.finish import finish_line
from aics.handin.notebook_file import answers_in, cells_of
from aics.handin.pack import LIMIT, is_answered, notebooks_below, pack
from autograder.course import labs
from tests.handin.notebooks import LAB, filled, released, solution
from tests.handin.test_finish import RIGHT

RELU = solution()["relu_code"]


def names_in(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return archive.namelist()


@pytest.fixture
def notebook(tmp_path):
    """A notebook with one answer, and its receipt."""
    path = filled(tmp_path / "lab2_layers.ipynb", {"relu_code": RELU})
    finish_line(LAB.name, RIGHT, {"img2col_why": 10}, {}, path)
    return path


def test_the_file_holds_the_notebook_as_it_is_and_its_receipt(notebook):
    packed = pack(notebook)
    assert packed.path == notebook.with_name("lab2_layers.handin.zip")
    assert packed.warnings == ()
    assert names_in(packed.path) == ["lab2_layers.ipynb", "lab2_layers.receipt.json"] == list(packed.names)
    with zipfile.ZipFile(packed.path) as archive:
        assert archive.read("lab2_layers.ipynb") == notebook.read_bytes()
        assert json.loads(archive.read("lab2_layers.receipt.json"))["code"] == packed.code


def test_a_receipt_that_is_older_than_the_answers_is_said(notebook):
    filled(notebook, {"relu_code": RELU.replace("np.maximum", "np.fmax"), "img2col_why_written": "Memory."})
    (warning,) = pack(notebook).warnings
    assert "is older than the answers; changed since: relu_code, img2col_why." in warning


def test_without_a_receipt_it_says_how_to_get_one(tmp_path):
    packed = pack(filled(tmp_path / "mine.ipynb", {"relu_code": RELU}))
    assert packed.names == ("mine.ipynb",)
    assert "`aics check mine.ipynb`" in packed.warnings[0]


def test_a_large_notebook_goes_without_its_outputs_and_with_every_answer(notebook):
    content = json.loads(notebook.read_bytes())
    picture = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "A" * LIMIT}}
    next(cell for cell in content["cells"] if cell["cell_type"] == "code")["outputs"] = [picture]
    notebook.write_text(json.dumps(content))
    before = notebook.read_bytes()
    packed = pack(notebook)
    assert packed.size < LIMIT / 10
    assert "larger than 5 MB" in packed.warnings[0]
    assert notebook.read_bytes() == before
    with zipfile.ZipFile(packed.path) as archive:
        archive.extract("lab2_layers.ipynb", notebook.parent / "out")
    assert answers_in(cells_of(notebook.parent / "out" / "lab2_layers.ipynb")) == answers_in(cells_of(notebook))


@pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
def test_a_released_notebook_counts_as_unanswered(lab):
    assert not is_answered(answers_in(cells_of(lab.released)))


def test_a_folder_gives_each_lab_in_which_something_is_answered(tmp_path):
    for name, answers in (("labs/lab2_layers/lab2_layers", {"relu_code": RELU}), ("labs/other/untouched", {})):
        (tmp_path / name).parent.mkdir(parents=True)
        filled(tmp_path / f"{name}.ipynb", answers)
    (tmp_path / "labs" / "lab2_layers" / ".ipynb_checkpoints").mkdir()
    filled(tmp_path / "labs/lab2_layers/.ipynb_checkpoints/lab2_layers-checkpoint.ipynb", {"relu_code": RELU})
    filled(tmp_path / "labs/lab2_layers/try.ipynb", {"relu_code": RELU})
    assert notebooks_below(tmp_path) == [tmp_path / "labs/lab2_layers/lab2_layers.ipynb"]


def test_of_two_that_might_be_meant_none_is_guessed(tmp_path):
    for name in ("a.ipynb", "b.ipynb"):
        filled(tmp_path / name, {"relu_code": RELU})
    with pytest.raises(LabError, match=r"several notebooks of lab2_layers: .*a\.ipynb, .*b\.ipynb\. Name the one"):
        notebooks_below(tmp_path)


REFUSED = {
    "no lab's": ("notes.ipynb", "is no notebook of a lab"),
    "no notebook": ("letter.txt", "is not a Jupyter notebook"),
    "nothing": ("nowhere.ipynb", "is not there"),
    "an empty folder": ("empty", "No notebook of a lab with an answer in it"),
}


@pytest.mark.parametrize(("name", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_labs_notebook_is_refused_in_one_line(tmp_path, capsys, name, said):
    (tmp_path / "notes.ipynb").write_text(json.dumps({"cells": released()["cells"][2:]}))
    (tmp_path / "letter.txt").write_text("Dear students")
    (tmp_path / "empty").mkdir()
    assert cli.main(["pack", str(tmp_path / name)]) == 1
    printed = capsys.readouterr()
    assert said in printed.err
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert not list(tmp_path.glob("*.zip"))


def test_the_command_says_name_size_and_code(notebook, capsys):
    assert cli.main(["pack", str(notebook)]) == 0
    printed = capsys.readouterr().out
    assert f"Hand in this file: {notebook.with_name('lab2_layers.handin.zip')} (" in printed
    assert " kB)" in printed
    assert "In it: lab2_layers.ipynb, lab2_layers.receipt.json. Code of the answers: " in printed
