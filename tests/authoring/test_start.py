"""A lab that starts from earlier ones: their solutions lie beside its notebook, as `stu_upload/`."""

from __future__ import annotations

import ast
import zipfile

import pytest
from typer.testing import CliRunner

from autograder.authoring import release
from autograder.authoring.release import write_release
from autograder.authoring.start import finished_files, start_files, working_folder
from autograder.cli import app
from autograder.course import CourseError, Lab, labs

LATER = [lab for lab in labs() if lab.starts_from]
each_later_lab = pytest.mark.parametrize("lab", LATER, ids=lambda lab: lab.name)


def exports(lab) -> dict[str, tuple[str, ...]]:
    """The files that the lab starts from, with what each must define."""
    return {file: names for earlier in reversed(lab.earlier) for file, names in earlier.asks.EXPORTS.items()}


@each_later_lab
def test_the_files_are_those_of_all_earlier_labs_hand_ins(lab):
    files = start_files(lab)
    assert set(files) == set(exports(lab))
    for name, text in files.items():
        defined = {node.name for node in ast.parse(text).body if isinstance(node, ast.ClassDef | ast.FunctionDef)}
        assert set(exports(lab)[name]) <= defined
        assert "NotImplementedError" not in text
        assert "SOLUTION" not in text


@each_later_lab
def test_the_files_of_one_earlier_lab_can_stay_out(lab):
    for earlier in lab.earlier:
        assert set(start_files(lab, without=[earlier])) == set(exports(lab)) - set(earlier.asks.EXPORTS)
    assert start_files(lab, without=lab.earlier) == {}


@each_later_lab
def test_they_are_the_very_files_that_the_earlier_lab_started_from(lab):
    files = start_files(lab)
    for earlier in lab.earlier:
        assert start_files(earlier).items() <= files.items()


@each_later_lab
def test_they_lie_beside_the_released_notebook(lab):
    with working_folder(lab) as folder:
        fresh = {path.relative_to(folder): path.read_text() for path in folder.rglob("*.py")}
    folder = lab.released.parent
    assert {path.relative_to(folder): path.read_text() for path in folder.rglob("*.py")} == fresh


@pytest.mark.parametrize("lab", [lab for lab in labs() if hasattr(lab.asks, "EXPORTS")], ids=lambda lab: lab.name)
def test_finished_is_the_labs_own_solution_beside_what_it_starts_from(lab):
    files = finished_files(lab)
    assert set(files) == set(start_files(lab)) | set(lab.asks.EXPORTS)
    for name in lab.asks.EXPORTS:
        assert "NotImplementedError" not in files[name]
        assert "SOLUTION" not in files[name]


def test_a_lab_without_files_of_its_own_cannot_be_finished_as_files(monkeypatch):
    lab = Lab("lab2_layers")
    monkeypatch.delattr(lab.asks, "EXPORTS")
    with pytest.raises(CourseError, match="lab2_layers writes no files of its own"):
        finished_files(lab)


def test_the_finish_command_writes_them(tmp_path):
    done = CliRunner().invoke(app, ["finish", "lab2_layers", "--to", str(tmp_path / "finished")])
    assert done.exit_code == 0, done.output
    for name, text in finished_files(Lab("lab2_layers")).items():
        assert (tmp_path / "finished" / name).read_text("utf-8") == text
        assert name in done.output


def released(path, *names) -> set[str]:
    write_release(path, names)
    with zipfile.ZipFile(path) as file:
        return {name.removeprefix("aics-labs/labs/") for name in file.namelist()}


@each_later_lab
def test_a_zip_of_the_lab_holds_them_and_not_the_earlier_lab(lab, tmp_path, monkeypatch):
    monkeypatch.setattr(release, "differences", lambda _lab: [])
    names = released(tmp_path / "later.zip", lab.name)
    assert {f"{lab.name}/stu_upload/{name}" for name in start_files(lab)} <= names
    assert f"{lab.starts_from.name}/{lab.starts_from.name}.ipynb" not in names


@each_later_lab
def test_a_zip_never_holds_a_task_together_with_its_answer(lab, tmp_path, monkeypatch):
    monkeypatch.setattr(release, "differences", lambda _lab: [])
    for earlier in lab.earlier:
        names = released(tmp_path / "both.zip", lab.name, earlier.name)
        assert {f"{x.name}/{x.name}.ipynb" for x in (lab, earlier)} <= names
        assert not any(f"stu_upload/{file}" in name for name in names for file in earlier.asks.EXPORTS)
        rest = set(start_files(lab)) - set(earlier.asks.EXPORTS)
        assert {f"{lab.name}/stu_upload/{file}" for file in rest} <= names
    names = released(tmp_path / "all.zip", lab.name, *(earlier.name for earlier in lab.earlier))
    assert not any("stu_upload" in name for name in names)


CHAINS = {
    "lab2_layers": [],
    "lab3_vgg19": ["lab2_layers"],
    "lab5_style_transfer": ["lab3_vgg19", "lab2_layers"],
}


@pytest.mark.parametrize("name", CHAINS)
def test_a_lab_knows_the_labs_that_it_builds_on_the_nearest_first(name):
    assert [lab.name for lab in Lab(name).earlier] == CHAINS[name]
