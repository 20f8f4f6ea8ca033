"""Imports between the course's files: of this lab, of an earlier one, by package or bare."""

from __future__ import annotations

import pytest

from autograder.course import Lab
from autograder.gradebook.grade_path import shape_of
from autograder.intake.stu_upload import place
from tests.intake.release import by_id
from tests.original import files

NET = files.VGG_CPU.split("from layers_1")[1].split("\n", 2)[2]
FINISHED = "is the finished one, which lies beside graded code"


def placed(line: str) -> tuple[str, list[str]]:
    """What stands for a line in a vgg_cpu.py, and what is said of it."""
    notebook, remarks = place({"vgg_cpu.py": f"{line}\n{NET}"}, shape_of(Lab("lab3_vgg19")))
    source = by_id(notebook, "build_model_code").source
    said = [remark for remark in remarks if remark.startswith("vgg_cpu.py, ")]
    return source.partition("\n")[0], [remark.partition(": ")[2] for remark in said]


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("from layers_1 import ReLULayer", "from stu_upload.layers_1 import ReLULayer"),
        ("from layers_2 import *", "from stu_upload.layers_2 import *"),
        ("from .layers_1 import ReLULayer as R", "from stu_upload.layers_1 import ReLULayer as R"),
        ("from exp_2.stu_upload.layers_1 import ReLULayer", "from stu_upload.layers_1 import ReLULayer"),
        ("import exp_2.layers_1 as L", "import stu_upload.layers_1 as L"),
        ("import layers_1", "import stu_upload.layers_1 as layers_1"),
        ("import layers_1 as L, os", "import stu_upload.layers_1 as L; import os"),
        ("from .layers1 import ReLULayer", "from stu_upload.layers_1 import ReLULayer"),
        ("import Layers1", "import stu_upload.layers_1 as Layers1"),
    ],
)
def test_an_earlier_labs_file_is_the_finished_one(line, becomes):
    module = "layers_2" if "layers_2" in line else "layers_1"
    assert placed(line) == (becomes, [f"`{module}` {FINISHED}"])


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("from stu_upload import layers_2", "import stu_upload.layers_2 as layers_2"),
        ("from . import layers_2 as L", "import stu_upload.layers_2 as L"),
        ("from stu_upload.layers_1 import ReLULayer", "from stu_upload.layers_1 import ReLULayer"),
        ("from exp_2 import layers_2 as L", "import stu_upload.layers_2 as L"),
        ("import os", "import os"),
        ("from os import path", "from os import path"),
    ],
)
def test_what_names_the_package_needs_no_word(line, becomes):
    assert placed(line) == (becomes, [])


def test_a_helper_that_the_finished_file_has_not_is_left_out_and_named():
    becomes, said = placed("from layers_2 import ConvolutionalLayer, im2col_mine")
    assert becomes == "from stu_upload.layers_2 import ConvolutionalLayer"
    assert said == [
        f"`layers_2` {FINISHED}",
        "`layers_2` of these labs has no im2col_mine: left out of the import",
    ]
