"""Files of the original course in nbgrader: out of what that course asks, on every page and in grades.csv."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.api import Assignment, Gradebook, Student
from nbgrader.plugins import ExportPlugin
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.course import ClassFolder, Lab
from autograder.gradebook.class_marks import StudentMarks, marks_in
from autograder.gradebook.graded_out_of import leave_out_unasked, points_not_counted, say_total
from autograder.gradebook.marks import put_points
from autograder.gradebook.total import Total
from autograder.gradebook.totals import total
from autograder.intake.exams import exams_on

#: The columns of nbgrader's own grades.csv.
COLUMNS = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
)
#: What these are made of, each apart: see `autograder.gradebook.total`.
PARTS = ("code", "code_out_of", "words", "words_out_of", "words_waiting", "bonus")


class SayOriginal(NbGraderPreprocessor):
    """Says at the top of a graded notebook what it is graded out of; the last of the autograding preprocessors."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Put a cell of one paragraph first."""
        about = resources["nbgrader"]
        if points_not_counted(nb):
            with Gradebook(about["db_url"]) as gradebook:
                say_total(nb, gradebook.find_notebook(about["notebook"], about["assignment"]).max_score)
        return nb, resources


class CountAsked(NbGraderPreprocessor):
    """Says on a feedback page what the hand-in comes to, without what is not asked; follows nbgrader's GetGrades."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Write the totals that the page shows."""
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            given = marks_in(gradebook, about["assignment"])[about["student"]]
        put_points(nb, given.marks)
        about["total"] = total(Lab(about["assignment"]), given, leave_out_unasked(nb)).said
        return nb, resources


class Grades(ExportPlugin):
    """nbgrader's grades.csv, in which each student's total is of what was asked; names may hold commas."""

    def export(self, gradebook: Gradebook) -> None:
        """Write a line for each lab and student."""
        destination = Path(self.to or "grades.csv")
        self.log.info("Exporting grades to %s", destination)
        state = ClassFolder(Path(self.config.CourseDirectory.root))
        for exam in exams_on(state.folder).values():
            self.log.warning(exam.said("table"))
        with destination.open("w", newline="", encoding="utf-8") as file:
            table = csv.DictWriter(file, (*COLUMNS, *PARTS))
            table.writeheader()
            table.writerows(self._rows(gradebook, state))

    def _rows(self, gradebook: Gradebook, state: ClassFolder) -> Iterator[dict[str, object]]:
        for lab in gradebook.assignments:
            marks = marks_in(gradebook, lab.name)
            for student in gradebook.students:
                if lab.name in (self.assignment or [lab.name]) and student.id in (self.student or [student.id]):
                    yield _row(state, lab, student, marks.get(student.id))


def _row(state: ClassFolder, lab: Assignment, student: Student, given: StudentMarks | None) -> dict[str, object]:
    """A student's grade for a lab; nothing handed in is 0."""
    who = {name: getattr(student, name) for name in ("last_name", "first_name", "email")}
    row = {"assignment": lab.name, "duedate": lab.duedate, "student_id": student.id, "max_score": lab.max_score, **who}
    if given is None:
        return row | {"raw_score": 0.0, "late_submission_penalty": 0.0, "score": 0.0}
    graded = state.folder / "autograded" / student.id / lab.name / f"{lab.name}.ipynb"
    dropped = points_not_counted(nbformat.read(graded, 4)) if graded.exists() else {}
    whole = total(Lab(lab.name), given, dropped)
    return row | {
        "timestamp": given.handed_in,
        "raw_score": whole.raw,
        "late_submission_penalty": whole.penalty,
        "score": whole.score,
        "max_score": whole.out_of + whole.written_out_of,
        **dict(zip(PARTS, _parts(whole), strict=True)),
    }


def _parts(each: Total) -> tuple[float, ...]:
    return each.points, each.out_of, each.written, each.written_out_of, each.waiting, each.bonus
