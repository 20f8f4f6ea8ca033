"""A lab's released notebook in another language.

It has the cells of the English one, with their names, order, points and code: prose, comments, docstrings and what
cells say to their reader are translated, and the lab is opened in the edition's language. What has no translation that
holds is English.
"""

from __future__ import annotations

from nbformat import NotebookNode, from_dict

from aics.handin.notebook_file import UNWRITTEN
from aics.language import speaking, tr
from autograder.authoring.own_release import cleared
from autograder.authoring.source import filled_source, source_cells
from autograder.authoring.translate.editions import translator
from autograder.authoring.translate.notebook_words import translate
from autograder.course import Lab


def finished_edition(lab: Lab, source: NotebookNode, language: str) -> NotebookNode:
    """Return the lab's source notebook (`source_notebook`) in a language, with its solutions."""
    for cell, text in zip(source.cells, _texts(lab, language), strict=True):
        cell.source = text
    source.metadata["aics"] = from_dict({"language": language})
    return source


def edition(lab: Lab, released: NotebookNode, language: str) -> NotebookNode:
    """Return the released notebook in a language; `released` is changed."""
    from nbgrader.utils import compute_checksum  # it brings all of nbgrader

    for cell, text in zip(released.cells, _texts(lab, language), strict=True):
        mark = cell.metadata.get("nbgrader", {})
        cell.source = _answer(language) if mark.get("solution") and mark.get("grade") else cleared(text)
        if "checksum" in mark:
            mark.checksum = compute_checksum(cell)
    released.metadata["aics"] = from_dict({"language": language})
    return released


def _texts(lab: Lab, language: str) -> list[str]:
    cells, said = source_cells(lab), translator(lab, language)
    for cell in cells:
        translate(cell, said, language)
    return [filled_source(lab, cell, said) for cell in cells]


def _answer(language: str) -> str:
    with speaking(language):
        return tr(UNWRITTEN)
