"""A cell that stopped is the reason on the questions that it took down, and on no others."""

from __future__ import annotations

import nbformat
import pytest

from autograder.grading.stops import Stop, Stops
from autograder.sandbox.execution import Execution

SIZE = "def conv_output_size(size, kernel_size, stride, padding):\n    return {}"
RIGHT = "(size + 2 * padding - kernel_size) // stride + 1"
FLOOR = SIZE.format("math.floor((size + 2 * padding - kernel_size) / stride) + 1")


@pytest.fixture
def asked(grade, solved_but):
    """Return ``asked(first, code, **options)``: the verdicts with a cell of the student's own at the top."""

    def run(first: str, code: str, **options):
        notebook = nbformat.from_dict(solved_but(conv_output_size=code))
        notebook.cells.insert(0, nbformat.v4.new_code_cell(first))
        return grade(notebook, "relu", "conv_output_size", **options).verdicts

    return run


@pytest.mark.parametrize(
    ("first", "reason"),
    [
        ("import numpy\nimport not_there\nimport math", "`import not_there` in cell 1 stopped: not installed here."),
        ("x = 1\n1 / 0\nfrom math import pi\nimport math as math", "`1 / 0` in cell 1 stopped: ZeroDivisionError"),
        ("import math\nprint(", "`print(` in cell 1 stopped: SyntaxError"),
        ("import my_own, math", "`import my_own, math` in cell 1 stopped: my_own.py lay beside the notebook"),
        ("open('t.txt')\nimport math", "`open('t.txt')` in cell 1 stopped: t.txt lay beside the notebook"),
        ("import os\nos._exit(1)\nimport math", "Cell 1 stopped: "),
    ],
)
def test_it_is_the_reason_on_what_it_took_down(asked, first, reason):
    verdicts = asked(first, FLOOR, beside=("my_own.py", "t.txt"))
    assert verdicts["conv_output_size"].reason.startswith(reason)
    assert verdicts["relu"].passed


@pytest.mark.parametrize("first", ["import not_there", "math.pi", "import math.nothing_there", "y = math"])
def test_a_cell_that_was_not_to_define_what_is_missing_is_no_reason(asked, first):
    verdict = asked(first, SIZE.format("maths.floor(1)"))["conv_output_size"]
    assert verdict.reason == "Your code raised NameError on a case."


def test_what_it_did_not_take_down_is_right(asked):
    assert asked("import not_there", SIZE.format(RIGHT))["conv_output_size"].passed


def test_the_answers_own_cell(asked):
    verdict = asked("x = 1", f"from my_own import clip\n\n\n{FLOOR}", beside=("my_own.py",))["conv_output_size"]
    assert "`from my_own import clip` in cell conv_output_size_code stopped: my_own.py lay beside" in verdict.reason
    verdict = asked("x = 1", "def conv_output_size(:")["conv_output_size"]
    assert "`def conv_output_size(:` in cell conv_output_size_code stopped: SyntaxError" in verdict.reason
    verdict = asked("x = 1", "except x")["conv_output_size"]
    assert verdict.reason.startswith("`except x` in cell conv_output_size_code stopped: SyntaxError")


def test_the_first_of_several_that_follow_from_one_another():
    stops = Stops()
    stops.add(stop("1", "import not_there\nimport math", 1, "ModuleNotFoundError", "No module named 'not_there'"))
    stops.add(stop("2", "HALF = math.pi / 2", 1, "NameError", "name 'math' is not defined"))
    assert stops._root(stops.stops[1]) is stops.stops[0]


@pytest.mark.parametrize(
    ("source", "name", "defined"),
    [
        ("@add_to_class(ReLULayer)\ndef forward(self, x):\n    return x", "ReLULayer.forward", True),
        ("@add_to_class(ReLULayer)\ndef forward(self, x):\n    return x", "FlattenLayer.forward", False),
        ("class ReLULayer:\n    def forward(self, x): ...", "ReLULayer.forward", True),
        ("ReLULayer.forward = f", "ReLULayer.forward", True),
        ("from a import (b, c as d)", "d", True),
        ("a, b = 1, 2", "a", True),
        ("a, b = 1, 2", "b", True),
        ("a: int = 1", "a", True),
        ("a == 1", "a", False),
        ("print(a)", "a", False),
        ("ab = 1", "a", False),
        ("f(a=1)", "a", False),
    ],
)
def test_what_a_cell_was_to_define(source, name, defined):
    assert stop("1", f"1 / 0\n{source}", 1, "ZeroDivisionError", "").was_to_define(name) == defined


def stop(cell: str, source: str, line: int, type_: str, message: str) -> Stop:
    traceback = [f"\x1b[36mCell\x1b[39m\x1b[36m \x1b[39m\x1b[32mIn[3]\x1b[39m\x1b[32m, line {line}\x1b[39m"]
    return Stop.of(cell, source, Execution(status="error", ename=type_, evalue=message, traceback=traceback))
