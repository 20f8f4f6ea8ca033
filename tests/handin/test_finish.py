"""The finish line of a notebook in a folder: the file to hand in, what is not saved, and the receipt."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from aics.check.verdict import Verdict
from aics.handin.finish import finish_line, shown
from aics.handin.receipt import changed_since, load, receipt_path
from tests.handin.notebooks import LAB, filled, solution

RELU = solution()["relu_code"]
RIGHT = [Verdict(question="relu", score=5, max_score=5), Verdict(question="flatten", score=0, max_score=4, rung="type")]
UNTOUCHED = [replace(verdict, score=0, rung="raises", unfilled=True) for verdict in RIGHT]


@pytest.fixture
def finish(tmp_path, monkeypatch):
    """The finish line of a notebook with these answers, after these cells were run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)

    def finish(answers, history=(), verdicts=RIGHT):
        path = filled(tmp_path / "mine.ipynb", answers)
        return path, finish_line(LAB.name, verdicts, {"img2col_why": 10}, {"In": ["", *history]})

    return finish


def test_it_names_the_file_and_leaves_a_receipt_of_its_answers(finish):
    path, line = finish({"relu_code": RELU, "img2col_why_written": "Memory."}, [RELU])
    assert line.handin.file == str(path)
    assert line.handin.warnings == []
    assert line.written[0].filled
    receipt = load(path)
    assert (receipt.notebook, receipt.points, receipt.of, receipt.questions) == (
        "mine.ipynb",
        5,
        19,
        {"relu": 5, "flatten": 0},
    )
    assert f"Receipt {receipt.code} of " in line.handin.receipt
    assert "5 / 19 points. It is saved beside the notebook as mine.receipt.json." in line.handin.receipt
    assert json.loads(receipt_path(path).read_text())["about"].startswith("Which answers the lab's own check saw")


def test_what_was_run_and_is_not_saved_is_said_and_is_in_the_receipt(finish):
    path, line = finish({}, [RELU])
    assert "other text than what was run last in relu_code: " in line.handin.warnings[0]
    assert changed_since(load(path), {"relu_code": RELU})[:1] != ["relu_code"]


def test_with_nothing_answered_there_is_no_receipt(finish):
    path, line = finish({}, verdicts=UNTOUCHED)
    assert line.handin.receipt == ""
    assert not receipt_path(path).exists()


def test_a_receipt_that_cannot_be_saved_is_said_in_one_line(finish, tmp_path):
    (tmp_path / "mine.receipt.json").mkdir()
    _, line = finish({"relu_code": RELU})
    assert "It could not be saved beside the notebook (Is a directory); this line is all of it." in line.handin.receipt
    assert {path.name for path in tmp_path.iterdir()} == {"mine.ipynb", "mine.receipt.json"}


def test_where_the_file_is_not_found_the_labs_name_stands_for_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    line = finish_line(LAB.name, RIGHT, {"img2col_why": 10}, {})
    assert (line.handin.file, line.handin.found, line.written[0].filled) == ("lab2_layers.ipynb", False, None)
    assert "No receipt" in line.handin.receipt


def test_a_path_keeps_the_name_of_the_persons_own_folder_to_itself():
    assert shown(Path.home() / "labs" / "x.ipynb") == "~/labs/x.ipynb"


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"time": 3}'])
def test_a_receipt_that_cannot_be_read_counts_as_none(tmp_path, text):
    (tmp_path / "x.receipt.json").write_text(text)
    assert load(tmp_path / "x.ipynb") is None
