"""What was given, beside one student's work: questions, and headings to find one's way; the rest is in every notebook.

A graded notebook, which formgrader shows, keeps the texts of all questions and all code that ran. A feedback page has
the text of a question where points were lost or a person gives them, and no given code that showed nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbconvert.exporters.exporter import ResourcesDict
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from autograder.authoring.own_release import own_release
from autograder.authoring.source import LOOK_TAG
from autograder.course import ClassFolder, Lab
from autograder.grading.own_parameters import own_lab

_HEADING = re.compile(r"(#{1,6})\s+\S")
_FENCE = ("```", "~~~")


class Given:
    """The texts and the code of a released notebook."""

    def __init__(self, released: NotebookNode) -> None:
        """Take the notebook that students received."""
        self.texts = frozenset(cell.source for cell in released.cells if cell.cell_type == "markdown")
        self.headings = frozenset(line for text in self.texts for line in headings(text))
        self._code = frozenset(cell.source for cell in released.cells if cell.cell_type == "code")
        self._known = self.texts | {outline(text) for text in self.texts}

    def only_questions(self, notebook: NotebookNode) -> None:
        """Leave out cells to look at, which did not run, and of texts without a question all but headings."""
        asked = self._texts_of(notebook.cells, lambda _: True)
        kept = []
        for place, cell in enumerate(notebook.cells):
            is_aside = self._is_text(cell) and place not in asked
            if is_aside:
                cell.source = outline(cell.source)
            if not (is_aside and not cell.source) and not (self._is_given(cell) and is_look(cell)):
                kept.append(cell)
        notebook.cells = kept

    def only_lost_points(self, notebook: NotebookNode) -> None:
        """Leave out what was given but what points were lost at, and headings that lead to something."""
        asked = self._texts_of(notebook.cells, lambda place: _lost_points(notebook.cells, place))
        kept: list[NotebookNode] = []
        above: list[str] = []
        for place, cell in enumerate(notebook.cells):
            if self._is_text(cell):
                for line in headings(cell.source):
                    above = [*(each for each in above if _level(each) < _level(line)), line]
                if place not in asked:
                    continue
                above = [line for line in above if line not in headings(cell.source)]
            elif self._is_given(cell) and not cell.outputs:
                continue
            kept += [*map(new_markdown_cell, above), cell]
            above = []
        notebook.cells = kept

    def _texts_of(self, cells: list[NotebookNode], counts: Callable[[int], bool]) -> set[int]:
        """The places of the texts of those questions whose answers, by their places, count."""
        answers = [place for place, cell in enumerate(cells) if _mark(cell).get("solution") and counts(place)]
        return {text for answer in answers for text in self._texts_above(cells, answer)}

    def _texts_above(self, cells: list[NotebookNode], answer: int) -> Iterator[int]:
        """Yield the places of the texts between an answer and the heading above it, or the answer before it."""
        for place in range(answer - 1, -1, -1):
            if _mark(cells[place]).get("solution") or _mark(cells[place]).get("grade"):
                return
            if self._is_text(cells[place]):
                yield place
                if headings(cells[place].source):
                    return

    def _is_text(self, cell: NotebookNode) -> bool:
        return cell.cell_type == "markdown" and not _mark(cell) and cell.source in self._known

    def _is_given(self, cell: NotebookNode) -> bool:
        """Whether it is code that was given as it is, and asks nothing."""
        asks = _mark(cell).get("solution") or _mark(cell).get("grade")
        return cell.cell_type == "code" and not asks and cell.source in self._code


class OnlyQuestions(Preprocessor):
    """Shortens a graded notebook; the last of the autograding preprocessors."""

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Leave out what formgrader's reader does not need."""
        given_of(self_lab(self, resources)).only_questions(nb)
        return nb, resources


class OnlyLostPoints(Preprocessor):
    """Shortens a feedback page; follows nbgrader's GetGrades."""

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Leave out what the student has already."""
        given_of(self_lab(self, resources)).only_lost_points(nb)
        return nb, resources


@lru_cache
def given_of(lab: Lab) -> Given:
    """Return what a lab's released notebook gives, read once; with its own parameters, where it has any."""
    return Given(own_release(lab))


def self_lab(preprocessor: Preprocessor, resources: ResourcesDict) -> Lab:
    """Return the lab as the student has it whom nbgrader is at."""
    about, root = resources["nbgrader"], preprocessor.config.CourseDirectory.root
    return own_lab(ClassFolder(Path(root)), Lab(about["assignment"]), about["student"])


def headings(text: str) -> list[str]:
    """Return the lines of a Markdown text that are headings, ``## Like this``, and no line of a block of code."""
    found, in_code = [], False
    for line in text.splitlines():
        in_code ^= line.lstrip().startswith(_FENCE)
        found += [line] if not in_code and _HEADING.match(line) else []
    return found


def is_look(cell: NotebookNode) -> bool:
    """Return whether a cell is only there to look at."""
    return LOOK_TAG in cell.metadata.get("tags", [])


def outline(text: str) -> str:
    """Return what is left of a text without its prose: its headings."""
    return "\n\n".join(headings(text))


def _level(heading: str) -> int:
    return len(heading) - len(heading.lstrip("#"))


def _mark(cell: NotebookNode) -> Mapping[str, Any]:
    found: Mapping[str, Any] = cell.metadata.get("nbgrader", {})
    return found


def _lost_points(cells: list[NotebookNode], answer: int) -> bool:
    """Whether an answer lost points at its test, or is graded by a person."""
    if _mark(cells[answer]).get("grade"):
        return True
    tests = (cell for cell in cells[answer:] if _mark(cell).get("grade") and not _mark(cell).get("solution"))
    test = next(tests, None)
    return test is not None and (_mark(test).get("score", 0) < _mark(test).get("points", 0) or not _has_bonus(test))


def _has_bonus(test: NotebookNode) -> bool:
    """Whether a bonus question earned points; true where it is none."""
    told = [output.get("metadata", {}).get("aics", {}) for output in test.outputs]
    return all(about.get("bonus", True) for about in told)
