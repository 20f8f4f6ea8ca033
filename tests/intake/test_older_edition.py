"""A notebook from before an edit of the lab: its locked cells are older, and no work of the student's."""

from __future__ import annotations

import ast
import textwrap

import nbformat
import pytest
from nbformat import NotebookNode

from autograder.authoring.source import source_notebook
from autograder.course import Lab, labs
from autograder.grading.allowed import beyond_allowed
from autograder.grading.bench import hidden_packages
from autograder.grading.steps import steps_of
from autograder.intake.repair import repair

LOOK = """\
from aics.export import export

edges = show(np.ones(3))
files = export("{lab}", globals())
"""


def flush(source: str) -> str:
    """A cell as older editions have it: what now stands in its `with` blocks stands alone."""
    found = []
    for node in ast.parse(source).body:
        inner = node.body if isinstance(node, ast.With) else [node]
        found += [textwrap.dedent(ast.unparse(each)) for each in inner]
    return "\n".join(found)


def solved(lab: Lab) -> NotebookNode:
    return nbformat.from_dict(source_notebook(lab))


def looks(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.id.endswith("_look")]


def repaired(lab: Lab, notebook: NotebookNode) -> NotebookNode:
    return repair(notebook, nbformat.read(lab.released, 4))[0]


def own_cells(lab: Lab, notebook: NotebookNode) -> list[str]:
    released = {cell.id for cell in nbformat.read(lab.released, 4).cells}
    return [cell.source for cell in repaired(lab, notebook).cells if cell.id not in released]


def assert_all_may_be_asked(lab: Lab, notebook: NotebookNode) -> None:
    steps = steps_of(repaired(lab, notebook), lab.questions)
    beyond = beyond_allowed(lab, steps, list(lab.questions), hidden_packages(lab))
    assert (beyond.there, beyond.absent) == ({}, {})


@pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
def test_cells_to_look_at_without_their_blocks_add_nothing_that_may_not_be_used(lab):
    notebook = solved(lab)
    for cell in looks(notebook):
        cell.source = flush(cell.source)
    assert_all_may_be_asked(lab, notebook)


@pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
def test_cells_to_look_at_of_another_text_add_nothing_that_may_not_be_used(lab):
    notebook = solved(lab)
    for cell in looks(notebook):
        cell.source = LOOK.format(lab=lab.name)
    assert_all_may_be_asked(lab, notebook)


def test_what_an_answer_needs_is_kept_with_what_that_needs_in_its_turn():
    lab = Lab("lab2_layers")
    notebook = solved(lab)
    look, *_ = looks(notebook)
    look.source += "\nHALF = 0.5\nunused = 3\n\n\ndef halved(x):\n    return HALF * x\n"
    answer = next(cell for cell in notebook.cells if cell.id == "relu_code")
    answer.source += "\nhalved(1)\n"
    (kept,) = own_cells(lab, notebook)
    assert "def halved" in kept
    assert "HALF = 0.5" in kept
    assert "unused" not in kept


def test_an_answer_that_was_typed_into_a_cell_to_look_at_is_kept():
    lab = Lab("lab2_layers")
    notebook = solved(lab)
    answer = next(cell for cell in notebook.cells if cell.id == "relu_code")
    look, *_ = looks(notebook)
    look.source += "\n\n" + answer.source
    answer.source = ""
    (kept,) = own_cells(lab, notebook)
    assert "forward" in kept


def older(lab: Lab) -> NotebookNode:
    """A hand-in in whose locked cells some lines were others, and which lacks cells that came later."""
    notebook = nbformat.read(lab.released, 4)
    given = [cell for cell in notebook.cells if cell.id.endswith("_given")]
    for cell in given[1:3]:
        cell.source += "\n\nOLDER = 1\n"
    late = looks(notebook)[:2]
    notebook.cells = [cell for cell in notebook.cells if cell not in late]
    return notebook


def test_an_older_edition_is_one_remark():
    lab = Lab("lab2_layers")
    (remark,) = repair(older(lab), nbformat.read(lab.released, 4))[1]
    assert remark.startswith("made with an older edition of this lab, it seems: 4 locked cells differ (")


def test_and_a_stub_that_is_missing_is_named_beside_it():
    lab = Lab("lab2_layers")
    notebook = older(lab)
    notebook.cells = [cell for cell in notebook.cells if cell.id != "relu_code"]
    remarks = repair(notebook, nbformat.read(lab.released, 4))[1]
    assert remarks[1:] == ["missing cells, put back: relu_code"]


def test_one_cell_that_was_edited_is_named():
    lab = Lab("lab2_layers")
    notebook = nbformat.read(lab.released, 4)
    next(cell for cell in notebook.cells if cell.id == "relu_check").source = 'check("relu").passed = True'
    assert "relu" in " ".join(repair(notebook, nbformat.read(lab.released, 4))[1])
    assert "older edition" not in " ".join(repair(notebook, nbformat.read(lab.released, 4))[1])
