"""Whose layers a lab starts from: the student's own where they are finished, else finished ones; a sentence says it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from aics.notebook.earlier import FINISHED, PACKAGE, start_from
from autograder.authoring.start import finished_files
from autograder.course import Lab, labs

OWN = finished_files(Lab("lab3_vgg19"))
ABSENT = "finished ones (ONNX Runtime), since no lab beside this one has exported its own yet."


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """A lab's folder as the working folder of a notebook; what is imported is forgotten."""
    folder = tmp_path / "lab4_later"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.syspath_prepend("")
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def export(lab: Path, **files: str) -> None:
    """Write a student's files; the solution's where no text is given."""
    folder = lab / PACKAGE
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text or OWN[f"{name}.py"])


def said(capsys, *parts: str) -> list[str]:
    start_from(*parts)
    return capsys.readouterr().out.splitlines()


def home(name: str) -> Path:
    """The folder that a class in use comes from."""
    file = next(file for file in ("layers_1", "layers_2", "vgg_cpu") if hasattr(sys.modules[f"{PACKAGE}.{file}"], name))
    return Path(sys.modules[f"{PACKAGE}.{file}"].__file__).parent


def test_alone_there_are_finished_ones(capsys):
    assert said(capsys, "layers", "network") == [f"Layers: {ABSENT}", f"Network: {ABSENT}"]
    from stu_upload.layers_2 import MaxPoolingLayer
    from stu_upload.vgg_cpu import VGG19

    assert MaxPoolingLayer(2, 2).forward(np.zeros((1, 1, 4, 4))).shape == (1, 1, 2, 2)
    assert home("VGG19") == FINISHED
    assert (MaxPoolingLayer.__module__, VGG19.__module__) == ("stu_upload.layers_2", "stu_upload.vgg_cpu")


def test_finished_own_ones_are_used(here, capsys):
    export(here.parent / "lab2_layers", layers_1="", layers_2="")
    export(here.parent / "lab3_vgg19", vgg_cpu="")
    assert said(capsys, "layers", "network") == [
        "Layers: your own, from lab2_layers.",
        "Network: your own, from lab3_vgg19.",
    ]
    assert home("ReLULayer") == here.parent / "lab2_layers" / PACKAGE
    assert home("VGG19") == here.parent / "lab3_vgg19" / PACKAGE


def test_what_lies_beside_the_notebook_comes_first(here, capsys):
    export(here.parent / "lab2_layers", layers_1="raise ValueError('not this one')", layers_2="")
    export(here, layers_1="", layers_2="")
    assert said(capsys, "layers") == ["Layers: the files in stu_upload beside this notebook."]


def test_an_own_network_runs_on_finished_layers(here, capsys):
    export(here.parent / "lab3_vgg19", vgg_cpu="")
    assert said(capsys, "layers", "network") == [f"Layers: {ABSENT}", "Network: your own, from lab3_vgg19."]
    layers = sys.modules[f"{PACKAGE}.layers_2"]
    assert sys.modules[f"{PACKAGE}.vgg_cpu"].ConvolutionalLayer is layers.ConvolutionalLayer
    assert home("ConvolutionalLayer") == FINISHED


STUB = OWN["layers_1.py"].replace(
    "        return np.maximum(input, 0)\n", '        raise NotImplementedError("lab 2")\n'
)
BROKEN = {
    "an empty stub": (STUB, "since ReLULayer.forward in lab2_layers is not finished yet"),
    "a class that is not there": ("class ReLULayer: pass", "since FullyConnectedLayer in lab2_layers is not finished"),
    "no Python": ("def f(:", "since layers_1.py in lab2_layers cannot be imported (SyntaxError: "),
    "an import": ("import nowhere", "cannot be imported (ModuleNotFoundError: No module named 'nowhere')"),
    "an exit": ("raise SystemExit('bye')", "cannot be imported (SystemExit: bye)"),
}


@pytest.mark.parametrize(("text", "why"), BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_used_never_stops_the_lab_and_is_named(here, capsys, text, why):
    assert OWN["layers_1.py"] != STUB
    export(here.parent / "lab2_layers", layers_1=text, layers_2="")
    (sentence,) = said(capsys, "layers")
    assert sentence.startswith("Layers: finished ones (ONNX Runtime), ")
    assert why in sentence
    assert home("ReLULayer") == home("FlattenLayer") == FINISHED


def test_half_of_the_files_is_not_finished(here, capsys):
    export(here.parent / "lab2_layers", layers_1="")
    (sentence,) = said(capsys, "layers")
    assert sentence.endswith("since layers_2.py in lab2_layers is not finished yet.")


def test_running_it_again_takes_what_was_exported_meanwhile(here, capsys):
    assert said(capsys, "layers") == [f"Layers: {ABSENT}"]
    export(here.parent / "lab2_layers", layers_1="", layers_2="")
    assert said(capsys, "layers") == ["Layers: your own, from lab2_layers."]
    assert home("ReLULayer") == here.parent / "lab2_layers" / PACKAGE


def test_every_file_that_a_lab_starts_from_has_a_finished_one():
    needed = {file for lab in labs() for earlier in lab.earlier for file in earlier.asks.EXPORTS}
    assert needed == {path.name for path in FINISHED.glob("*.py")} & needed != set()
