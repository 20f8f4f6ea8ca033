"""Small notebooks of a lab, written as Jupyter writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from autograder.authoring.source import source_notebook
from autograder.course import Lab

LAB = Lab("lab2_layers")


def released() -> dict:
    """The notebook of lab 2 as students get it."""
    return json.loads(LAB.released.read_text("utf-8"))


def solution() -> dict[str, str]:
    """Each of its answers as the lab's own solution has it, by cell id."""
    return {cell.id: cell.source for cell in source_notebook(LAB).cells if cell.id.endswith(("_code", "_written"))}


def filled(path: Path, answers: Mapping[str, str], *, extra: str = "") -> Path:
    """Write the notebook with answers by cell id, and with a cell of the student's own if there is one."""
    notebook = released()
    for cell in notebook["cells"]:
        cell["source"] = answers.get(cell["id"], "".join(cell["source"]))
    if extra:
        own = {"cell_type": "code", "id": "own", "metadata": {}, "outputs": [], "execution_count": None}
        notebook["cells"].insert(-3, {**own, "source": extra})
    path.write_text(json.dumps(notebook), "utf-8")
    return path
