"""A lab's notebook source in another language: its prose cells and the words in its code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nbformat import NotebookNode

from autograder.authoring.translate import code_words
from autograder.authoring.translate.message import Message, Translator

#: How a lab is opened: the one place where an edition's code says which language it is.
_OPENED = re.compile(r'(open_lab\("\w+")\)')


def messages(cells: list[NotebookNode]) -> Iterator[Message]:
    """Every message of a source's cells; a prose cell is one message."""
    for cell in cells:
        where = f"notebook.py:{cell.id}"
        if cell.cell_type == "markdown":
            yield Message(cell.source, where)
            continue
        for piece in code_words.pieces(cell.source, look="look" in cell.metadata):
            yield Message(piece.text, f"{where}:{piece.kind}")


def translate(cell: NotebookNode, translator: Translator, language: str) -> None:
    """Put a source's cell into another language, in place."""
    if cell.cell_type == "markdown":
        cell.source = translator(cell.source)
        return
    source = code_words.translated(cell.source, translator, look="look" in cell.metadata)
    cell.source = _OPENED.sub(rf'\1, language="{language}")', source)
