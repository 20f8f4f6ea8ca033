"""The running notebook is found as far as it can be known, and its answers are read from the file."""

from __future__ import annotations

import os

import pytest

from aics.check import LabError
from aics.handin.notebook_file import answers_in, cells_of, find_notebook
from tests.handin.notebooks import LAB, filled

QUESTIONS = list(LAB.questions)


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


def test_jupyters_server_tells_the_file(tmp_path, monkeypatch):
    (tmp_path / "deep").mkdir()
    path = filled(tmp_path / "deep" / "mine.ipynb", {})
    filled(tmp_path / "another.ipynb", {})
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    assert find_notebook(QUESTIONS, {}) == path


def test_vs_code_tells_the_file(tmp_path):
    path = filled(tmp_path / "mine.ipynb", {})
    filled(tmp_path / "another.ipynb", {})
    assert find_notebook(QUESTIONS, {"__vsc_ipynb_file__": str(path)}) == path


@pytest.mark.parametrize("told", ["", "renamed-since.ipynb", "notes.ipynb"])
def test_else_it_is_the_newest_notebook_of_the_lab_in_this_folder(tmp_path, monkeypatch, told):
    older, newer = (filled(tmp_path / name, {}) for name in ("older.ipynb", "newer.ipynb"))
    os.utime(older, (1, 1))
    (tmp_path / "notes.ipynb").write_text('{"cells": []}')
    (tmp_path / "broken.ipynb").write_text("{")
    monkeypatch.setenv("JPY_SESSION_NAME", told)
    assert find_notebook(QUESTIONS, {}) == newer


def test_where_there_is_none_nothing_is_guessed(tmp_path):
    (tmp_path / "notes.ipynb").write_text('{"cells": []}')
    assert find_notebook(QUESTIONS, {}) is None


def test_the_answers_of_a_released_notebook_are_its_stubs_and_written_cells():
    answers = answers_in(cells_of(LAB.released))
    assert [answer.name for answer in answers if answer.code] == [f"{name}_code" for name in QUESTIONS]
    assert [(answer.name, answer.filled) for answer in answers if not answer.code] == [("img2col_why", False)]


def test_without_nbgraders_notes_the_cell_ids_tell_the_answers():
    cells = [{**cell, "metadata": {}} for cell in cells_of(LAB.released)]
    assert answers_in(cells) == answers_in(cells_of(LAB.released))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": 3}', '{"cells": [{}]}', '{"cells": [{"source": 5}]}', "\0"])
def test_what_is_no_notebook_is_told_in_one_line(tmp_path, text):
    (tmp_path / "x.ipynb").write_text(text)
    with pytest.raises(LabError, match=r"^x\.ipynb is not a Jupyter notebook that can be read"):
        cells_of(tmp_path / "x.ipynb")


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(LabError, match="is not there"):
        cells_of(tmp_path / "x.ipynb")
