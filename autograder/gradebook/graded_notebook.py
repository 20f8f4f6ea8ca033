"""The graded notebook, as `nbgrader autograde` leaves it, made without nbgrader's database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from nbformat import NotebookNode, from_dict

from autograder.authoring.own_release import own_release
from autograder.course import Lab
from autograder.gradebook.cell_outputs import outputs_of
from autograder.gradebook.given import given_of
from autograder.gradebook.graded_out_of import say_total
from autograder.grading.record import Outputs, Record
from autograder.grading.steps import Step

#: Lines of a cell's output, and of a traceback, up to which nbgrader's LimitOutput leaves them as they are.
LINES, TRACEBACK = 1000, 100


def graded_notebook(repaired: NotebookNode, steps: Sequence[Step], record: Record, lab: Lab) -> NotebookNode:
    """Return a repaired hand-in with what its run showed, and each test cell with its verdict; shortened."""
    notebook = fill(repaired, steps, record)
    if any(map(_is_long, notebook.cells)):
        from nbgrader.preprocessors import LimitOutput  # it brings all of nbgrader, which a worker else needs not

        notebook, _ = LimitOutput().preprocess(notebook, {})
    say_total(notebook, sum(q.points for q in lab.questions.values() if not q.bonus) + _written(lab))
    given_of(lab).only_questions(notebook)
    return notebook


def fill(notebook: NotebookNode, steps: Sequence[Step], record: Record) -> NotebookNode:
    """Put outputs into a notebook's cells, in the place of any that are there; returns the notebook."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    for number, step in enumerate(steps):
        notebook.cells[step.place].outputs = [from_dict(output) for output in _shown(record, number, step)]
    return notebook


def stubs(lab: Lab) -> dict[str, str]:
    """Return the text of each solution cell as it was released, by its grade_id."""
    marked = [(cell.metadata.get("nbgrader", {}), cell.source) for cell in own_release(lab).cells]
    return {mark["grade_id"]: source for mark, source in marked if mark.get("solution")}


def path_of_notebook(folder: Path, student: str, lab: str) -> Path:
    """Where nbgrader has a notebook in one of its folders, such as ``autograded``."""
    return folder / student / lab / f"{lab}.ipynb"


def source_of(path: Path, grade_id: str) -> str:
    """Return the text of one cell of a notebook, "" where it has none; OSError or ValueError where it is none."""
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        if cell.get("metadata", {}).get("nbgrader", {}).get("grade_id") == grade_id:
            source = cell["source"]
            return source if isinstance(source, str) else "".join(source)
    return ""


def _written(lab: Lab) -> float:
    return sum(written.points for written in lab.written.values())


def _shown(record: Record, number: int, step: Step) -> Outputs:
    if not step.question:
        return record.outputs.get(number, [])
    judged = record.judged.get(step.question)
    return outputs_of(judged.verdict, record.isolation) if judged else []


def _is_long(cell: NotebookNode) -> bool:
    outputs = cell.get("outputs", [])
    lines = sum(output.get("text", "").count("\n") + 1 for output in outputs if output.output_type == "stream")
    return lines > LINES or any(len(output.get("traceback", ())) > TRACEBACK for output in outputs)
