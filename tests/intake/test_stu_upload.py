"""place: the original course's files in the released notebook."""

from __future__ import annotations

import pytest

from autograder.intake.released_lab import ReleasedLab
from autograder.intake.stu_upload import place
from tests.intake.release import EXPORTS, SETUP, by_id, code, release, shape, stub

RELU = "class ReLULayer(object):\n    def forward(self, x):\n        return x + 1\n"
SOFTMAX = "class SoftmaxLossLayer(object):\n    def forward(self, x):\n        return x + 2\n"
FLATTEN = "class FlattenLayer(object):\n    def forward(self, x):\n        return x + 3\n"
UNTOUCHED = stub("FlattenLayer", "forward")


def run(notebook) -> dict:
    """Run the code cells but the tests, as the sandbox would; these sources are this file's own."""
    names = {"__name__": "__main__", "add_to_class": lambda cls: lambda f: setattr(cls, f.__name__, f)}
    for cell in notebook.cells:
        if cell.cell_type == "code" and not cell.metadata.nbgrader.grade:
            exec(cell.source, names)
    return names


def test_the_text_goes_into_the_first_stub_and_the_others_point_there():
    notebook, remarks = place({"layers_1.py": RELU + SOFTMAX, "layers_2.py": FLATTEN}, shape())
    assert remarks == []
    assert by_id(notebook, "relu_code").source == (RELU + SOFTMAX).strip()
    assert by_id(notebook, "softmax_loss_code").source == "# see the cell above: from layers_1.py"
    assert by_id(notebook, "flatten_code").source == FLATTEN.strip()
    assert "NotImplementedError" in by_id(notebook, "output_size_code").source
    assert run(notebook)["SoftmaxLossLayer"]().forward(1) == 3


def test_a_class_that_is_missing_stays_a_stub():
    notebook, remarks = place({"layers_1.py": RELU}, shape())
    assert remarks == ["layers_1.py does not define SoftmaxLossLayer: left as released"]
    assert by_id(notebook, "softmax_loss_code").source == stub("SoftmaxLossLayer", "forward")
    assert by_id(notebook, "flatten_code").source == UNTOUCHED


def test_a_file_of_nothing_asked():
    assert place({"layers_1.py": "x = 1"}, shape())[1][-1] == "layers_1.py defines nothing that this lab asks for"


def test_a_function_of_the_lab_is_taken_too():
    size = "def output_size(size, kernel):\n    return 7\n"
    notebook, remarks = place({"layers_2.py": size + FLATTEN}, shape())
    assert remarks == []
    assert run(notebook)["output_size"](1, 1) == 7
    assert by_id(notebook, "flatten_code").source == "# see the cell above: from layers_2.py"


def test_a_skeleton_given_later_does_not_replace_the_students_class():
    late = release()
    late.cells[1].source = SETUP.split("\n\n\n")[0]
    given = code(SETUP.split("\n\n\n", 1)[1])
    given.metadata = {"nbgrader": dict(late.cells[1].metadata.nbgrader, grade_id="late_given")}
    given.id = "late_given"
    late.cells.insert(4, given)
    notebook, _ = place({"layers_1.py": RELU + SOFTMAX}, ReleasedLab.of(late, "lab9_small", EXPORTS))
    assert run(notebook)["SoftmaxLossLayer"]().forward(1) == 3


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("from layers_1 import ReLULayer, SoftmaxLossLayer", "pass"),
        ("from layers_1 import *", "pass"),
        ("from layers_1 import ReLULayer as R", "R = ReLULayer"),
        ("from layers_1 import (\n    ReLULayer,\n    SoftmaxLossLayer as S,\n)", "S = SoftmaxLossLayer"),
        ("from .layers_1 import ReLULayer", "pass"),
        ("from stu_upload.layers_1 import ReLULayer", "pass"),
        ("import os, not_there", "import os, not_there"),
        ("from scipy.signal import convolve", "from scipy.signal import convolve"),
        ("import layers_1", "layers_1 = type('layers_1', (), dict(ReLULayer=ReLULayer,"),
        ("from stu_upload import layers_1", "layers_1 = type('layers_1', (), dict(ReLULayer=ReLULayer,"),
        ('try:\n    from layers_1 import ReLULayer  # "é"\nexcept ImportError: raise', "try:\n    pass"),
        ('é = "é"; from layers_1 import ReLULayer; y = 2', 'é = "é"; pass; y = 2'),
    ],
)
def test_imports_between_course_files_are_dropped(line, kept):
    notebook, _ = place({"layers_2.py": f"{line}\n{FLATTEN}"}, shape())
    source = by_id(notebook, "flatten_code").source
    assert source.startswith(kept)
    assert source.endswith(FLATTEN.strip())


def test_a_sibling_module_by_name():
    text = "import layers_1 as L\n" + FLATTEN.replace("x + 3", "L.ReLULayer().forward(x)")
    notebook, _ = place({"layers_1.py": RELU + SOFTMAX, "layers_2.py": text}, shape())
    assert run(notebook)["FlattenLayer"]().forward(1) == 2


def test_the_main_part_does_not_run():
    text = FLATTEN + 'if __name__ == "__main__":\n    raise SystemExit\n'
    notebook, _ = place({"layers_2.py": text}, shape())
    assert run(notebook)["FlattenLayer"]().forward(1) == 4


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig", "latin-1"])
def test_encodings(encoding):
    cookie = "" if encoding == "utf-8-sig" else f"# -*- coding: {encoding} -*-\n"
    word = "é" if encoding == "latin-1" else "层"
    content = f'{cookie}"""{word}"""\r\n{FLATTEN}'.encode(encoding)
    notebook, remarks = place({"layers_2.py": content}, shape())
    assert remarks == []
    assert word in by_id(notebook, "flatten_code").source


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("class A:\n    pass\nprint 'x", "line 3, `print 'x` (print is a function in Python 3: print(...))"),
        ("def f(:", "line 1, `def f(:` (invalid syntax)"),
        ("x = " + "-" * 150_000 + "1", "cannot be parsed"),
    ],
)
def test_what_is_not_python_3_is_left_out_and_the_line_is_named(text, sentence):
    notebook, remarks = place({"layers_1.py": text, "layers_2.py": FLATTEN}, shape())
    (remark,) = remarks
    assert remark.startswith("layers_1.py is not Python 3: ")
    assert sentence in remark
    assert by_id(notebook, "flatten_code").source == FLATTEN.strip()
    assert "NotImplementedError" in by_id(notebook, "relu_code").source


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe\x00", "is not text"),
        (b"x = 1\0", "holds a zero byte"),
        (b"#" * 2_000_000, "is longer than"),
    ],
)
def test_what_is_no_text_is_left_out(content, sentence):
    _, (remark,) = place({"layers_1.py": content}, shape())
    assert remark.startswith("layers_1.py")
    assert sentence in remark
