"""What the gradebook has of a hand-in, as its feedback page shows it; read by the writer, used by a worker."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from aics.language import noted, tr
from autograder import whole
from autograder.course import ClassFolder
from autograder.course.exam import Exam
from autograder.gradebook.lateness import Lateness
from autograder.gradebook.total import Mark

#: What nbgrader says of an answer that is still the released one.
NO_RESPONSE = noted("No response.")


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Scores and comments of one hand-in.

    Attributes
    ----------
    marks : mapping
        grade_id -> what was given.
    comments : mapping
        grade_id -> what stands below the answer; None where nothing does.
    late_penalty : float
        What lateness takes off.
    late : Lateness
        What is to be said of when it came.
    exam : Exam or None
        The exam whose scores the page hides.
    """

    marks: Mapping[str, Mark] = field(default_factory=dict)
    comments: Mapping[str, str | None] = field(default_factory=dict)
    late_penalty: float = 0.0
    late: Lateness = field(default_factory=Lateness)
    exam: Exam | None = None

    def put_into(self, notebook: NotebookNode) -> None:
        """Write scores and comments beside the cells that they are of, where the page's template looks for them."""
        for cell in notebook.cells:
            mark = cell.metadata.get("nbgrader", {})
            if mark.get("solution"):
                comment = self.comments.get(mark["grade_id"])
                mark["comment"] = tr(NO_RESPONSE) if comment == NO_RESPONSE else comment
        put_points(notebook, self.marks)

    def keep(self, path: Path) -> None:
        """Write down what a page was made from."""
        whole.write_text(path, self._text)

    def same_as(self, path: Path) -> bool:
        """Whether a page was made from these very marks, as far as is written down there."""
        return path.exists() and path.read_text("utf-8", errors="replace") == self._text

    @property
    def _text(self) -> str:
        return json.dumps(asdict(self), sort_keys=True, default=str)


def marks_path(state: ClassFolder, student: str, lab: str) -> Path:
    """Where it stands, beside the record, which marks a hand-in's feedback page was made from."""
    return state.runs / student / f"{lab}.page.json"


def put_points(notebook: NotebookNode, marks: Mapping[str, Mark]) -> None:
    """Write points, and whether they wait for a person, beside the cells that they are of."""
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {})
        if mark.get("grade"):
            given = marks[mark["grade_id"]]
            mark |= {"score": given.score + given.extra, "points": given.max_score, "waiting": given.waiting}
