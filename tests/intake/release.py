"""A small released notebook, made by hand: two questions, a function, a written answer."""

from __future__ import annotations

import json
from copy import deepcopy

from nbformat.notebooknode import NotebookNode, from_dict
from nbgrader.utils import compute_checksum

from autograder.intake.released_lab import ReleasedLab

EXPORTS = {"layers_1.py": ("ReLULayer", "SoftmaxLossLayer"), "layers_2.py": ("FlattenLayer",)}
SETUP = """class ReLULayer:
    pass


class SoftmaxLossLayer:
    pass


class FlattenLayer:
    pass"""


def stub(owner: str, *methods: str) -> str:
    """Return a released stub cell's source."""
    parts = [
        f'@add_to_class({owner})\ndef {name}(self, x):\n    # your code here\n    raise NotImplementedError("{name}")'
        for name in methods
    ]
    return "\n\n\n".join(parts)


def answer(owner: str, *methods: str, text: str = "x") -> str:
    """Return a filled stub cell's source."""
    return "\n\n\n".join(f"@add_to_class({owner})\ndef {name}(self, x):\n    return {text}" for name in methods)


SIZE_STUB = 'def output_size(size, kernel):\n    # your code here\n    raise NotImplementedError("output_size")'
SIZE = "def output_size(size, kernel):\n    return size - kernel + 1"


def _cell(cell_id: str, kind: str, source: str, **mark) -> dict:
    cell = {"id": cell_id, "cell_type": kind, "metadata": {}, "source": source}
    if kind == "code":
        cell |= {"outputs": [], "execution_count": None}
    tags = mark.pop("tags", None)
    if mark:
        base = {
            "grade": False,
            "solution": False,
            "locked": False,
            "task": False,
            "schema_version": 3,
            "cell_type": kind,
        }
        cell["metadata"]["nbgrader"] = base | mark
    if tags:
        cell["metadata"]["tags"] = tags
    return cell


def _given(name: str, source: str, **more) -> dict:
    return _cell(name, "code", source, grade_id=name, locked=True, **more)


def _question(name: str, source: str, points: float) -> list[dict]:
    code = _cell(f"{name}_code", "code", source, grade_id=f"{name}_code", solution=True)
    test = _cell(name, "code", f'check("{name}")', grade_id=name, grade=True, locked=True, points=points)
    return [code, test]


def release() -> NotebookNode:
    """Return the released notebook."""
    cells = [
        _cell("prose-0", "markdown", "# Lab 9"),
        _given("setup_given", SETUP),
        *_question("relu", stub("ReLULayer", "forward", "backward"), 5),
        _cell("prose-4", "markdown", "## Softmax"),
        *_question("softmax_loss", stub("SoftmaxLossLayer", "forward"), 3),
        _given("picture_look", "print(1)", tags=["look"]),
        *_question("output_size", SIZE_STUB, 2),
        *_question("flatten", stub("FlattenLayer", "forward"), 2),
        _cell("why_written", "markdown", "YOUR ANSWER HERE", grade_id="why", grade=True, solution=True, points=4),
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}, "cells": cells})
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.checksum = compute_checksum(cell)
    return notebook


def shape() -> ReleasedLab:
    """Return the small lab's shape."""
    return ReleasedLab.of(release(), "lab9_small", EXPORTS)


ANSWERS = {
    "relu_code": answer("ReLULayer", "forward", "backward"),
    "softmax_loss_code": answer("SoftmaxLossLayer", "forward"),
    "output_size_code": SIZE,
    "flatten_code": answer("FlattenLayer", "forward"),
    "why": "Because.",
}


def solved(**changes: str) -> NotebookNode:
    """Return the notebook with every answer filled, but for `changes`."""
    notebook = deepcopy(release())
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in ANSWERS:
            cell.source = (ANSWERS | changes)[name]
    return notebook


def by_id(notebook: NotebookNode, name: str) -> NotebookNode:
    """Return the one cell with a grade_id."""
    found = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == name]
    assert len(found) == 1, (name, len(found))
    return found[0]


def at(notebook: NotebookNode, name: str) -> int:
    """Return the position of the cell with a grade_id."""
    return notebook.cells.index(by_id(notebook, name))


def code(source: str, **metadata) -> NotebookNode:
    """Return a student's own code cell."""
    return from_dict(
        {"cell_type": "code", "metadata": metadata, "source": source, "outputs": [], "execution_count": None}
    )


def as_bytes(notebook: object) -> bytes:
    """Return a notebook's file."""
    return json.dumps(notebook).encode()
