"""What a hand-in of the original course's files is graded out of: what that course asks."""

from __future__ import annotations

from collections.abc import Collection

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from aics.language import listed, noted, tr
from autograder.course.original import not_counted

SAID = noted(
    "Graded as files of the original course, out of **{total:g} points**. Not asked there, and not counted: {names}."
)


def points_not_counted(notebook: NotebookNode) -> dict[str, float]:
    """Return what each graded cell that is not asked would be worth: grade_id -> points."""
    names = not_counted(notebook)
    graded = [cell.metadata.nbgrader for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    return {mark.grade_id: float(mark.get("points") or 0) for mark in graded if mark.grade_id in names}


def say_total(notebook: NotebookNode, whole: float) -> None:
    """Put a cell first that says what the notebook is graded out of, where that is not the lab's `whole`."""
    if dropped := points_not_counted(notebook):
        said = tr(SAID, total=whole - sum(dropped.values()), names=listed(dropped))
        notebook.cells.insert(0, new_markdown_cell(said, id="graded-out-of"))


def leave_out_unasked(notebook: NotebookNode) -> Collection[str]:
    """Have a feedback page show no points for what is not asked; return the grade_ids of that."""
    dropped = points_not_counted(notebook)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") in dropped and cell.metadata.nbgrader.get("grade"):
            cell.metadata.nbgrader["points"] = 0.0
    return dropped
