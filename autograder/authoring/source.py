"""A lab's percent source as an nbgrader source notebook.

Each code cell of ``solutions/<lab>/notebook.py`` has one key that says its role, with its name:
``given`` (locked, always run), ``look`` (locked, something to look at, not run when grading),
``code`` (a question's stub), ``check`` (a question's test cell). A markdown cell may be
``written``: an answer that a person grades. Points come from the lab's questions, and so do the ends of
a speed question's curve, where prose says ``{conv.full}`` or ``{conv.zero}``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from functools import lru_cache
from typing import Any

from nbformat import NotebookNode, from_dict

from aics.language import listed, tr
from autograder.course import CourseError, Lab

ROLES = ("given", "look", "code", "check", "written")
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LOOK_TAG = "look"
#: What JupyterLab and nbclient go on after, though the cell has failed: Run All passes a stub that cannot be run.
GO_ON_TAG = "raises-exception"
TAGS = {"look": LOOK_TAG, "code": GO_ON_TAG}
SPEED_END = re.compile(r"\{(\w+)\.(full|zero)\}")


def source_notebook(lab: Lab) -> NotebookNode:
    """Read the lab's source and give every cell its nbgrader metadata and a stable id."""
    notebook = _copy(lab)
    notebook.metadata = from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for position, cell in enumerate(notebook.cells):
        role, name = role_of(cell, position, lab)
        cell.metadata = from_dict(_metadata(lab, role, name))
        cell.id = _id(role, name, position)
        cell.source = filled_source(lab, cell)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    _complete(lab, notebook)
    return notebook


def source_cells(lab: Lab) -> list[NotebookNode]:
    """Read the lab's source as it stands there: with its keys, and with the blanks of parameters; ids are given."""
    cells: list[NotebookNode] = _copy(lab).cells
    for position, cell in enumerate(cells):
        cell.id = _id(*role_of(cell, position, lab), position)
    return cells


def filled_source(lab: Lab, cell: NotebookNode, said: Callable[[str], str] = str) -> str:
    """What a source's cell says, with its blanks filled: the lab's parameters, and in prose the ends of curves.

    `said` puts the parameters' words into the cell's language.
    """
    text = lab.filled(cell.source, code=cell.cell_type == "code", where=cell.id, said=said)
    if cell.cell_type == "code":
        return text
    return SPEED_END.sub(lambda found: _speed_end(lab, *found.groups()), text)


def _id(role: str, name: str, position: int) -> str:
    return f"{name}_{role}" if role else f"prose-{position}"


def _copy(lab: Lab) -> NotebookNode:
    return deepcopy(_read((lab.folder / "notebook.py").read_text("utf-8")))


@lru_cache(maxsize=16)
def _read(text: str) -> NotebookNode:
    """A source's cells; to be copied, since reading them takes as long as running many."""
    import jupytext  # brings Jupyter's server along, and most commands read no source

    notebook: NotebookNode = jupytext.reads(text, fmt="py:percent")
    return notebook


def role_of(cell: NotebookNode, position: int, lab: Lab) -> tuple[str, str]:
    """The cell's (role, name); ("", "") for prose. CourseError names a cell without a proper role."""
    roles = [(role, cell.metadata[role]) for role in ROLES if role in cell.metadata]
    if len(roles) > 1 or (cell.cell_type == "code" and not roles):
        start = cell.source.strip().splitlines()[:1]
        raise CourseError(
            tr(
                "{lab}: cell {position} ({start}) needs exactly one of {roles}",
                lab=lab.name,
                position=position,
                start=start,
                roles=listed(ROLES),
            )
        )
    return roles[0] if roles else ("", "")


def grade_id(role: str, name: str) -> str:
    """The nbgrader grade_id of a cell: a test cell or written answer has the question's own name."""
    return name if role in ("check", "written") else f"{name}_{role}"


def _metadata(lab: Lab, role: str, name: str) -> dict[str, Any]:
    if not role:
        return {}
    graded = role in ("check", "written")
    nbgrader = {
        "grade": graded,
        "grade_id": grade_id(role, name),
        "locked": role in ("given", "look", "check"),
        "schema_version": 3,
        "solution": role in ("code", "written"),
        "task": False,
    }
    if graded:
        nbgrader["points"] = _points(lab, role, name)
    return {"nbgrader": nbgrader} | ({"tags": [TAGS[role]]} if role in TAGS else {})


def _points(lab: Lab, role: str, name: str) -> float:
    """Points in nbgrader's sense: a bonus is worth 0 there, and is recorded as extra credit."""
    known = lab.questions if role == "check" else lab.written
    if name not in known:
        raise CourseError(
            tr("{lab}: the notebook asks {question!r}, which questions.py does not have", lab=lab.name, question=name)
        )
    return 0 if getattr(known[name], "bonus", False) else known[name].points


def _speed_end(lab: Lab, name: str, end: str) -> str:
    """One end of a question's published curve, as prose says it."""
    speed = lab.questions[name].speed if name in lab.questions else None
    if speed is None:
        raise CourseError(
            tr(
                "{lab}: prose tells the speed of {question!r}, which questions.py does not time",
                lab=lab.name,
                question=name,
            )
        )
    return f"{getattr(speed.limits, end):g}"


def _complete(lab: Lab, notebook: NotebookNode) -> None:
    """Every question has its cells, once each; stubs and test cells stand in the lab's order."""
    ids = [c.metadata.nbgrader.grade_id for c in notebook.cells if "nbgrader" in c.metadata]
    twice = {i for i in ids if ids.count(i) > 1}
    if twice:
        raise CourseError(tr("{lab}: more than one cell is named {names}", lab=lab.name, names=listed(sorted(twice))))
    unasked = [name for name in lab.written if name not in ids]
    if unasked:
        raise CourseError(tr("{lab}: no cell is written for {names}", lab=lab.name, names=listed(unasked)))
    wanted = [i for q in lab.questions for i in (grade_id("code", q), q)]
    if [i for i in ids if i in wanted] != wanted:
        raise CourseError(
            tr(
                "{lab}: stub and test cells do not stand in the order of questions.py: {wanted}",
                lab=lab.name,
                wanted=wanted,
            )
        )
