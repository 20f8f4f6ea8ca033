"""Marks that git leaves where it could not merge: named with their line, and one version is read."""

from __future__ import annotations

import json

import pytest

from autograder.intake.handin import Refused
from autograder.intake.reading import read_notebook
from autograder.intake.stu_upload import place
from tests.intake.files import found, write
from tests.intake.release import ANSWERS, by_id, shape, solved

TEXT = json.dumps(solved(), indent=1)
MARKED = f"line {TEXT[: TEXT.index('Because')].count(chr(10)) + 1} `<<<<<<< HEAD`"


def conflict(ours: str, theirs: str, base: str = "") -> str:
    return f"<<<<<<< HEAD\n{ours}{base}=======\n{theirs}>>>>>>> origin/main\n"


def in_place_of_the_written_answer(lines: str) -> bytes:
    before, after = TEXT.split("Because.")
    start, end = before.rpartition("\n"), after.partition("\n")
    return f"{start[0]}\n{lines}{end[2]}".encode()


@pytest.mark.parametrize("base", ["", '||||||| parent\n   "source": "Old."\n'])
def test_the_first_version_is_read(base):
    data = in_place_of_the_written_answer(conflict('   "source": "Ours."\n', '   "source": "Theirs."\n', base))
    notebook, (remark,) = read_notebook(data)
    assert by_id(notebook, "why").source == "Ours."
    assert MARKED in remark
    assert "git conflict" in remark


def test_the_second_where_the_first_is_broken():
    marked = conflict('   "sou\n', '   "source": "Theirs."\n')
    notebook, (remark,) = read_notebook(in_place_of_the_written_answer(marked))
    assert by_id(notebook, "why").source == "Theirs."
    assert "the second" in remark


def test_a_mark_that_was_left_behind():
    notebook, (remark,) = read_notebook(in_place_of_the_written_answer('<<<<<<< HEAD\n   "source": "Ours."\n'))
    assert by_id(notebook, "why").source == "Ours."
    assert MARKED in remark


def test_neither_version_is_a_notebook():
    with pytest.raises(Refused, match="git conflict at line"):
        read_notebook(in_place_of_the_written_answer(conflict('   "sou\n', '   "source": \n')))


def test_marks_in_a_cell_are_named(tmp_path):
    marked = f"{conflict(ANSWERS['relu_code'] + chr(10), 'x = 1' + chr(10))}"
    write(tmp_path / "alice" / "lab9_small.ipynb", solved(relu_code=marked))
    (handin,), _ = found(tmp_path)
    assert any(
        remark.startswith("relu_code is not Python 3: line 1, `<<<<<<< HEAD` (a mark of an unsolved git conflict")
        for remark in handin.remarks
    ), handin.remarks


OURS, THEIRS = "    def forward(self, x):\n        return x{}", "    forward = abs"
COURSE_FILE = f"class ReLULayer:\n<<<<<<< HEAD\n{OURS}\n=======\n{THEIRS}\n>>>>>>> b\n"


@pytest.mark.parametrize(("rest", "which", "held"), [("", "first", "return x"), (" +", "second", "forward = abs")])
def test_of_a_course_file_the_first_version_that_is_python_is_read(rest, which, held):
    notebook, remarks = place({"layers_1.py": COURSE_FILE.format(rest)}, shape())
    assert held in by_id(notebook, "relu_code").source
    said = f"layers_1.py, line 2 `<<<<<<< HEAD` is a mark of an unsolved git conflict: the {which} of the two versions"
    assert any(remark.startswith(said) for remark in remarks)


def test_a_course_file_of_which_neither_version_is_python_is_left_out():
    _, remarks = place({"layers_1.py": COURSE_FILE.format(" +").replace("= abs", "=")}, shape())
    assert any("a mark of an unsolved git conflict" in remark and "left out" in remark for remark in remarks)


def test_a_line_that_looks_like_a_mark_in_a_text_is_none():
    text = 'class ReLULayer:\n    """ReLU\n=======\n"""\n    forward = abs'
    notebook, remarks = place({"layers_1.py": text}, shape())
    assert by_id(notebook, "relu_code").source == text
    assert not [remark for remark in remarks if "git" in remark]
