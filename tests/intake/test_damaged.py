"""Of a notebook whose file is damaged, every whole cell is read, and where others stood is said."""

from __future__ import annotations

import json
import time

import pytest

from autograder.intake.damaged import readable
from autograder.intake.deadlines import Deadlines
from autograder.intake.find import find_handins
from autograder.intake.handin import Refused
from autograder.intake.reading import read_notebook
from tests.intake.files import LAYERS_1, found, write
from tests.intake.release import ANSWERS, by_id, release, shape, solved

#: As Jupyter writes it, a key a line, and as a single line.
WRITTEN = {"lines": json.dumps(solved(), indent=1), "one line": json.dumps(solved())}
CELLS = len(solved().cells)


@pytest.fixture(params=WRITTEN)
def text(request) -> str:
    return WRITTEN[request.param]


def answered(notebook) -> set[str]:
    """The questions whose whole answers are there."""
    return {name for name, source in ANSWERS.items() if any(cell.source == source for cell in notebook.cells)}


def test_whatever_is_cut_off_costs_no_whole_cell(text):
    first, found = text.index('"cell_type"'), [set[str]()]
    for cut in range(text.index('"cell_type"', first + 1), len(text) - 2, 97):
        notebook, remarks = read_notebook(text[:cut].encode())
        found.append(answered(notebook))
        assert found[-2] <= found[-1]
        assert "damaged" in remarks[0]
    assert found[-1] >= set(ANSWERS) - {"why"}


def test_nothing_is_made_of_a_text_without_a_whole_cell(text):
    with pytest.raises(Refused, match="broken JSON"):
        read_notebook(text[: text.index("cell_type") + 20].encode())


@pytest.mark.parametrize("end", ["", ",\n}", "}\n", "\0" * 4096, '"x": 1}]}'])
def test_a_damaged_end_costs_nothing(text, end):
    whole = text.rstrip()
    notebook, remarks = read_notebook((whole[: whole.rindex("]") + 1] + end + "x").encode())
    assert len(notebook.cells) == CELLS
    assert remarks == ["the end of the file is damaged: all its cells are read"]


def test_one_broken_cell_costs_no_other():
    text = WRITTEN["lines"].replace(json.dumps(ANSWERS["relu_code"]), ANSWERS["relu_code"])
    notebook, (remark,) = read_notebook(text.encode())
    assert answered(notebook) == set(ANSWERS) - {"relu_code"}
    line = WRITTEN["lines"][: WRITTEN["lines"].index(json.dumps(ANSWERS["relu_code"]))].count("\n")
    assert f"the {CELLS - 1} cells that are whole" in remark
    assert abs(int(remark.split("line ")[1].split(":")[0]) - line) < 15


def test_it_is_graded_and_said(tmp_path):
    write(tmp_path / "alice" / "lab9_small.ipynb", WRITTEN["lines"][: -len(WRITTEN["lines"]) // 3])
    (handin,), _ = found(tmp_path)
    assert by_id(handin.notebook, "relu_code").source == ANSWERS["relu_code"]
    assert handin.remarks[0].startswith("the file is damaged or cut off at line")


CUT = WRITTEN["lines"][: -len(WRITTEN["lines"]) // 3]
OLDER, NEWER = 1_700_000_000, 1_700_000_009


@pytest.mark.parametrize(
    ("newest", "said"),
    [
        (CUT, "alice/lab9_new.ipynb is newer but damaged: alice/lab9_old.ipynb, which is whole, is graded"),
        ("{", "alice/lab9_new.ipynb is newer but cannot be read: alice/lab9_old.ipynb is graded"),
    ],
)
def test_a_damaged_attempt_does_not_count_where_an_older_one_is_whole(tmp_path, newest, said):
    write(tmp_path / "alice" / "lab9_old.ipynb", solved(why="old"), when=OLDER)
    write(tmp_path / "alice" / "lab9_new.ipynb", newest, when=NEWER)
    (handin,), remarks = found(tmp_path)
    assert by_id(handin.notebook, "why").source == "old"
    assert said in handin.remarks
    assert not [remark for remark in remarks if "set aside" in remark.sentence]


def test_nor_does_a_course_file_that_is_cut_off(tmp_path):
    for folder, text, when in (("first", LAYERS_1, OLDER), ("second", LAYERS_1 + "\n    def backward(", NEWER)):
        write(tmp_path / "alice" / folder / "stu_upload" / "layers_1.py", text, when=when)
    write(tmp_path / "bob" / "lab9_small.ipynb")
    (handin, _), remarks = found(tmp_path)
    assert handin.original.endswith("first/stu_upload")
    assert "alice/second/stu_upload is newer but cannot be read: alice/first/stu_upload is graded" in handin.remarks
    assert not [remark for remark in remarks if "set aside" in remark.sentence]


def test_a_file_of_another_lab_is_no_newer_attempt(tmp_path):
    write(tmp_path / "alice" / "lab9_small.ipynb", solved(), when=OLDER)
    write(tmp_path / "alice" / "lab2_layers.ipynb", "{", when=NEWER)
    (handin,), (remark,) = found(tmp_path)
    assert not [said for said in handin.remarks if "newer" in said]
    assert "broken JSON" in remark.sentence


def test_a_damaged_attempt_that_is_older_is_set_aside_for_its_age(tmp_path):
    write(tmp_path / "alice" / "lab9_new.ipynb", solved(why="new"), when=NEWER)
    write(tmp_path / "alice" / "lab9_old.ipynb", CUT, when=OLDER)
    (handin,), (remark,) = found(tmp_path)
    assert by_id(handin.notebook, "why").source == "new"
    assert "set aside" in remark.sentence
    assert not [said for said in handin.remarks if "newer" in said]


@pytest.mark.parametrize(
    ("older", "newest", "attempt"),
    [
        *((CUT, CUT, "newest"), (solved(), CUT, "newest, even damaged")),
        *((release(), CUT, "newest"), (CUT, solved(), "newest")),
    ],
)
def test_else_the_newest_counts(tmp_path, older, newest, attempt):
    write(tmp_path / "alice" / "lab9_old.ipynb", older, when=OLDER)
    write(tmp_path / "alice" / "lab9_new.ipynb", newest, when=NEWER)
    (handin,), _ = find_handins(tmp_path, [shape()], deadlines=Deadlines(attempt=attempt))
    assert handin.original.endswith("lab9_new.ipynb")


@pytest.mark.parametrize("hostile", ['{"cell_type":', '{"cell_type":[', '{"cell_type":{}},', "[", '{"cell_type":"'])
def test_no_text_takes_long(hostile):
    text = '{"cells": [' + hostile * (2_000_000 // len(hostile))
    begun = time.process_time()
    readable(text)
    assert time.process_time() - begun < 30
