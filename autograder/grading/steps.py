"""A hand-in as the steps of its run: cells to run, and questions to ask where their test cells stand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.authoring.source import LOOK_TAG
from autograder.course.original import marked


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a run.

    Attributes
    ----------
    place : int
        Index of its cell in the notebook.
    grade_id : str
        Of its cell; "" for a student's own.
    source : str
        The code to run; "" where a question is asked.
    question : str
        The question to ask; "" where a cell is run.
    original : str
        How it is asked of the original course's files (`autograder.course.original`); "" in any other hand-in.
    """

    place: int
    grade_id: str
    source: str = ""
    question: str = ""
    original: str = ""

    @property
    def name(self) -> str:
        """What the cell is called when people are told of it."""
        return self.grade_id or f"{self.place + 1}"


def steps_of(notebook: NotebookNode, questions: Collection[str]) -> list[Step]:
    """The steps of a repaired notebook; cells that are only there to look at are none."""
    steps: list[Step] = []
    marks = {cell.metadata.get("nbgrader", {}).get("grade_id"): marked(cell.source) for cell in notebook.cells}
    for place, cell in enumerate(notebook.cells):
        mark = cell.metadata.get("nbgrader", {})
        grade_id = mark.get("grade_id", "")
        if cell.cell_type != "code":
            continue
        if mark.get("grade") and grade_id in questions:
            steps.append(
                Step(place=place, grade_id=grade_id, question=grade_id, original=marks.get(f"{grade_id}_code", ""))
            )
        elif LOOK_TAG not in cell.metadata.get("tags", []):
            steps.append(Step(place=place, grade_id=grade_id, source=cell.source))
    return steps
