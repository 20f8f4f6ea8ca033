"""What was given stands again only where somebody needs it; what a student wrote, and every verdict, always does."""

from __future__ import annotations

from copy import deepcopy

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from autograder.course import labs
from autograder.gradebook.given import given_of, headings, is_look

LABS = labs()
PROSE = "Own words.\n\n# Not the lab's"


def mark(cell: NotebookNode) -> dict:
    return cell.metadata.get("nbgrader", {})


def graded(lab, lost: frozenset[str] = frozenset()) -> NotebookNode:
    """The released notebook with a student's own cells, and marks as a page has them."""
    notebook = nbformat.read(lab.released, 4)
    for cell in notebook.cells:
        if mark(cell).get("grade"):
            points = mark(cell)["points"]
            mark(cell).update(points=points, score=0.0 if mark(cell)["grade_id"] in lost else float(points))
            cell.outputs = [new_output("execute_result", {"text/plain": ""}, metadata={"aics": {}})]
    notebook.cells[1:1] = [new_markdown_cell(PROSE), new_code_cell("mine = 1")]
    return notebook


def texts(notebook: NotebookNode) -> list[str]:
    return [cell.source for cell in notebook.cells]


def test_a_line_of_code_is_no_heading():
    assert headings("# One\ntext # two\n```python\n# three\n```\n### Four\n#five\n") == ["# One", "### Four"]


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.name)
def test_a_graded_notebook_has_all_code_that_runs_and_the_texts_of_all_questions(lab):
    notebook, whole = graded(lab), graded(lab)
    given_of(lab).only_questions(notebook)
    code = [cell.source for cell in whole.cells if cell.cell_type == "code" and not is_look(cell)]
    assert [cell.source for cell in notebook.cells if cell.cell_type == "code"] == code
    assert PROSE in texts(notebook)
    assert [mark(c) for c in notebook.cells if mark(c).get("grade")] == [
        mark(c) for c in whole.cells if mark(c).get("grade")
    ]
    lines = [line for cell in notebook.cells if cell.cell_type == "markdown" for line in headings(cell.source)]
    assert lines == [line for cell in whole.cells if cell.cell_type == "markdown" for line in headings(cell.source)]
    for place, cell in enumerate(whole.cells):
        if mark(cell).get("solution"):
            above = [c for c in whole.cells[:place] if c.source in given_of(lab).texts][-1]
            assert above.source in texts(notebook), mark(cell)["grade_id"]


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.name)
def test_a_page_of_right_answers_has_no_given_text_but_headings_that_lead_to_something(lab):
    notebook, whole = graded(lab), graded(lab)
    given_of(lab).only_questions(notebook)
    given_of(lab).only_lost_points(notebook)
    asked = [cell for cell in whole.cells if mark(cell).get("solution") or mark(cell).get("grade")]
    kept = [c for c in notebook.cells if mark(c).get("solution") or mark(c).get("grade")]
    assert [mark(c)["grade_id"] for c in kept] == [mark(c)["grade_id"] for c in asked]
    assert {PROSE, "mine = 1"} < set(texts(notebook))
    assert not [cell for cell in notebook.cells if is_look(cell)]
    written = {
        place for place, cell in enumerate(notebook.cells) if mark(cell).get("solution") and mark(cell).get("grade")
    }
    left = [place for place, cell in enumerate(notebook.cells) if cell.source in given_of(lab).texts]
    assert len(left) <= 2 * len(written)
    last = [cell for cell in notebook.cells if cell.source in given_of(lab).headings][-1]
    assert notebook.cells.index(last) < len(notebook.cells) - 1


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.name)
def test_a_page_has_the_text_of_each_question_that_lost_points(lab):
    for name in lab.questions:
        notebook = graded(lab, frozenset({name}))
        (answer,) = [place for place, c in enumerate(notebook.cells) if mark(c).get("grade_id") == f"{name}_code"]
        above = [c.source for c in notebook.cells[:answer] if c.source in given_of(lab).texts][-1]
        bonus = lab.questions[name].bonus
        test = next(c for c in notebook.cells if mark(c).get("grade_id") == name)
        test.outputs[-1].metadata.aics = {"bonus": 0.0} if bonus else {}
        given_of(lab).only_lost_points(notebook)
        assert above in texts(notebook), name


def test_leaving_out_twice_leaves_out_no_more():
    lab = LABS[1]
    notebook = graded(lab, frozenset(lab.questions))
    given_of(lab).only_lost_points(notebook)
    once = deepcopy(notebook)
    given_of(lab).only_lost_points(notebook)
    assert texts(notebook) == texts(once)
