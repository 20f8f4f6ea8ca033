"""A lab that starts from an earlier one: the earlier solution lies beside its notebook, as `stu_upload/`."""

from __future__ import annotations

import ast
import zipfile

import pytest

from autograder.build import release
from autograder.build.release import write_release
from autograder.build.start import start_files, working_folder
from autograder.course import Lab, labs

LATER = [lab for lab in labs() if lab.starts_from]
each_later_lab = pytest.mark.parametrize("lab", LATER, ids=lambda lab: lab.name)


@each_later_lab
def test_the_files_are_those_of_the_earlier_labs_hand_in(lab):
    files = start_files(lab)
    assert set(files) == set(lab.starts_from.asks.EXPORTS)
    for name, text in files.items():
        defined = {node.name for node in ast.parse(text).body if isinstance(node, ast.ClassDef | ast.FunctionDef)}
        assert set(lab.starts_from.asks.EXPORTS[name]) <= defined
        assert "NotImplementedError" not in text
        assert "SOLUTION" not in text


@each_later_lab
def test_they_lie_beside_the_released_notebook(lab):
    with working_folder(lab) as folder:
        fresh = {path.relative_to(folder): path.read_text() for path in folder.rglob("*.py")}
    folder = lab.released.parent
    assert {path.relative_to(folder): path.read_text() for path in folder.rglob("*.py")} == fresh


def released(path, *names) -> set[str]:
    write_release(path, names)
    with zipfile.ZipFile(path) as file:
        return {name.removeprefix("aics-labs/labs/") for name in file.namelist()}


@each_later_lab
def test_a_zip_of_the_lab_holds_them_and_not_the_earlier_lab(lab, tmp_path, monkeypatch):
    monkeypatch.setattr(release, "differences", lambda lab: [])
    names = released(tmp_path / "later.zip", lab.name)
    assert {f"{lab.name}/stu_upload/{name}" for name in start_files(lab)} <= names
    assert f"{lab.starts_from.name}/{lab.starts_from.name}.ipynb" not in names


@each_later_lab
def test_a_zip_never_holds_a_task_together_with_its_answer(lab, tmp_path, monkeypatch):
    monkeypatch.setattr(release, "differences", lambda lab: [])
    names = released(tmp_path / "both.zip", lab.name, lab.starts_from.name)
    assert {f"{x.name}/{x.name}.ipynb" for x in (lab, lab.starts_from)} <= names
    assert not any("stu_upload" in name for name in names)


def test_a_lab_knows_the_labs_that_it_builds_on():
    assert Lab("lab3_vgg19").earlier == [Lab("lab2_layers")]
    assert Lab("lab2_layers").earlier == []
