"""What is committed is what a fresh build makes, and no solution is in it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.source import source_notebook
from autograder.course import ROOT, labs

LABS = labs()
TELLS_NOTHING = re.compile(r"\s*(return \w+|.{0,12})\s*")
every_lab = pytest.mark.parametrize("lab", LABS, ids=[lab.name for lab in LABS])


def solution_lines(lab):
    """Every line of a solution region that says more than a bracket or ``return output``."""
    lines = set()
    for cell in source_notebook(lab).cells:
        for region in re.findall(r"BEGIN SOLUTION\n(.*?)\n\s*#* ?#* ?END SOLUTION", cell.source, re.S):
            lines |= {line.strip() for line in region.splitlines() if not TELLS_NOTHING.fullmatch(line)}
    return lines


def released(lab):
    return nbformat.read(lab.released, 4)


def meta(cell):
    return cell.metadata.get("nbgrader", {})


# Every lab of the checkout


@pytest.mark.slow
@every_lab
def test_the_committed_files_are_what_a_fresh_build_makes(lab):
    """In a process of its own: each pair of known mistakes is run in a copy of it, and this one is large to copy."""
    command = [sys.executable, "-m", "autograder", "build", "--check", lab.name]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@every_lab
def test_the_released_notebook_holds_no_line_of_a_solution(lab):
    lines = solution_lines(lab)
    text = [line.strip() for cell in released(lab).cells for line in cell.source.splitlines()]
    assert len(lines) > len(lab.questions)
    assert lines.isdisjoint(text)


@every_lab
def test_the_released_notebook_names_no_solution_and_no_path_of_this_machine(lab):
    text = lab.released.read_text("utf-8")
    for word in (
        "BEGIN SOLUTION",
        "END SOLUTION",
        "MARK SCHEME",
        "solutions/",
        "autograder",
        "oracle",
        str(ROOT),
        "/home/",
        str(Path.home()),
    ):
        assert word not in text, word


@every_lab
def test_a_stub_says_what_to_do_and_raises_with_its_name(lab):
    stubs = [cell for cell in released(lab).cells if meta(cell).get("solution") and cell.cell_type == "code"]
    assert len(stubs) == len(lab.questions)
    for stub, question in zip(stubs, lab.questions, strict=True):
        assert "# your code here" in stub.source
        assert re.search(rf'raise NotImplementedError\("lab \d, {question}: ', stub.source)


@every_lab
def test_test_cells_are_locked_and_only_check(lab):
    tests = [cell for cell in released(lab).cells if meta(cell).get("grade") and cell.cell_type == "code"]
    assert [cell.source for cell in tests] == [f'check("{question}")' for question in lab.questions]
    assert all(meta(cell).locked and not cell.metadata.get("deletable", True) for cell in tests)


@every_lab
def test_points_add_up_to_100_and_the_bonus_stands_apart(lab):
    assert sum(q.points for q in lab.questions.values() if not q.bonus) == 100
    graded = {meta(cell).grade_id: meta(cell).points for cell in released(lab).cells if meta(cell).get("grade")}
    assert sum(graded.values()) == 100 + sum(w.points for w in lab.written.values())
    assert all(graded[q.name] == (0 if q.bonus else q.points) for q in lab.questions.values())


@every_lab
def test_a_written_answer_is_blank(lab):
    blanks = [cell.source for cell in released(lab).cells if meta(cell).get("grade_id") in lab.written]
    assert blanks == ["*Your answer here.*"] * len(lab.written)


@every_lab
def test_released_cells_have_no_output(lab):
    assert all(not cell.outputs and cell.execution_count is None for cell in released(lab).cells if "outputs" in cell)
