"""What a feedback page says while its lab is an exam: that the hand-in is there, and when scores come. No score."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbconvert.exporters.exporter import ResourcesDict
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Bool

from autograder.course import ClassFolder, Lab
from autograder.course.exam import Exam
from autograder.gradebook.answers import unanswered
from autograder.gradebook.graded_notebook import path_of_notebook, stubs
from autograder.intake.exams import exams_on

#: What is said of a page that tells nothing of what its student did.
KNOWN_TO_ALL = {"student", "assignment", "notebook"}
#: How a page begins that hides an exam's scores; characters within which that stands.
_MARK, _HEAD = re.compile(r'<meta content="([^"]*)" name="aics-exam"'), 400


class HideScores(Preprocessor):
    """Leaves nothing of an exam on a feedback page but what everybody may know; the last of nbgrader's own."""

    enabled = Bool(True).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Take all cells and all scores away, if the lab is an exam now."""
        about = resources["nbgrader"]
        if exam := exams_on(Path(self.config.CourseDirectory.root)).get(about["assignment"]):
            hide(nb, about, exam, stubs(Lab(exam.lab)))
        return nb, resources


def hide(notebook: NotebookNode, about: dict[str, Any], exam: Exam, released: Mapping[str, str]) -> None:
    """Take a page's cells and scores away, and put in `about` what its template says instead.

    released : grade_id -> text of each cell that a student fills, as it was given out
    """
    most = sum(bool(cell.metadata.get("nbgrader", {}).get("solution")) for cell in notebook.cells)
    count = most - len(unanswered(notebook, released))
    said = exam.said("page.count", count=count, most=most), exam.said("page.until")
    for name in set(about) - KNOWN_TO_ALL:
        del about[name]
    about["exam"] = {"until": mark(exam), "said": said}
    notebook.cells = []


def mark(exam: Exam | None) -> str:
    """Return what a page that is made now has as its mark; "" where it hides nothing."""
    return exam.until.isoformat() if exam else ""


def is_due(page: Path, exam: Exam | None) -> bool:
    """Return whether a page is one that its student is to see now: with an exam's scores hidden, or with none."""
    with page.open(encoding="utf-8", errors="replace") as file:
        found = _MARK.search(file.read(_HEAD))
    return (found[1] if found else "") == mark(exam)


def not_due(state: ClassFolder, lab: str) -> list[str]:
    """Return whose feedback pages of a lab are not what these students are to see now."""
    exam = exams_on(state.folder).get(lab)
    pages = (path_of_notebook(state.folder / "feedback", "*", lab).with_suffix(".html")).relative_to(state.folder)
    return sorted(page.parts[-3] for page in state.folder.glob(str(pages)) if not is_due(page, exam))
