"""Recognise the lab that a notebook belongs to: by its cells, whatever its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from nbformat.notebooknode import NotebookNode

from autograder.intake.handin import Refused
from autograder.intake.messages import say
from autograder.intake.released_lab import ReleasedLab, definitions, grade_id
from autograder.intake.skeleton import Skeleton
from autograder.intake.walk import Leaf


def lab_of(notebook: NotebookNode, labs: Sequence[ReleasedLab], skeletons: Mapping[str, Skeleton]) -> ReleasedLab:
    """Return the lab that shares the most questions with a clean notebook.

    Questions are recognised by their grade_ids; where there are none, by the cells' texts and definitions.

    Raises
    ------
    Refused
        Where no lab has anything in common with it.
    """
    ids = {grade_id(cell) for cell in notebook.cells}
    common = {lab.name: len(ids & lab.question_ids) for lab in labs}
    if not any(common.values()):
        common = {lab.name: _likeness(notebook, skeletons[lab.name]) for lab in labs}
    best = max(labs, key=lambda lab: common[lab.name], default=None)
    if best is None or not common[best.name]:
        raise Refused(say("no_lab"))
    return best


def is_notebook(leaf: Leaf) -> bool:
    """Return whether a file without a notebook's name is one all the same: Windows hides endings."""
    if Path(leaf.parts[-1]).suffix.lower() not in ("", ".txt", ".json", ".zip"):
        return False
    try:
        data = leaf.read()
    except Refused:
        return False
    return data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and b'"cell_type"' in data


def _likeness(notebook: NotebookNode, skeleton: Skeleton) -> int:
    """Count the released cells that a notebook without grade_ids has; one alone may be chance."""
    defined = frozenset[str]().union(*(definitions(cell.source) for cell in notebook.cells))
    alike = {number for number, names in skeleton.names.items() if names and names <= defined}
    numbers = {skeleton.number_of(cell) for cell in notebook.cells}
    alike |= {number for number in numbers if number is not None and skeleton.ids[number]}
    return len(alike) if len(alike) > 1 else 0
