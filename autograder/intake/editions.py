"""Hand-ins in another language than English: recognised, and put beside the English release.

What was handed in is compared with the English notebook, cell by cell; texts and code that the student received in
another language are put into English first, so that an untouched stub is an untouched stub in any language. What the
student wrote stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from nbformat import NotebookNode, from_dict

from aics.language.spoken import ENGLISH
from autograder.authoring.received import editions_of, received
from autograder.course import Lab
from autograder.intake.skeleton import same_text


def into_english(cells: Sequence[NotebookNode], lab: str) -> str:
    """Put the cells that are an edition's as they were received into English, in place; returns its language.

    The language is that of the edition with most such cells: ``en`` where there is none, as in a notebook of which
    nothing is left as it was received.
    """
    found = {
        language: [(cell, known[text]) for cell in cells if (text := same_text(cell.source)) in known]
        for language, known in _english(lab).items()
    }
    language = max(found, key=lambda name: len(found[name]), default=ENGLISH)
    for cell, english in found.get(language, ()):
        cell.source = english
    return language if found.get(language) else ENGLISH


def note_language(notebook: NotebookNode, language: str) -> None:
    """Let a repaired notebook say in which language its student reads; English goes without saying."""
    if language != ENGLISH:
        notebook.metadata["aics"] = from_dict({"language": language})


@lru_cache
def _english(lab: str) -> Mapping[str, Mapping[str, str]]:
    """Language -> text of a released cell in it -> the English one, of cells that differ."""
    return {
        language: {same_text(theirs): ours for ours, theirs in received(Lab(lab), language).items() if theirs}
        for language in editions_of(Lab(lab))
    }
