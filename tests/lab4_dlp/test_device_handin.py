"""From the notebook to stu_upload/vgg19_demo.py and back, and the exported file on `mini` through the emulator."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from aics import data
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab
from tests.labs.handins import write_upload

LAB = Lab("lab4_dlp")
#: A program of a student's own, beside the exported file.
PROGRAM = """
import sys
from vgg19_demo import VGG19

weights, quant, photo, label = sys.argv[1:]
vgg = VGG19()
vgg.build_model(weights, quant)
vgg.load_model()
open("list.txt", "w").write(f"{photo} {label}")
print(vgg.evaluate("list.txt"), vgg.net.size())
"""


@pytest.fixture(scope="module")
def namespace():
    with working_folder(LAB) as folder:
        names = run_cells(solution_cells(LAB), beside=folder)
        names["mini"] = names["Float32"](data.weights("mini"))
        yield names


@pytest.fixture(scope="module")
def upload(tmp_path_factory):
    return write_upload(LAB, tmp_path_factory.mktemp("class") / "ada")


def test_the_exported_file_is_written_for_the_card(upload):
    text = (upload / "vgg19_demo.py").read_text()
    assert "\nimport pycnml\n" in text
    assert "aics" not in text.split('"""', 2)[2]


def test_the_exported_file_names_the_cat_on_the_emulator(namespace, upload, tmp_path):
    shutil.copy(upload / "vgg19_demo.py", tmp_path)
    (tmp_path / "main.py").write_text(PROGRAM)
    quant = namespace["calibrate"](tmp_path)
    cat = data.CIFAR10_CLASSES.index("cat")
    command = [sys.executable, "-m", "aics.pycnml", "main.py", data.weights("mini"), quant, data.photo("cat"), cat]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, cwd=tmp_path)
    assert done.stdout == "(1.0, 1.0) 44\n", done.stderr


def test_mini_loses_at_most_two_answers_in_a_hundred_to_eight_bits(namespace):
    """And few bits lose nearly all: the sweep has something to show."""
    _, inputs, _ = namespace["some_pictures"](100)
    floats = namespace["mini"].inputs(inputs)["prob"].argmax(axis=1)
    for bits, least, most in ((8, 0.98, 1), (2, 0, 0.4)):
        card = namespace["on_the_card"](bits)
        assert least <= (namespace["answers_of"](card, inputs) == floats).mean() <= most
