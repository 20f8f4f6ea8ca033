"""A class whose files are damaged as real ones are: answers keep their points, and lost ones tell why."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from copy import deepcopy

import nbformat
import pytest
from nbformat import NotebookNode

from autograder.course import ClassFolder
from tests.gradebook.conftest import LAB, Graded, grade
from tests.intake.files import write, write_zip
from tests.intake.release import at, by_id, code

FORWARD = "@add_to_class(ReLULayer)\ndef forward(self, input):\n    self.input = input\n    return {}"
BACKWARD = "@add_to_class(ReLULayer)\ndef backward(self, top_diff):\n    return top_diff * (self.input >= 0)"
RELU = f"{FORWARD.format('np.maximum(input, 0)')}\n\n\n{BACKWARD}"
WRONG = f"{FORWARD.format('np.abs(input)')}\n\n\n{BACKWARD}"
WHOLE = "class ReLULayer(object):\n" + "\n\n".join(
    "\t" + part.partition("\n")[2].replace("\n    ", "\n\t\t") for part in RELU.split("\n\n\n")
)
WHY = "因为每个像素被用了九次。"


def answered(released: NotebookNode, *cells: NotebookNode | str) -> NotebookNode:
    """The released notebook with cells in the place of the stub of relu: texts are marked as it is."""
    notebook = deepcopy(released)
    place = at(notebook, "relu_code")
    marked = [cell if isinstance(cell, NotebookNode) else again(notebook.cells[place], cell) for cell in cells]
    notebook.cells[place : place + 1] = marked
    return notebook


def again(cell: NotebookNode, source: str, kind: str = "code") -> NotebookNode:
    copy = deepcopy(cell)
    copy.source, copy.cell_type = source, kind
    copy.pop("id", None)
    return copy


def edited(released: NotebookNode, **sources: Callable[[str], str]) -> NotebookNode:
    """The released notebook, answered, with other texts in some cells."""
    notebook = answered(released, RELU)
    for name, change in sources.items():
        by_id(notebook, name).source = change(by_id(notebook, name).source)
    return notebook


def unmarked(notebook: NotebookNode) -> NotebookNode:
    for cell in notebook.cells:
        cell.metadata = NotebookNode()
        cell.pop("id", None)
    return notebook


def kept_whole(stub: NotebookNode) -> dict[str, NotebookNode]:
    """Hand-ins whose answer to relu is right by the notebook's own check."""
    place, empty = by_id(stub, "relu_code"), lambda _: by_id(stub, "relu_code").source
    above, below = RELU.split("\n    return np")
    with_zero, with_sine = (RELU.replace(", 0)", f", {zero})") for zero in ("ZERO", "math.sin(0)"))
    note = nbformat.v4.new_markdown_cell("so")
    return {
        "split": answered(stub, FORWARD.format("np.maximum(input, 0)"), BACKWARD),
        "split_in_three": answered(stub, "def zero():\n    return 0", "ZERO = 0", with_zero),
        "split_import": answered(stub, "import cv2", RELU),
        "split_by_text": answered(stub, "ZERO = 0", note, with_zero),
        "split_the_other_way_round": answered(stub, with_zero, "ZERO = 0"),
        "split_in_a_function": answered(stub, above, f"    return np{below}"),
        "put_aside_raw": answered(stub, RELU, again(place, WRONG, "raw")),
        "put_aside_text": answered(stub, again(place, WRONG, "markdown"), RELU),
        "put_aside_broken": answered(stub, RELU, f"{WRONG})"),
        "unmarked_below": answered(stub, place.source, code(RELU)),
        "whole_class": answered(stub, WHOLE),
        "whole_class_unmarked": unmarked(answered(stub, WHOLE)),
        "whole_class_given": edited(stub, relu_code=empty, relu_layer_given=lambda _: WHOLE),
        "retyped": answered(stub, again(place, RELU, "raw")),
        "in_its_check": edited(stub, relu_code=empty, relu=lambda check: f"{RELU}\n\n{check}"),
        "merged": edited(stub, relu_code=lambda _: "", relu_layer_given=lambda given: f"{given}\n\n\n{RELU}"),
        "import_in_setup": edited(
            stub, setup_given=lambda given: f"{given}\nimport math", relu_code=lambda _: with_sine
        ),
    }


@pytest.fixture(scope="module")
def damaged(request, tmp_path_factory, registered, stub) -> Graded:
    """The class, graded once by the real command."""
    request.getfixturevalue("can_grade")
    top = tmp_path_factory.mktemp("damaged")
    shutil.copytree(registered, top / "course")
    for name, notebook in kept_whole(stub).items():
        write(top / "handins" / name / f"{LAB}.ipynb", notebook)
    written = edited(stub, img2col_why=lambda _: WHY)
    for codec in ("gb18030", "utf-16", "utf-16-le", "utf-8-sig"):
        write(top / "handins" / codec / f"{LAB}.ipynb", json.dumps(written, ensure_ascii=False).encode(codec))
    printed = deepcopy(written)
    by_id(printed, "setup_given").outputs = [{"output_type": "stream", "name": "stdout", "text": "9" * 24_000_000}]
    write_zip(top / "handins" / "printed.zip", {f"{LAB}.ipynb": printed})
    marked = json.dumps(written, indent=1).replace('\n   "id": "relu_code"', '\n<<<<<<< HEAD\n   "id": "relu_code"')
    write(top / "handins" / "conflict" / f"{LAB}.ipynb", marked.replace("\n  {", "\n<<<<<<< HEAD\n  {", 1))
    stopped = answered(stub, "x = 1", code("import cv2\nimport math"), RELU.replace(", 0)", ", math.sin(0))"))
    write(top / "handins" / "stopped" / f"{LAB}.ipynb", stopped)
    write(
        top / "handins" / "own" / f"{LAB}.ipynb",
        answered(stub, f"from my_layers import clip\n{RELU}".replace("np.maximum(input, 0)", "clip(input)")),
    )
    write(
        top / "handins" / "own" / "my_layers.py", "import numpy as np\n\n\ndef clip(x):\n    return np.maximum(x, 0)\n"
    )
    return grade(ClassFolder(top / "course"), top / "handins")


@pytest.mark.slow
def test_what_is_right_by_its_own_check_has_its_points(damaged, stub):
    named = [*kept_whole(stub), "gb18030", "utf-16", "utf-16-le", "utf-8-sig", "printed", "conflict"]
    assert {name: damaged.points(name).get("relu") for name in named} == dict.fromkeys(named, 5.0), damaged.text


@pytest.mark.slow
@pytest.mark.parametrize("student", ["gb18030", "utf-16", "utf-16-le", "utf-8-sig", "printed"])
def test_a_written_answer_reaches_formgrader_as_written(damaged, student):
    notebook = nbformat.read(damaged.state.folder / "autograded" / student / LAB / f"{LAB}.ipynb", 4)
    assert by_id(notebook, "img2col_why").source == WHY


@pytest.mark.slow
def test_a_conflict_is_named(damaged):
    assert "`<<<<<<< HEAD` is a mark of an unsolved git conflict" in damaged.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("student", "cause"),
    [
        ("stopped", "`import cv2` in cell {} stopped: not installed here."),
        ("own", "`from my_layers import clip` in cell relu_code stopped: my_layers.py lay beside the notebook"),
    ],
)
def test_a_cell_that_stopped_is_the_reason_everywhere(damaged, student, cause):
    (row,) = [row for row in damaged.rows if (row["student"], row["question"]) == (student, "relu")]
    cells = json.loads((damaged.handins / student / f"{LAB}.ipynb").read_text("utf-8"))["cells"]
    cause = cause.format(next((n for n, c in enumerate(cells, 1) if "".join(c["source"]).startswith("import cv2")), ""))
    assert row["reason"].startswith(cause)
    assert cause[:30] in damaged.text
    page = (damaged.state.folder / "feedback" / student / LAB / f"{LAB}.html").read_text("utf-8")
    assert cause.split("stopped: ")[1] in page
