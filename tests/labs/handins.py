"""A lab's finished code as the course's files, and the points that a hand-in's notebook gets on the public cases."""

from __future__ import annotations

from pathlib import Path

import nbformat

from aics.check.ask import ask
from aics.check.judge import judge
from autograder.authoring.namespace import run_cells
from autograder.authoring.public_cases import public_cases
from autograder.authoring.start import finished_files, working_folder
from autograder.course import UPLOAD, Lab
from autograder.intake.shape import LabShape


def write_upload(lab: Lab, student: Path) -> Path:
    """Write the student's stu_upload/ as the finished notebook does, beside the files that the lab starts from."""
    folder = student / UPLOAD
    folder.mkdir(parents=True)
    for name, text in finished_files(lab).items():
        (folder / name).write_text(text, "utf-8")
    return folder


def shape_of(lab: Lab) -> LabShape:
    """What intake knows of the lab."""
    return LabShape.of(nbformat.read(lab.released, 4), lab.name, lab.asks.EXPORTS)


def points_of(lab: Lab, notebook) -> dict[str, float]:
    """Each question's points on the public cases, without timing; graded code gets the lab's own start files."""
    cells = [
        (cell.metadata.nbgrader.grade_id, cell.source)
        for cell in notebook.cells
        if cell.cell_type == "code" and not cell.metadata.nbgrader.grade and not cell.metadata.get("tags")
    ]
    with working_folder(lab) as folder:
        namespace = run_cells(cells, beside=folder)
    points = {}
    for name, question in lab.questions.items():
        cases = public_cases(question)
        answers = [ask(getattr(lab.asks, name), namespace, case) for case in cases]
        points[name] = judge(lab.rule(name), cases, [question.expected(**c) for c in cases], answers).score
    return points
