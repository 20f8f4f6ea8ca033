"""A hand-in's feedback page, made in a worker, as nbgrader's GenerateFeedback makes it, without its database.

What is the same for all students of a lab is made once: the template, its styles, and the HTML of what was released.
The page is not parsed once more as a whole, as `nbconvert` does it: all in it was cleaned cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import nbformat
from nbconvert.exporters import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode

from autograder.authoring.received import editions_of
from autograder.course import ClassFolder, Lab
from autograder.gradebook.configuration import configuration
from autograder.gradebook.edition_text import edition_texts, put_back
from autograder.gradebook.exam import hide
from autograder.gradebook.given import given_of
from autograder.gradebook.graded_notebook import stubs
from autograder.gradebook.graded_out_of import leave_out_unasked
from autograder.gradebook.marks import Marks
from autograder.gradebook.mended import say_mended
from autograder.gradebook.pages import RELEASED, Released
from autograder.gradebook.total import Total

#: A picture's tag in the finished page, in which each text has its signs escaped.
PICTURE = re.compile(r"<img\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
NO_ALT = "No description has been provided for this image"


class FeedbackPages:
    """Makes the pages of one lab."""

    def __init__(self, lab: Lab) -> None:
        """Read the lab's released notebook; nothing is formatted yet."""
        self._exporter = HTMLExporter(config=_config())
        self._given = given_of(lab)
        editions = (edition_texts(lab, language) for language in editions_of(lab))
        given = (text for texts in editions for text in texts.values())
        self._released = Released(self._given.texts | self._given.headings | set(given))
        self._lab = lab

    def page(self, notebook: NotebookNode, marks: Marks, state: ClassFolder, student: str) -> str:
        """Return the page of a graded notebook, which is filled with the marks."""
        if marks.exam:
            about: dict[str, Any] = {"student": student, "assignment": self._lab.name, "notebook": self._lab.name}
            hide(notebook, about, marks.exam, stubs(self._lab))
            return self._made(notebook, about)
        marks.put_into(notebook)
        unasked = leave_out_unasked(notebook)
        total = Total.of_lab(self._lab, marks.marks, unasked, marks.late_penalty)
        about = {"student": student, "assignment": self._lab.name, "notebook": self._lab.name, "total": total.said}
        self._given.only_lost_points(notebook)
        put_back(notebook, self._lab)
        say_mended(notebook, state, student, self._lab.name)
        if late := marks.late.said:
            notebook.cells.insert(0, nbformat.v4.new_markdown_cell(f"**{late}**"))
        return self._made(notebook, about)

    def _made(self, notebook: NotebookNode, about: Mapping[str, Any]) -> str:
        """The page of what is left of a notebook, and of what is said about it."""
        resources = {"nbgrader": about, "config_dir": "", RELEASED: self._released}
        page, _ = TemplateExporter.from_notebook_node(self._exporter, notebook, resources)
        return described(page)


@lru_cache
def feedback_pages(lab: Lab) -> FeedbackPages:
    """Return what makes a lab's pages, the same for as long as the process runs."""
    return FeedbackPages(lab)


def _config() -> Any:
    """The checkout's configuration with what nbgrader's GenerateFeedback adds to it."""
    config = configuration()
    config.HTMLExporter.template_name = "feedback"
    config.Exporter.default_preprocessors = []
    config.HTMLExporter.preprocessors = []
    return config


def described(page: str) -> str:
    """Return a page in which each picture has words for whoever does not see it, as nbconvert does."""
    return PICTURE.sub(_described, page)


def _described(picture: re.Match[str]) -> str:
    tag = picture[0]
    without_texts = re.sub(r"\"[^\"]*\"|'[^']*'", "", tag)
    return tag if re.search(r"\balt\b", without_texts) else f'{tag[:-1].rstrip()} alt="{NO_ALT}">'
