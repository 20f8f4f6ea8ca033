"""A class's standings in a lab, from its gradebook and from the records that lie beside it."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from autograder.course import ClassFolder, CourseError, Lab, labs
from autograder.gradebook.chosen import FAILED
from autograder.gradebook.class_marks import StudentMarks, class_marks
from autograder.gradebook.graded_notebook import path_of_notebook
from autograder.gradebook.late import said_of_class
from autograder.gradebook.mended import remarks_path
from autograder.gradebook.totals import total
from autograder.grading.record import Record
from autograder.grading.run import record_path
from autograder.intake.called import Called, called
from autograder.intake.roster import ROSTER, Roster
from autograder.regrade.kept import read
from autograder.report.standing import Standing
from autograder.report.words import say


def standings(state: ClassFolder, lab: Lab, place: Path) -> list[Standing]:
    """Return how each student who handed a lab in stands, by id; links lead from the folder `place`.

    Raises CourseError where nobody handed the lab in.
    """
    marks, people, late = class_marks(state, lab.name), called(state.folder), said_of_class(state, lab.name)
    failed = {path.parent.name for path in state.runs.glob(f"*/{lab.name}.{FAILED}")}
    if not (students := sorted({*marks, *failed})):
        raise CourseError(say("nobody", lab=lab.name, folder=state.folder))
    gather = _Gather(state, lab, place)
    return [gather(student, marks.get(student), people.get(student), late.get(student, "")) for student in students]


class _Gather:
    """Gathers one student after the other."""

    def __init__(self, state: ClassFolder, lab: Lab, place: Path) -> None:
        self._state, self._lab, self._place = state, lab, place
        self._regrades = [request for request in read(state).open if request.lab == lab.name]

    def __call__(self, student: str, marks: StudentMarks | None, who: Called | None, late: str) -> Standing:
        record = Record.load(record_path(self._state, student, self._lab.name))
        verdicts = {name: judged.verdict for name, judged in record.judged.items()} if record else {}
        marks = marks or StudentMarks(marks={})
        return Standing(
            student=student,
            called=who or Called(),
            verdicts=verdicts,
            marks=marks.marks,
            total=total(self._lab, marks, {name for name, verdict in verdicts.items() if not verdict.max_score}),
            isolation=record.isolation if record else "",
            handed_in=f"{marks.handed_in:%Y-%m-%d %H:%M} UTC" if marks.handed_in else "",
            late=late,
            remarks=self._remarks(student),
            regrades=[request.question for request in self._regrades if request.student == student],
            failed=self._failed(student),
            page=self._link("feedback", student, ".html"),
            graded=self._link("autograded", student, ".ipynb"),
        )

    def _remarks(self, student: str) -> list[str]:
        try:
            said = json.loads(remarks_path(self._state, student, self._lab.name).read_text("utf-8"))
        except (OSError, ValueError):
            return []
        return [str(line) for line in said] if isinstance(said, list) else []

    def _failed(self, student: str) -> str:
        path = self._state.runs / student / f"{self._lab.name}.{FAILED}"
        return path.read_text("utf-8", errors="replace").strip() if path.exists() else ""

    def _link(self, folder: str, student: str, suffix: str) -> str:
        path = path_of_notebook(self._state.folder / folder, student, self._lab.name).with_suffix(suffix)
        return Path(os.path.relpath(path, self._place)).as_posix() if path.exists() else ""


def missing(state: ClassFolder, found: Sequence[Standing]) -> list[Standing]:
    """Return those on the roster who handed nothing in that was graded."""
    there = {standing.student for standing in found}
    names = called(state.folder)
    ids = [student.id for student in Roster.read(state.folder / ROSTER).students if student.id not in there]
    return [Standing(student=student, called=names[student]) for student in sorted(ids)]


def handed_in(state: ClassFolder) -> list[Lab]:
    """Return the labs that somebody handed in."""
    there = {path.parent.name for path in state.submitted.glob("*/*/*.ipynb")}
    there |= {path.name.removesuffix(f".{FAILED}") for path in state.runs.glob(f"*/*.{FAILED}")}
    return [lab for lab in labs() if lab.name in there]
