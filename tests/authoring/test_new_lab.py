"""A new lab is built from its two folders, and what was changed by hand in what was built is named."""

from __future__ import annotations

import shutil

import nbformat
import numpy as np
import pytest

from aics import open_lab
from aics.check import checker as check
from autograder.authoring import build as build_lab
from autograder.authoring.build import build, differences
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.public_cases import _round
from autograder.course import ClassFolder, CourseError
from autograder.gradebook.nbgrader import Nbgrader
from tests.authoring.tiny_lab import Tiny, added, write_tiny


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The tiny lab, built, with its class's state."""
    root, state = write_tiny(tmp_path_factory.mktemp("checkout")), ClassFolder(tmp_path_factory.mktemp("class"))
    with pytest.MonkeyPatch.context() as monkeypatch:
        tiny = added(root, monkeypatch)
        changed = build(tiny.lab, state)
        assert [path.name for path in changed] == ["lab0_tiny.ipynb", "lab0_tiny.npz"]
        yield tiny, state


@pytest.fixture
def fresh(built, tmp_path, monkeypatch):
    """The tiny lab beside what a fresh build would make of it, which need not be made for every test."""
    copies = {}
    for path in (built[0].lab.released, built[0].lab.reference):
        copies[tmp_path / path.name] = path
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(build_lab, "_fresh", lambda _lab, _scratch: copies)
    return tmp_path


def test_a_new_lab_is_in_the_gradebook_and_its_check_names_its_mistake(built, monkeypatch):
    tiny, state = built
    assert Nbgrader(state).knows(tiny.lab)
    monkeypatch.setattr(check, "data_folder", lambda: tiny.root / "data")
    cells = solution_cells(tiny.lab)
    assert open_lab("lab0_tiny").verdict("double", run_cells(cells)).score == 7
    squared = run_cells(cells, {"double_code": tiny.lab.misconceptions[0].source})
    assert open_lab("lab0_tiny").verdict("double", squared).misconception == "squared"


def test_a_gradebook_without_the_lab_does_not_know_it(built, tmp_path):
    assert not Nbgrader(ClassFolder(tmp_path)).knows(built[0].lab)


def test_the_mark_scheme_and_the_solution_stay_with_the_instructor(built):
    text = built[0].lab.released.read_text()
    assert "secret_way" not in text
    assert "mark scheme" not in text
    assert "*Your answer here.*" in text


def test_building_again_changes_nothing(built):
    tiny, state = built
    before = [path.read_bytes() for path in (tiny.lab.released, tiny.lab.reference)]
    assert build(tiny.lab, state) == []
    assert [path.read_bytes() for path in (tiny.lab.released, tiny.lab.reference)] == before


def test_a_changed_cell_is_named(fresh):
    notebook = nbformat.read(fresh / "lab0_tiny.ipynb", 4)
    notebook.cells[1].source += "\nprint('taught live')"
    nbformat.write(notebook, fresh / "lab0_tiny.ipynb")
    assert differences(Tiny(fresh).lab) == ["lab0_tiny.ipynb differs from a fresh build in setup_given"]


def test_a_missing_cell_and_missing_files_are_named(fresh):
    notebook = nbformat.read(fresh / "lab0_tiny.ipynb", 4)
    del notebook.cells[-1]
    nbformat.write(notebook, fresh / "lab0_tiny.ipynb")
    (fresh / "lab0_tiny.npz").unlink()
    assert differences(Tiny(fresh).lab) == [
        "lab0_tiny.ipynb differs from a fresh build in the number of cells",
        "lab0_tiny.npz is missing",
    ]


def test_changed_reference_data_is_named(fresh):
    with np.load(fresh / "lab0_tiny.npz") as file:
        arrays = {key: file[key] for key in file.files}
    case = next(key for key in arrays if key != "about")
    np.savez(fresh / "lab0_tiny.npz", **arrays | {case: arrays[case] + 1})
    (question,) = Tiny(fresh).lab.questions
    assert differences(Tiny(fresh).lab) == [f"lab0_tiny.npz differs from a fresh build in {question}"]


ROUNDED = [(1 / 3, 0.3333), (-123456.0, -123500.0), (0.0, 0.0), (1e-30 / 3, 3.333e-31)]


@pytest.mark.parametrize(("value", "kept"), ROUNDED)
def test_reference_numbers_keep_their_first_digits_only(value, kept):
    np.testing.assert_allclose(_round(np.array(value), 4), kept, rtol=1e-15)


def test_reference_numbers_may_be_no_numbers():
    np.testing.assert_array_equal(_round(np.array([np.nan, -np.inf]), 4), [np.nan, -np.inf])
    assert _round(np.array([7, 8]), 1).dtype == np.int64


@pytest.mark.slow
def test_cells_are_not_added_once_hand_ins_are_in_the_gradebook(tiny, tmp_path):
    state = ClassFolder(tmp_path / "class")
    build(tiny.lab, state)
    with Nbgrader(state).gradebook() as gradebook:
        gradebook.add_student("ada")
        gradebook.add_submission(tiny.lab.name, "ada")
    assert build(tiny.lab, state) == []
    before = tiny.lab.released.read_bytes()
    source = tiny.lab.folder / "notebook.py"
    source.write_text(source.read_text("utf-8") + '\n# %% given="more"\nx = 1\n', "utf-8")
    with pytest.raises(CourseError, match=r"hand-ins are in the gradebook \(more_given\)"):
        build(tiny.lab, state)
    assert tiny.lab.released.read_bytes() == before
