"""What hand-ins come to, from the gradebook's marks: one definition for all places that show it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.course import ClassFolder, Lab
from autograder.gradebook.class_marks import StudentMarks, class_marks, marks_in
from autograder.gradebook.grade_handins import Graded
from autograder.gradebook.nbgrader import Nbgrader
from autograder.gradebook.total import Total
from autograder.grading.record import Record
from autograder.grading.run import record_path


def total(lab: Lab, given: StudentMarks, unasked: Collection[str]) -> Total:
    """Return what a hand-in comes to, of which some is not asked."""
    return Total.of_lab(lab, given.marks, unasked, given.penalty)


def of_lab(state: ClassFolder, lab: Lab) -> dict[str, Total]:
    """Return student -> what the hand-in comes to, for all that the gradebook has of a lab."""
    with Nbgrader(state).gradebook() as gradebook:
        return of_lab_in(gradebook, state, lab)


def of_lab_in(gradebook: Gradebook, state: ClassFolder, lab: Lab, only: str = "") -> dict[str, Total]:
    """Return the same from this gradebook; of `only` one student, where it names one."""
    return {
        student: total(lab, given, _unasked_of(state, student, lab))
        for student, given in marks_in(gradebook, lab.name, only).items()
    }


def _unasked_of(state: ClassFolder, student: str, lab: Lab) -> Collection[str]:
    path = record_path(state, student, lab.name)
    return _unasked(path, path.stat().st_mtime_ns) if path.exists() else ()


@lru_cache(maxsize=10_000)
def _unasked(path: Path, _changed: int) -> frozenset[str]:
    """What the original course does not ask of the files that were handed in, by a record as it was at that time."""
    record = Record.load(path)
    return frozenset(row.question for row in record.rows if not row.max_score) if record else frozenset()


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
