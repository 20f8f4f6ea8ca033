"""A lab that starts from earlier ones: their solutions lie beside its graded code, and nowhere under labs/."""

from __future__ import annotations

import ast

import pytest
from typer.testing import CliRunner

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
def test_they_are_the_very_files_that_the_earlier_lab_started_from(lab):
    files = start_files(lab)
    for earlier in lab.earlier:
        assert start_files(earlier).items() <= files.items()


@each_later_lab
def test_they_lie_beside_graded_code(lab):
    with working_folder(lab) as folder:
        assert {path.name: path.read_text() for path in folder.glob("stu_upload/*")} == start_files(lab)


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


CHAINS = {
    "lab2_layers": [],
    "lab3_vgg19": ["lab2_layers"],
    "lab5_style_transfer": ["lab3_vgg19", "lab2_layers"],
}


@pytest.mark.parametrize("name", CHAINS)
def test_a_lab_knows_the_labs_that_it_builds_on_the_nearest_first(name):
    assert [lab.name for lab in Lab(name).earlier] == CHAINS[name]
