"""A text cell by which a student asks that a verdict be looked at again.

Its first line is ``regrade: conv_forward``, or ``regrade`` alone below the check that is meant; or it has the tag
``regrade``. All else in it is what the student says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.intake.released_lab import grade_id

TAG = "regrade"
_FIRST = re.compile(r"[\s#>*_`-]*regrade\b(?P<line>[^\n]*)(?:\n(?P<rest>.*))?", re.I | re.S)
_WORD = re.compile(r"[\W_]*(\w+)[\s`*_\"'.:\uff1a,-]*")
_CHECK = re.compile(r"check\(\s*[\"'](\w+)[\"']\s*\)")


@dataclass(frozen=True)
class Asked:
    """One such cell: its number in the notebook from 1, the question it means, "" for none, and what it says."""

    cell: int
    question: str
    says: str


def is_request(source: str) -> bool:
    """Return whether a text is such a request."""
    return bool(_FIRST.match(source))


def with_first_line(source: str, metadata: object) -> str:
    """Return a cell's text, so that one with the tag is known without it."""
    tags = metadata.get("tags") if isinstance(metadata, Mapping) else None
    tagged = isinstance(tags, list) and TAG in tags
    return f"{TAG}\n\n{source}" if tagged and not is_request(source) else source


def requests(notebook: NotebookNode, known: Collection[str]) -> Iterator[Asked]:
    """Yield the requests of a clean notebook of a lab that has the `known` questions.

    Where a cell names no question, the one of the check or of the answer in words above it is meant.
    """
    above = ""
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type == "code":
            above = _checked(cell.source) or above
        elif grade_id(cell):
            above = grade_id(cell)
        elif found := _FIRST.match(cell.source):
            question, line = _named(found["line"], known)
            yield Asked(number, question or above, f"{line}\n{found['rest'] or ''}".strip())


def _named(line: str, known: Collection[str]) -> tuple[str, str]:
    """The question that a first line names, and the rest of it; a word that stands alone is meant for one."""
    word = _WORD.match(line)
    if word and (word[1] in known or word.end() == len(line)):
        return word[1], line[word.end() :]
    return "", line.strip(" ,.:\uff1a*_`\t")


def _checked(source: str) -> str:
    check = _CHECK.search(source)
    return check[1] if check else ""
