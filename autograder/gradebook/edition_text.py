"""What was given, in the language that the student received it in: hand-ins are graded beside the English notebook."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from nbformat import NotebookNode

from aics.language import language
from autograder.authoring.received import editions_of, received
from autograder.course import Lab
from autograder.gradebook.given import headings, outline


def put_back(notebook: NotebookNode, lab: Lab) -> None:
    """Put given texts, headings and code that stand as in the English notebook into the language spoken."""
    if language() in editions_of(lab):
        known = edition_texts(lab, language())
        for cell in notebook.cells:
            cell.source = known.get(cell.source.strip(), cell.source)


@lru_cache
def edition_texts(lab: Lab, language: str) -> Mapping[str, str]:
    """English text -> the edition's: of whole cells, of what is left of a text without its prose, of each heading."""
    found = dict(received(lab, language))
    for ours, theirs in list(found.items()):
        lines = zip(headings(ours), headings(theirs), strict=False)
        found |= {outline(ours): outline(theirs), **dict(lines)} if headings(ours) else {}
    return found
