"""A lab's finished code as the course's files, and the points that a hand-in's notebook gets on the public cases."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from aics.check.judge import judge
from autograder.authoring.namespace import run_cells
from autograder.authoring.public_cases import public_cases
from autograder.authoring.source import LOOK_TAG
from autograder.authoring.start import finished_files, working_folder
from autograder.course import UPLOAD, Lab
from autograder.course.original import marked


def write_upload(lab: Lab, student: Path) -> Path:
    """Write the student's stu_upload/ as the finished notebook does, beside the files that the lab starts from."""
    folder = student / UPLOAD
    folder.mkdir(parents=True)
    for name, text in finished_files(lab).items():
        (folder / name).write_text(text, "utf-8")
    return folder


def points_of(lab: Lab, notebook: NotebookNode) -> dict[str, float]:
    """Each question's points on the public cases, without timing; graded code gets the lab's own start files."""
    cells = [
        (cell.metadata.nbgrader.grade_id, cell.source)
        for cell in notebook.cells
        if cell.cell_type == "code"
        and not cell.metadata.nbgrader.grade
        and LOOK_TAG not in cell.metadata.get("tags", ())
    ]
    with working_folder(lab) as folder:
        namespace = run_cells(cells, beside=folder)
    points = {}
    of_original = {name.removesuffix("_code") for name, source in cells if marked(source)}
    for name, question in lab.questions.items():
        asked = question.of_original() if name in of_original else question
        cases = public_cases(asked)
        answers = [lab.answer(name, namespace, case) for case in cases]
        points[name] = judge(lab.rule_of(asked), cases, [asked.expected(**c) for c in cases], answers).score
    return points


def not_exported(lab: Lab) -> set[str]:
    """The questions about something that students write and no file of the course takes; a notebook hands it in."""
    notebook = nbformat.read(lab.released, 4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    stubs = [cell.source for cell in code if cell.metadata.nbgrader.solution]
    exported = {name for names in lab.asks.EXPORTS.values() for name in names}
    only_here = {name for source in stubs for name in _written(source)} - exported
    return {question for question in lab.questions if only_here & _asked_for(lab, question)}


def _written(stub: str) -> set[str]:
    """The functions and classes that a stub cell defines, and the classes to which it adds a method."""
    defined = [node for node in ast.parse(stub).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    calls = [call for node in defined for call in node.decorator_list if isinstance(call, ast.Call)]
    return {node.name for node in defined} | {ast.unparse(argument) for call in calls for argument in call.args}


def _asked_for(lab: Lab, question: str) -> set[str]:
    """The names of the student's that a question's ask takes."""
    parameters = inspect.signature(getattr(lab.asks, question)).parameters.values()
    return {p.name for p in parameters if p.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD}
