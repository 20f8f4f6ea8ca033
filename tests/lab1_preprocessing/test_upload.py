"""The exported preprocess.py runs alone, and is a hand-in of its own."""

from __future__ import annotations

import subprocess
import sys

import nbformat
import pytest

from aics.check.judge import judge
from aics.notebook.export import export, unfinished
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.public_cases import public_cases
from autograder.course import Lab
from autograder.intake.released_lab import ReleasedLab
from autograder.intake.stu_upload import place

LAB = Lab("lab1_preprocessing")
(FILE,) = LAB.asks.EXPORTS
DECORATED = """
from functools import wraps

def loud(function):
    @wraps(function)
    def called(*arguments):
        return function(*arguments)
    return called

@loud
def whiten(image):
    return image * 0
"""


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The folder with the finished functions' file."""
    folder = tmp_path_factory.mktemp("upload")
    export(LAB.name, run_cells(solution_cells(LAB)), folder)
    return folder


def test_every_stub_is_exported_and_said_to_be_unfinished_until_it_is_filled():
    release = nbformat.read(LAB.released, 4)
    stubs = {cell.id: cell.source for cell in release.cells if cell.id.endswith("_code")}
    names = LAB.asks.EXPORTS[FILE]
    empty = run_cells(solution_cells(LAB), stubs)
    assert [line for name in names for line in unfinished(empty[name])] == list(names)
    full = run_cells(solution_cells(LAB))
    assert [line for name in names for line in unfinished(full[name])] == []


def test_the_file_runs_alone(exported):
    code = (
        "import numpy as np; from preprocess import *; "
        "image = np.arange(300 * 240 * 3).reshape(300, 240, 3).astype(np.uint8); "
        "print(resize_then_crop(image).shape, crop_then_resize(image).dtype, "
        "color_jitter(image / 255, np.random.default_rng(0)).shape, 'aics' in __import__('sys').modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=exported, capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout.split("\n")[0] == "(224, 224, 3) float32 (300, 240, 3) False"


def test_the_file_is_a_hand_in_with_every_point(exported):
    release = nbformat.read(LAB.released, 4)
    shape = ReleasedLab.of(release, LAB.name, LAB.asks.EXPORTS)
    notebook, remarks = place({FILE: (exported / FILE).read_text()}, shape)
    assert remarks == []
    cells = [(c.id, c.source) for c in notebook.cells if c.cell_type == "code"]
    namespace = run_cells([(name, source) for name, source in cells if not name.endswith(("_check", "_look"))])
    for name, question in LAB.questions.items():
        cases = public_cases(question)
        answers = [LAB.answer(name, namespace, case) for case in cases]
        assert judge(LAB.rule(name), cases, [question.expected(**c) for c in cases], answers).passed, name


def test_a_function_under_a_decorator_is_exported(tmp_path):
    namespace = run_cells([*solution_cells(LAB), ("later", DECORATED)])
    export(LAB.name, namespace, tmp_path)
    code = "import numpy as np; from preprocess import whiten; print(whiten(np.ones(3)).tolist())"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.strip() == "[0.0, 0.0, 0.0]", done.stderr
