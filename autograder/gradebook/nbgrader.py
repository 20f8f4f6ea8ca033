"""nbgrader's own converters and gradebook, configured by the checkout's ``nbgrader_config.py``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, Grade, Gradebook, GradeCell, MissingEntry, SubmittedAssignment, SubmittedNotebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from autograder.course import ClassFolder, Lab
from autograder.gradebook.configuration import configuration
from autograder.gradebook.failures import explained, failure

#: Question -> (automatic score, extra credit); None where there is none.
Scores = dict[str, tuple[float | None, float | None]]


class Nbgrader:
    """nbgrader for one class; every call goes through nbgrader's public API."""

    def __init__(self, state: ClassFolder, **sections: dict[str, object]) -> None:
        """Open the class's folder, creating it if need be."""
        state.folder.mkdir(parents=True, exist_ok=True)
        self.state = state
        config = configuration(**sections)
        config.CourseDirectory.root = str(state.folder)
        config.CourseDirectory.db_url = state.gradebook_url
        self._course = CourseDirectory(config=config)
        self._api = NbGraderAPI(coursedir=self._course, config=config)

    def generate_assignment(self, lab: str) -> None:
        """Source notebook to release, and the lab's questions into the gradebook."""
        self._done(self._api.generate_assignment(lab, force=True, create=True))

    def autograde(self, lab: str, student: str) -> None:
        """One hand-in into the gradebook."""
        self._done(self._api.autograde(lab, student, force=True, create=True))

    def feedback(self, lab: str, student: str) -> Path:
        """One student's feedback page."""
        self._done(self._api.generate_feedback(lab, student, force=True))
        return self.state.folder / "feedback" / student / lab / f"{lab}.html"

    def knows(self, lab: Lab) -> bool:
        """Whether the gradebook has the lab with the very questions and points that it has now."""
        wanted = {q.name: 0.0 if q.bonus else float(q.points) for q in lab.questions.values()}
        wanted |= {w.name: float(w.points) for w in lab.written.values()}
        with self.gradebook() as gradebook:
            try:
                cells = gradebook.find_notebook(lab.name, lab.name).grade_cells
            except MissingEntry:
                return False
            return {c.name: float(c.max_score) for c in cells} == wanted

    def cells_held(self, lab: str) -> set[str]:
        """The grade_ids of the lab's cells once hand-ins are there, to which nbgrader holds it; before, none."""
        with self.gradebook() as gradebook:
            try:
                notebook = gradebook.find_notebook(lab, lab)
            except MissingEntry:
                return set()
            return {cell.name for cell in notebook.source_cells} if notebook.submissions else set()

    def scores(self, lab: str) -> dict[str, Scores]:
        """Student -> what the gradebook has of the student's hand-in for the lab, asked in one query."""
        found: dict[str, Scores] = {}
        with self.gradebook() as gradebook:
            for student, cell, score, extra in grades(gradebook, lab, Grade.auto_score, Grade.extra_credit):
                found.setdefault(student, {})[cell] = score, extra
        return found

    @contextmanager
    def gradebook(self) -> Iterator[Gradebook]:
        """The gradebook; raises GradebookUnusable where its database fails."""
        address = self.state.gradebook_url
        with explained(address), Gradebook(address, self._course.course_id) as gradebook:
            yield gradebook

    def _done(self, result: Mapping[str, Any]) -> None:
        if not result["success"]:
            raise failure(self.state.gradebook_url, f"{result.get('log', '')}\n{result.get('error', '')}")


def grades(gradebook: Gradebook, lab: str, *columns: Any) -> Any:
    """Return a query of all grades that a lab's hand-ins have: the student, the cell's grade_id, and these columns.

    The columns may also be of the graded cell, the submitted notebook and the submitted assignment.
    """
    return (
        gradebook.db.query(SubmittedAssignment.student_id, GradeCell.name, *columns)
        .select_from(Grade)
        .join(GradeCell, Grade.cell_id == GradeCell.id)
        .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(Assignment.name == lab)
    )
