"""What was judged is what was run last, whatever the file holds."""

from __future__ import annotations

from aics.handin.answers import code_of, digest, judged
from aics.handin.notebook_file import cells_of
from tests.handin.notebooks import filled, solution

RELU = solution()["relu_code"]
OTHER = RELU.replace("np.maximum", "np.fmax")


def test_a_file_whose_text_was_run_last_is_what_was_judged(tmp_path):
    cells = cells_of(filled(tmp_path / "lab.ipynb", {"relu_code": RELU}))
    found = judged(cells, [OTHER, RELU + "\n", "print(1)"])
    assert found.differing == ()
    assert found.answers["relu_code"] == RELU.strip()


def test_where_the_file_has_other_text_the_cell_is_named(tmp_path):
    cells = cells_of(filled(tmp_path / "lab.ipynb", {"relu_code": RELU}))
    found = judged(cells, [RELU, OTHER])
    assert found.differing == ("relu_code",)
    assert found.answers["relu_code"] == OTHER.strip()


def test_a_cell_of_the_students_own_is_no_answer(tmp_path):
    cells = cells_of(filled(tmp_path / "lab.ipynb", {"relu_code": RELU}, extra=OTHER))
    assert judged(cells, [RELU, OTHER]).differing == ()


def test_where_nothing_was_run_the_file_is_what_there_is(tmp_path):
    cells = cells_of(filled(tmp_path / "lab.ipynb", {"relu_code": RELU}))
    assert judged(cells, []).answers["relu_code"] == RELU


def test_a_hash_is_that_of_the_text_and_not_of_its_white_ends():
    assert digest({"a": "x = 1\ny = 2"}) == digest({"a": "x = 1  \ny = 2\n\n"})
    assert digest({"a": "x = 1"}) != digest({"b": "x = 1"})
    assert digest({"a": "x", "b": "y"}) == digest({"b": "y", "a": "x"})
    assert code_of("0123456789abcdef") == "0123-4567-89ab"
