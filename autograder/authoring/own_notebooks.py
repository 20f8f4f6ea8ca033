"""Every student's own notebooks, for a course that hands them out instead of letting students make them."""

from __future__ import annotations

import json
from pathlib import Path

from aics.parameters.own_notebook import own_notebook
from aics.parameters.sheet import Sheet
from autograder import whole
from autograder.course import ClassFolder, Lab
from autograder.intake.roster import ROSTER, Roster


def write_notebooks(folder: Path, state: ClassFolder, sheet: Sheet) -> list[Path]:
    """Write ``<student>/<lab>/<lab>.ipynb`` for all on the roster and all labs of the sheet; returns the files."""
    written = []
    for student in Roster.read(state.folder / ROSTER).students:
        for name in sheet.labs:
            path = folder / student.id / name / f"{name}.ipynb"
            notebook = json.loads(Lab(name).released.read_text("utf-8"))
            own_notebook(notebook, sheet, name, student.id)
            whole.write_text(path, json.dumps(notebook, indent=1, ensure_ascii=False) + "\n")
            written.append(path)
    return written
