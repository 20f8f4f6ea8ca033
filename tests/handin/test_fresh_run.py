"""``aics check`` on a small notebook of lab 2: what lived on leftovers is named, and the file stays as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from aics.handin.notebook_file import answers_in, cells_of
from aics.handin.receipt import changed_since, load
from tests.handin.notebooks import filled, released, solution

CELLS = ("setup_given", "relu_layer_given", "relu_code", "relu_check", "img2col_why_written", "overview_look")


def shortened(**own: str) -> dict:
    """A notebook with the setup, relu and the written answer; and cells of the student's own after relu's check."""
    notebook = released()
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] in CELLS]
    for number, (name, source) in enumerate(own.items()):
        cell = {"cell_type": "code", "id": name, "metadata": {}, "source": source, "outputs": [], "execution_count": 9}
        notebook["cells"].insert(4 + number, cell)
    return notebook


def answer(notebook: dict, source: str) -> None:
    """Put relu's answer in, as if it had been run and found right."""
    by_id = {cell["id"]: cell for cell in notebook["cells"]}
    by_id["relu_code"].update(source=source, execution_count=3)
    right = {"text/plain": ["[+] relu: right, 5 / 5 points\n", "    All 6 cases are right."]}
    by_id["relu_check"]["outputs"] = [{"output_type": "display_data", "data": right, "metadata": {}}]


@pytest.fixture
def check(tmp_path):
    """Writes a notebook and runs ``aics check`` on it: (exit code, printed, complained)."""

    def check(notebook, *options):
        path = tmp_path / "mine.ipynb"
        path.write_text(notebook if isinstance(notebook, str) else json.dumps(notebook))
        before = path.read_bytes()
        command = [sys.executable, "-m", "aics.cli", "check", str(path), *options]
        environment = os.environ | {"COLUMNS": "200"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
        assert "Traceback" not in done.stderr
        assert path.read_bytes() == before
        return done.returncode, done.stdout, done.stderr

    return check


def test_what_lived_on_leftovers_is_named(check, tmp_path):
    notebook = shortened(uses_later="print(later + 1)", defines="later = 1", uses_deleted="deleted()", ends="1 / 0")
    answer(notebook, solution()["relu_code"].replace("np.maximum", "clipped"))
    status, printed, _ = check(notebook)
    assert status == 1
    assert "relu is right in the saved notebook and not in a fresh kernel." in printed
    assert "`print(later + 1)` worked before and fails in a fresh kernel (NameError: name 'later'" in printed
    assert "later is defined further down, in `later = 1`." in printed
    assert "No cell defines deleted: the one that did was changed or deleted." in printed
    assert "`1 / 0` worked before and fails in a fresh kernel (ZeroDivisionError: division by zero)" in printed
    assert "0 / 110 points" in printed
    assert (tmp_path / "mine.receipt.json").exists()


def test_a_chinese_notebook_is_answered_in_chinese(check, tmp_path):
    notebook = shortened(uses_deleted="deleted()")
    answer(notebook, solution()["relu_code"].replace("np.maximum", "clipped"))
    notebook["metadata"]["aics"] = {"language": "zh"}
    by_id = {cell["id"]: cell for cell in notebook["cells"]}
    by_id["relu_check"]["outputs"][0]["data"]["text/plain"] = ["[+] relu：正确，5 / 5 分\n", "    6 个用例全部正确。"]
    status, printed, _ = check(notebook)
    assert status == 1
    assert printed.startswith("在全新的内核里：\n")
    assert "relu 在保存的笔记本里正确，在全新的内核里却不对。" in printed
    assert "0 / 110 分" in printed
    assert "没有哪个单元格定义 deleted" in printed
    assert load(tmp_path / "mine.ipynb").about.startswith("实验自带的检查")


def test_everything_right_ends_with_0(check, tmp_path):
    answers = {**solution(), "img2col_why_written": "Memory."}
    status, printed, complained = check(filled(tmp_path / "mine.ipynb", answers).read_text("utf-8"), "--quick")
    assert (status, complained) == (0, "")
    assert "100 / 110 points, +10 bonus" in printed
    receipt = load(tmp_path / "mine.ipynb")
    assert changed_since(receipt, {a.name: a.source for a in answers_in(cells_of(tmp_path / "mine.ipynb"))}) == []


@pytest.mark.parametrize("line", ["exit()", "quit(0)"])
def test_a_cell_that_ends_its_kernel_by_a_call_is_named_and_not_the_next_one(check, line):
    status, printed, complained = check(shortened(leaves=f"found = 1\n{line}", innocent="1 + 1"))
    assert (status, printed) == (1, "")
    assert "`found = 1` calls exit() or quit(), which ends the kernel, so nothing below it ran." in complained
    assert "1 + 1" not in complained


@pytest.mark.parametrize("line", ["os._exit(0)"])
def test_a_cell_under_which_the_kernel_dies_is_named(check, line):
    status, _, complained = check(shortened(dies=f"import os\n{line}", innocent="1 + 1"))
    assert status == 1
    assert complained.startswith("The kernel ended while it ran `import os`.")


@pytest.mark.parametrize("line", ["sys.exit()", "raise SystemExit(3)"])
def test_a_cell_that_only_wants_to_exit_is_named_and_the_rest_runs(check, line):
    notebook = shortened(wants=f"import sys\n{line}", innocent="1 + 1")
    answer(notebook, solution()["relu_code"])
    status, printed, _ = check(notebook)
    assert status == 1
    assert "`import sys` fails (SystemExit" in printed or "`import sys` worked before and fails" in printed
    assert "[+] relu" in printed


def test_what_is_no_labs_notebook_is_one_line(check):
    status, printed, complained = check({"cells": released()["cells"][2:]})
    assert (status, printed) == (1, "")
    assert complained.startswith("mine.ipynb is no notebook of a lab: it has none of the questions of lab1_")
    assert complained.count("\n") == 1
