"""Work that another package does earns nothing, and costs only the question that it was done for."""

from __future__ import annotations

import nbformat
import numpy as np
import pytest

from autograder.authoring.source import source_notebook
from autograder.course import Lab
from autograder.grading.allowed import beyond_allowed
from autograder.grading.attempt import Attempt
from autograder.grading.steps import Step, steps_of
from autograder.measure.prove import exchanged

from .conftest import LAB

SESSION = """
from aics.kernels.onnxruntime import make_session

def by_onnxruntime(x, weight, bias, stride, pad):
    nodes = [("Conv", ["x", "w", "b"], "y", {"strides": [stride] * 2, "pads": [pad] * 4})]
    w = np.ascontiguousarray(weight.transpose(3, 0, 1, 2))
    return make_session({"x": 4, "w": 4, "b": 1}, nodes).run(None, {"x": x, "w": w, "b": bias})[0]

@add_to_class(ConvolutionalLayer)
def forward_raw(self, input):
    self.input = input
    return by_onnxruntime(input, self.weight, self.bias, self.stride, self.padding)
"""
WINOGRAD = """
from aics.layers.fast import _Winograd

def conv_winograd(input, weight, bias):
    return _Winograd(weight.transpose(3, 0, 1, 2), bias)(input)
"""
TRANSFORM = """
def resize(image, height, width):
    h, w = image.shape[:2]
    planes = [Image.fromarray(np.pad(image[..., c].astype(np.float32), 1, mode="edge")) for c in range(3)]
    way = (w / width, 0, 1, 0, h / height, 1)
    moved = [plane.transform((width, height), Image.AFFINE, way, Image.BILINEAR) for plane in planes]
    return np.stack([np.asarray(plane) for plane in moved], -1).astype(np.float32)
"""


@pytest.fixture
def graded(bench):
    """Return ``graded(lab, *questions, cell=source)``: verdicts on a lab's solution with some cells exchanged."""

    def run(lab, *questions, **sources):
        notebook = exchanged(source_notebook(lab), {f"{name}_code": source for name, source in sources.items()})
        steps = steps_of(notebook, lab.questions)
        draw = lambda _name: np.random.default_rng()  # noqa: E731
        return Attempt(lab, steps, bench, draw, only=questions, values_only=True).run().verdicts

    return run


@pytest.mark.parametrize(
    ("lab", "question", "source", "module"),
    [
        ("lab2_layers", "conv_forward", SESSION, "aics.kernels.onnxruntime"),
        ("lab2_layers", "conv_forward_speedup", SESSION.replace("_raw", "_speedup"), "aics.kernels.onnxruntime"),
        ("lab2_layers", "conv_winograd", WINOGRAD, "aics.layers.fast"),
        ("lab1_preprocessing", "resize", TRANSFORM, "PIL.Image.fromarray"),
    ],
)
def test_another_packages_work_earns_nothing(graded, lab, question, source, module):
    verdict = graded(Lab(lab), question, **{question: source})[question]

    assert (verdict.score, verdict.rung) == (0, "allowed")
    assert module in verdict.reason
    assert verdict.got.startswith(f"{question}_code, line ")


def test_a_question_that_does_not_call_it_loses_nothing(graded):
    """The class's own forward calls either way: the text does not say which, the run does."""
    verdicts = graded(LAB, "relu", "conv_forward", "conv_forward_speedup", conv_forward=SESSION)

    assert [verdict.passed for verdict in verdicts.values()] == [True, False, True]


def test_imports_that_a_question_does_not_use_cost_nothing(grade, solution):
    unused = "import scipy.io, torch\nfrom scipy.signal import convolve2d\nprint(convolve2d)"
    notebook = nbformat.from_dict(solution)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(unused))

    assert grade(notebook, "relu").verdicts["relu"].passed


def test_what_no_question_may_use_is_not_there(grade, solved_but):
    """Even for code whose text says nothing of it."""
    notebook = solved_but(relu="import scipy\n\nclass ReLULayer:\n    pass\n")

    failed = grade(notebook, "relu").failed_cells
    assert any("scipy may not be used in this lab" in cell for cell in failed)


SHADOW = """
import os
code = "from PIL import Image\\nimport numpy as np\\ndef way(x, h, w):\\n    return np.zeros((h, w, 3), np.float32)"
for name in ("colorsys.py", "stu_upload/layers_1.py"):
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    open(name, "w").write(code)
"""


@pytest.mark.parametrize("module", ["colorsys", "stu_upload.layers_1"])
def test_a_file_that_is_written_on_the_way_takes_no_packages_place(graded, module):
    source = (
        f"{SHADOW}\nfrom {module} import way\ndef resize(image, height, width):\n    return way(image, height, width)"
    )
    verdict = graded(Lab("lab1_preprocessing"), "resize", resize=source)["resize"]

    assert (verdict.score, verdict.rung) == (0, "defined" if module == "colorsys" else "allowed")


def test_a_cell_that_crashes_the_parser_hides_no_other():
    cells = ["x = " + "-" * 200_000 + "1", "import torch\ndef conv_winograd(input, weight, bias):\n    return torch"]
    steps = [Step(place=i, grade_id="", source=source) for i, source in enumerate(cells)]

    assert beyond_allowed(LAB, steps, ["conv_winograd"], ()).there["conv_winograd"].module == "torch"
