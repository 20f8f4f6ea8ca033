"""What hand-ins come to, from the gradebook's marks: one definition for the terminal, the report and grades.csv."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from autograder.course import ClassFolder, Lab
from autograder.gradebook.class_marks import StudentMarks, class_marks
from autograder.gradebook.grade_handins import Graded
from autograder.gradebook.total import Total
from autograder.grading.record import Record
from autograder.grading.run import record_path


def total(lab: Lab, given: StudentMarks, unasked: Collection[str]) -> Total:
    """Return what a hand-in comes to, of which some is not asked."""
    return Total.of_lab(lab, given.marks, unasked, given.penalty)


def of_lab(state: ClassFolder, lab: Lab) -> dict[str, Total]:
    """Return student -> what the hand-in comes to, for all that the gradebook has of a lab."""
    return {
        student: total(lab, given, _unasked(Record.load(record_path(state, student, lab.name))))
        for student, given in class_marks(state, lab.name).items()
    }


def _unasked(record: Record | None) -> set[str]:
    """What the original course does not ask of the files that were handed in."""
    return {row.question for row in record.rows if not row.max_score} if record else set()


def totals(state: ClassFolder, graded: Iterable[Graded]) -> Mapping[tuple[str, str], Total]:
    """Return (student, lab) -> what each of these hand-ins comes to that the gradebook has."""
    found, marks = dict[tuple[str, str], Total](), dict[str, dict[str, StudentMarks]]()
    for each in graded:
        if each.lab not in marks:
            marks[each.lab] = class_marks(state, each.lab)
        if given := marks[each.lab].get(each.student):
            unasked = {row.question for row in each.rows if not row.max_score}
            found[each.student, each.lab] = total(Lab(each.lab), given, unasked)
    return found
