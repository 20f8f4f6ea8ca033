"""What each grade of a graded notebook is for, remembered beside the record: an answer that stays needs no new look."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from nbformat import NotebookNode

from autograder import whole
from autograder.course import ClassFolder
from autograder.grading.digests import digest_of


def answers(notebook: NotebookNode) -> dict[str, str]:
    """Return the name of each graded cell with a digest of what its grade is for: the text, or all code."""
    return dict(_answers(notebook))


def unanswered(notebook: NotebookNode, stubs: Mapping[str, str]) -> set[str]:
    """Return the names of solution cells that still hold what was released: grade_id -> source."""
    marked = [(cell.metadata.get("nbgrader", {}), cell.source) for cell in notebook.cells]
    return {m["grade_id"] for m, source in marked if m.get("solution") and stubs.get(m["grade_id"]) == source}


def same_as_before(file: Path, now: Mapping[str, str]) -> Collection[str]:
    """Return the names whose answers are those that were graded last."""
    before = _remembered(file)
    return {name for name in now if now[name] == before.get(name)}


def remember(file: Path, now: Mapping[str, str]) -> None:
    """Keep what was graded, whole or not at all."""
    whole.write_text(file, json.dumps(dict(now)))


def answers_path(state: ClassFolder, student: str, lab: str) -> Path:
    """Where the answers that a hand-in's grades are for are kept, beside its record."""
    return state.runs / student / f"{lab}.answers.json"


def _answers(notebook: NotebookNode) -> Iterator[tuple[str, str]]:
    code = digest_of(*(cell.source for cell in notebook.cells if cell.cell_type == "code"))
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {})
        if mark.get("grade"):
            text = digest_of(cell.source, json.dumps(cell.get("attachments", {}), sort_keys=True))
            yield mark["grade_id"], text if mark.get("solution") else code


def _remembered(file: Path) -> dict[str, str]:
    """What was graded last; nothing where no file says so."""
    try:
        found = json.loads(file.read_text("utf-8"))
        return dict(found)
    except (OSError, ValueError, TypeError):
        return {}
