"""repair: the released notebook with the student's answers, whatever was handed in."""

from __future__ import annotations

import json
from copy import deepcopy

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbgrader.nbgraderformat import MetadataValidator

from autograder.intake.repair import repair
from tests.intake.release import ANSWERS, SIZE, answer, at, by_id, code, release, solved, stub


def repaired(submission, expect: str = ""):
    """Repair, check what always holds, and that a remark (or none) is given."""
    before = deepcopy(submission)
    notebook, remarks = repair(submission, release())
    assert submission == before
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    ids = [c.metadata.nbgrader.grade_id for c in notebook.cells if "nbgrader" in c.metadata]
    assert ids == [c.metadata.nbgrader.grade_id for c in release().cells if "nbgrader" in c.metadata]
    for cell in release().cells:
        if "nbgrader" in cell.metadata:
            kept = by_id(notebook, cell.metadata.nbgrader.grade_id)
            assert kept.metadata == cell.metadata
            assert kept.metadata.nbgrader.solution or kept.source == cell.source
    assert all(c.metadata == {} for c in notebook.cells if c.id.startswith("own-"))
    again, more = repair(notebook, release())
    assert again == notebook
    assert more == []
    assert any(expect in remark for remark in remarks) if expect else remarks == [], remarks
    assert all("\n" not in remark for remark in remarks)
    return notebook


def answers_of(notebook):
    return {name: by_id(notebook, name).source for name in ANSWERS}


def test_answers_are_kept_and_nothing_is_said():
    notebook = repaired(solved())
    assert answers_of(notebook) == ANSWERS
    assert len(notebook.cells) == len(release().cells)


def test_untouched_release_is_a_fixed_point():
    assert repaired(release()) == release()


def test_outputs_are_dropped():
    submission = solved()
    submission.cells[1].outputs = [{"output_type": "stream", "name": "stdout", "text": "x" * 10}]
    assert all(not c.get("outputs") for c in repaired(submission).cells)


def test_missing_test_and_given_cells_are_put_back():
    submission = solved()
    submission.cells = [c for c in submission.cells if c.id not in ("relu", "setup_given")]
    assert answers_of(repaired(submission, "missing cells, put back: setup_given, relu")) == ANSWERS


def test_doubled_test_cell():
    submission = solved()
    submission.cells.insert(3, deepcopy(by_id(submission, "relu")))
    assert len(repaired(submission, "doubled, one kept: relu").cells) == len(release().cells)


def test_edited_test_cell():
    submission = solved()
    by_id(submission, "relu").source = "5.0"
    repaired(submission, "edited, restored: relu")


def test_reordered_cells():
    submission = solved()
    submission.cells.reverse()
    assert answers_of(repaired(submission, "another order")) == ANSWERS


def test_forged_points_and_flags_are_dropped():
    submission = solved()
    by_id(submission, "relu").metadata.nbgrader.points = 1000
    by_id(submission, "relu_code").metadata.nbgrader.update(grade=True, points=50, locked=True)
    by_id(submission, "softmax_loss").metadata.tags = ["look"]
    repaired(submission)


def test_forged_cell_stays_as_own_cell():
    submission = solved()
    submission.cells.append(code("cheat = 1", nbgrader={"grade_id": "cheat", "grade": True, "points": 99}))
    notebook = repaired(submission, "does not have, kept as the student's own: cheat")
    assert notebook.cells[-1].source == "cheat = 1"


def test_own_cells_stay_after_the_cell_that_they_followed():
    submission = solved()
    submission.cells.insert(at(submission, "relu") + 1, code("mine = 1"))
    submission.cells.insert(0, code("first = 1"))
    notebook = repaired(submission)
    assert notebook.cells[0].source == "first = 1"
    assert notebook.cells[at(notebook, "relu") + 1].source == "mine = 1"


def test_own_prose_is_kept_and_edited_released_prose_is_not_doubled():
    submission = solved()
    submission.cells[0].source = "# Lab 9, my copy"
    submission.cells.insert(2, nbformat.v4.new_markdown_cell("my notes"))
    notebook = repaired(submission)
    assert [c.source for c in notebook.cells if c.cell_type == "markdown"][:2] == ["# Lab 9", "my notes"]


def test_prose_without_cell_ids_is_recognised_by_its_text():
    submission = solved()
    for cell in submission.cells:
        del cell["id"]
    assert len(repaired(submission).cells) == len(release().cells)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_copies_the_filled_one_is_taken(order):
    submission = solved()
    place = at(submission, "relu_code")
    copies = [submission.cells[place], deepcopy(by_id(release(), "relu_code"))]
    submission.cells[place : place + 1] = [copies[i] for i in order]
    notebook = repaired(submission, "relu_code was there 2 times")
    assert by_id(notebook, "relu_code").source == ANSWERS["relu_code"]


@pytest.mark.parametrize("aside", ["# {}", '"""{}"""', "'''{}'''  # old"])
def test_an_answer_below_its_test_is_moved_up_to_a_stub_that_is_commented_out(aside):
    submission = solved()
    stub = by_id(submission, "relu_code")
    stub.source = aside.format(ANSWERS["relu_code"].replace("\n", "\n# " if aside[0] == "#" else "\n"))
    submission.cells.append(code(ANSWERS["relu_code"]))
    notebook = repaired(submission, "relu_code was answered in a cell below its test: moved up")
    assert by_id(notebook, "relu_code").source == f"{stub.source}\n\n\n{ANSWERS['relu_code']}"
    assert notebook.cells[-1].source != ANSWERS["relu_code"]


def test_a_stub_that_is_commented_out_stays_where_the_answer_stands_above_its_test():
    submission = solved()
    by_id(submission, "relu_code").source = "# not so"
    submission.cells.insert(at(submission, "relu_code") + 1, code(ANSWERS["relu_code"]))
    notebook = repaired(submission)
    assert by_id(notebook, "relu_code").source == "# not so"
    assert notebook.cells[at(notebook, "relu_code") + 1].source == ANSWERS["relu_code"]


def test_lines_without_ends_are_lines():
    raw = json.loads(json.dumps(solved()))
    for cell in raw["cells"]:
        cell["source"] = cell["source"].split("\n")
    notebook, remarks = repair(raw, release())
    assert {name: by_id(notebook, name).source for name in ANSWERS} == ANSWERS
    assert remarks == ["the lines of its cells have no ends: each is read as a line of its own"]


def test_of_two_filled_copies_the_last_is_taken():
    submission = solved()
    second = deepcopy(by_id(submission, "relu_code"))
    second.source = answer("ReLULayer", "forward", "backward", text="2 * x")
    submission.cells.insert(at(submission, "relu_code") + 1, second)
    notebook = repaired(submission, "last filled")
    assert by_id(notebook, "relu_code").source == second.source
    assert notebook.cells[at(notebook, "relu_code") - 1].source == ANSWERS["relu_code"]


@pytest.mark.parametrize(
    ("counts", "taken", "said"),
    [
        ((9, 4), "first", "one that was run last is"),
        ((4, 9), "second", "last filled one is"),
        ((3, None), "first", "one that was run last is"),
        ((None, None), "second", "last filled one is"),
        ((True, -1), "second", "last filled one is"),
        (("7", 1.5), "second", "last filled one is"),
    ],
)
def test_of_two_copies_that_run_the_one_that_was_run_last_is_taken(counts, taken, said):
    submission = solved()
    place = at(submission, "relu_code")
    copies = [deepcopy(submission.cells[place]) for _ in counts]
    for copy, name, count in zip(copies, ("first", "second"), counts, strict=True):
        copy.source += f"\n# {name}"
        copy.execution_count = count
    submission.cells[place : place + 1] = copies
    notebook = repaired(submission, said)
    assert by_id(notebook, "relu_code").source.endswith(taken)
    assert not [cell for cell in notebook.cells if cell.get("execution_count")]


def test_of_two_filled_copies_the_one_that_the_test_sees_is_taken():
    submission = solved()
    second = deepcopy(by_id(submission, "relu_code"))
    second.source = answer("ReLULayer", "forward", "backward", text="2 * x")
    submission.cells.append(second)
    notebook = repaired(submission, "runs before its test")
    assert by_id(notebook, "relu_code").source == ANSWERS["relu_code"]
    assert notebook.cells[-1].source == second.source


def test_a_split_cell_is_joined():
    submission = solved(relu_code=answer("ReLULayer", "forward"))
    second = deepcopy(by_id(submission, "relu_code"))
    second.source = answer("ReLULayer", "backward")
    submission.cells.insert(at(submission, "relu_code") + 1, second)
    source = by_id(repaired(submission, "joined"), "relu_code").source
    assert "def forward" in source
    assert "def backward" in source


@pytest.mark.parametrize("name", ["relu_code", "output_size_code"])
def test_lost_metadata_is_recognised_by_what_the_cell_defines(name):
    submission = solved()
    place = at(submission, name)
    submission.cells[place] = code("# mine\n" + ANSWERS[name])
    notebook = repaired(submission, f"had lost their metadata, recognised by what they define: {name}")
    assert by_id(notebook, name).source == "# mine\n" + ANSWERS[name]
    assert len(notebook.cells) == len(release().cells)


def test_all_metadata_lost():
    submission = solved()
    for cell in submission.cells:
        cell.metadata = {}
    assert answers_of(repaired(submission)) == ANSWERS


def test_one_cell_that_answers_several_questions():
    everything = "\n\n\n".join(ANSWERS[n] for n in ("relu_code", "softmax_loss_code", "flatten_code"))
    submission = release()
    by_id(submission, "relu_code").source = everything
    notebook = repaired(submission, "softmax_loss_code is answered in the cell relu_code")
    assert by_id(notebook, "flatten_code").source == "# answered in the cell relu_code above"
    assert "NotImplementedError" in by_id(notebook, "output_size_code").source


def test_an_answer_below_its_test_is_moved_up():
    submission = release()
    submission.cells.append(code(SIZE))
    notebook = repaired(submission, "output_size_code was answered in a cell below its test")
    assert by_id(notebook, "output_size_code").source == SIZE
    assert len(notebook.cells) == len(release().cells)


def test_an_answer_between_stub_and_test_stays_there():
    submission = release()
    submission.cells.insert(at(submission, "output_size"), code(SIZE))
    notebook = repaired(submission, "output_size_code is answered in the cell below it")
    assert notebook.cells[at(notebook, "output_size") - 1].source == SIZE
    assert "NotImplementedError" not in by_id(notebook, "output_size_code").source


def test_emptied_answer_becomes_the_stub():
    notebook = repaired(solved(relu_code="  \n"))
    assert by_id(notebook, "relu_code").source == stub("ReLULayer", "forward", "backward")


def test_answer_turned_into_text_is_turned_back():
    submission = solved()
    place = at(submission, "relu_code")
    submission.cells[place].cell_type = "markdown"
    cell = by_id(repaired(submission, "changed between code and text"), "relu_code")
    assert (cell.cell_type, cell.source) == ("code", ANSWERS["relu_code"])


def test_a_picture_in_a_written_answer_is_kept_and_a_script_is_not():
    submission = solved()
    by_id(submission, "why").attachments = {
        "a.png": {"image/png": "iVBORw0KGgo="},
        "b.svg": {"image/svg+xml": "<svg onload='x'/>"},
    }
    notebook = repaired(submission, "1 attachment(s)")
    assert by_id(notebook, "why").attachments == {"a.png": {"image/png": "iVBORw0KGgo="}}


def test_syntax_error_is_left_for_the_judge():
    assert by_id(repaired(solved(relu_code="def forward(:")), "relu_code").source == "def forward(:"


def test_many_own_cells_are_cut():
    submission = solved()
    submission.cells += [code(f"a{i} = 1") for i in range(1500)]
    assert len(repaired(submission, "1500 own cells").cells) == len(release().cells) + 1000


names = st.sampled_from(
    ["relu", "relu_code", "softmax_loss_code", "why", "setup_given", "output_size_code", "nobody", ""]
)
sources = st.sampled_from(
    ["", "x = 1", SIZE, answer("ReLULayer", "forward"), answer("ReLULayer", "backward"), 'check("relu")', "# Lab 9",
     stub("SoftmaxLossLayer", "forward"), answer("SoftmaxLossLayer", "forward") + "\n" + SIZE, "\ud800\x00"]
)  # fmt: skip
marks = st.one_of(st.just({}), st.fixed_dictionaries({"nbgrader": st.fixed_dictionaries({"grade_id": names})}))
kinds = st.sampled_from(["code", "markdown", "raw"])
ids = st.sampled_from(["prose-0", "prose-4", "relu_code", "own-1", "own-2", "flatten_code", "x"])
plausible = st.fixed_dictionaries({"cell_type": kinds, "metadata": marks, "source": sources}, optional={"id": ids})
json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(["cells", "source", "metadata", "nbgrader", "grade_id", "cell_type", "id",
                                      "worksheets", "nbformat", "attachments", "kernelspec", "input"]), inner),
    max_leaves=30,
)  # fmt: skip


def check_any(submission):
    notebook, remarks = repair(submission, release())
    nbformat.validate(notebook)
    assert repair(notebook, release()) == (notebook, [])
    assert all(isinstance(remark, str) and remark.isprintable() for remark in remarks)


@settings(max_examples=300, deadline=None)
@given(st.lists(plausible, max_size=12))
def test_any_cells_repair_to_a_fixed_point(cells):
    check_any({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})


@settings(max_examples=300, deadline=None)
@given(json_values)
def test_any_json_is_survived(value):
    check_any(value)
    check_any(
        {
            "nbformat": 4,
            "cells": [value, {"source": value, "metadata": value, "id": value}],
            "metadata": value,
        }
    )
