"""Whose code a demo computes with: a student's own where it is exported and finished, else finished code."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from aics.demos.own import find_code, finished_code, stopped
from aics.language import speaking
from aics.notebook.earlier import PACKAGE, prepare
from autograder.authoring.start import finished_files
from autograder.course import Lab

OWN = finished_files(Lab("lab3_vgg19"))


@pytest.fixture(autouse=True)
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The page's folder, beside those of the labs."""
    folder = tmp_path / "demos"
    folder.mkdir()
    monkeypatch.chdir(folder)
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def export(page: Path, **files: str) -> Path:
    """Write lab 2's exported files."""
    folder = page.parent / "lab2_layers" / PACKAGE
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("layers_1", "layers_2"):
        (folder / f"{name}.py").write_text(files.get(name, OWN[f"{name}.py"]))
    return folder


def test_without_exported_files_there_is_finished_code() -> None:
    code = find_code("layers")
    assert not code.own("layers_2")
    assert code.whose.startswith("Layers: finished ones")


def test_whose_code_it_is_is_said_in_the_language_spoken_now() -> None:
    with speaking("zh"):
        assert finished_code("layers").whose == find_code("layers").whose
        assert find_code("layers").whose.startswith("层：用现成的")
    assert finished_code("layers").whose == find_code("layers").whose
    assert find_code("layers").whose.startswith("Layers: finished ones")


def test_exported_and_finished_files_are_the_students_own(page: Path) -> None:
    folder = export(page)
    code = find_code("layers")
    assert code.own("layers_2")
    assert Path(code.files["layers_2"].__file__ or "").parent == folder
    assert code.whose == "Layers: your own, from lab2_layers."


def test_what_does_not_import_is_replaced_and_said(page: Path) -> None:
    export(page, layers_2="import nothing_of_this_name")
    code = find_code("layers")
    assert not code.own("layers_2")
    assert "layers_2.py in lab2_layers cannot be imported (ModuleNotFoundError" in code.whose


def test_a_file_is_imported_again_when_it_has_changed_and_only_then(page: Path) -> None:
    folder = export(page)
    first = find_code("layers")
    assert find_code("layers") is first
    os.utime(folder / "layers_2.py", (1, 1))
    assert find_code("layers") is not first


def test_what_a_file_prints_is_not_shown(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export(page, layers_1="print('here I am')\n" + OWN["layers_1.py"])
    assert find_code("layers").own("layers_1")
    assert capsys.readouterr().out == ""


def test_an_error_of_the_students_is_one_sentence_with_its_line(page: Path) -> None:
    export(page, layers_2=OWN["layers_2.py"].replace("self.input = input", "self.input = input.nothing", 1))
    layer = find_code("layers").files["layers_2"].ConvolutionalLayer(3, 1, 1, 0, 1)
    layer.init_param()
    with pytest.raises(AttributeError) as raised:
        layer.forward(np.zeros((1, 1, 4, 4), np.float32))
    sentence = stopped(raised.value)
    assert sentence.startswith("forward_raw in layers_2.py stopped with AttributeError: ")
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_any_other_error_is_one_sentence_too() -> None:
    assert stopped(ValueError("two\nlines")) == "The code stopped with ValueError: two lines."


def test_a_notebooks_own_package_stays_what_it_is() -> None:
    """A lab that has begun with finished files goes on with them after a demo was shown."""
    prepare(("layers", "network"), [])
    before = {name: module for name, module in sys.modules.items() if name.startswith(PACKAGE)}
    assert f"{PACKAGE}.vgg_cpu" in before
    find_code("layers")
    assert {name: module for name, module in sys.modules.items() if name.startswith(PACKAGE)} == before
