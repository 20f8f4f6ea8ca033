"""A lab's notebook as a file: where it lies, and the answers that it holds.

Python's standard library alone reads it, so that a check in a notebook starts at once.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aics.check.folder import LabError, data_folder
from aics.handin.words import say
from aics.language import in_every_language, language_of, listed, noted

#: What a written answer holds before anything is written.
UNWRITTEN = noted("*Your answer here.*")
#: What a stub holds before anything is written.
UNTOUCHED = re.compile(r"# your code here\s*raise NotImplementedError")
#: How a notebook's first cell names its lab.
OPENED = re.compile(r"open_lab\(\s*['\"](\w+)['\"]\s*[,)]")
#: Where VS Code tells a kernel which notebook it runs, and where Jupyter's server does.
VS_CODE, JUPYTER = "__vsc_ipynb_file__", "JPY_SESSION_NAME"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A cell that a student fills: its nbgrader grade_id, its text, and whether it is code."""

    name: str
    source: str
    code: bool

    @property
    def filled(self) -> bool:
        """Whether it holds more than what was there before."""
        if self.code:
            return not UNTOUCHED.search(self.source)
        return self.source.strip() not in ("", *in_every_language(UNWRITTEN))


def find_notebook(questions: Collection[str], namespace: Mapping[str, object]) -> Path | None:
    """Return the file of the running notebook as far as it can be known.

    Jupyter's server and VS Code tell it. Elsewhere it is the newest notebook of this folder that has one of the lab's
    `questions`.
    """
    told = [Path(str(name)) for name in (namespace.get(VS_CODE), os.environ.get(JUPYTER)) if name]
    for path in [*told, *(Path.cwd() / path.name for path in told), *_newest(Path.cwd())]:
        if path.is_file() and _has(path, questions):
            return path.resolve()
    return None


def cells_of(path: Path) -> list[dict[str, Any]]:
    """Return a notebook's cells, each with its text as one piece.

    Raises LabError where the file is not there, or is no notebook.
    """
    if not path.is_file():
        raise LabError(say("no_file", path=path))
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        return [{**cell, "source": "".join(cell["source"]), "metadata": dict(cell["metadata"])} for cell in cells]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LabError(say("no_notebook", file=path.name)) from error


def language_in(path: Path) -> str:
    """Return the language of a notebook's file (see `language_of`); "" for a file that is no notebook."""
    try:
        notebook = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return ""
    return language_of(notebook) if isinstance(notebook, dict) else ""


def lab_of(path: Path) -> str:
    """Return the lab that a notebook belongs to; LabError where it is none of a lab here."""
    cells = cells_of(path)
    known = sorted(file.stem for file in (data_folder() / "reference").glob("*.npz"))
    named: set[str] = {name for cell in cells for name in OPENED.findall(cell["source"]) if name in known}
    if len(named) != 1 or not any(map(question_name, cells)):
        raise LabError(say("no_lab", file=path.name, labs=listed(known)))
    return named.pop()


def answers_in(cells: Sequence[Mapping[str, Any]]) -> list[Answer]:
    """Return the answers among a notebook's cells, in its order."""
    return [
        Answer(name=name, source=cell["source"], code=cell.get("cell_type") == "code")
        for cell in cells
        if (name := answer_name(cell))
    ]


def answer_name(cell: Mapping[str, Any]) -> str:
    """Return the grade_id of a cell that a student fills, by nbgrader's notes or by the cell's id; "" for any other."""
    notes = _notes(cell)
    if notes.get("solution"):
        return str(notes.get("grade_id", ""))
    identity = str(cell.get("id", ""))
    if notes or not identity.endswith(("_code", "_written")):
        return ""
    return identity.removesuffix("_written")


def question_name(cell: Mapping[str, Any]) -> str:
    """Return the question that a check cell asks; "" for any other cell."""
    notes, identity = _notes(cell), str(cell.get("id", ""))
    if notes.get("grade") and not notes.get("solution"):
        return str(notes.get("grade_id", ""))
    return identity.removesuffix("_check") if not notes and identity.endswith("_check") else ""


def _notes(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    notes = cell.get("metadata", {}).get("nbgrader")
    return notes if isinstance(notes, dict) else {}


def _newest(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.ipynb"), key=lambda path: path.stat().st_mtime, reverse=True)


def _has(path: Path, questions: Collection[str]) -> bool:
    try:
        return any(question_name(cell) in questions for cell in cells_of(path))
    except LabError:
        return False
