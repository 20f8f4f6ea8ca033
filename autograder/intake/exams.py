"""The class's exams, as its ``deadlines.toml`` has them, with labs and questions that there are."""

from __future__ import annotations

from pathlib import Path

from aics.language import listed, tr
from autograder.course import Lab, labs
from autograder.course.exam import Exam
from autograder.intake.deadlines import Deadlines, Misplaced, placed


def exams(folder: Path) -> dict[str, Exam]:
    """Return lab -> its exam; CourseError, with the line, where there is no such lab or question."""
    found = Deadlines.read(folder).exam
    for exam in found.values():
        try:
            _check(exam)
        except Misplaced as error:
            raise placed(folder, error) from error
    return found


def exams_on(folder: Path) -> dict[str, Exam]:
    """Return the exams whose scores are hidden now."""
    return {name: exam for name, exam in exams(folder).items() if exam.is_on}


def _check(exam: Exam) -> None:
    """Raise Misplaced where there is no such lab, or one of its checks is of no question that code answers."""
    there = [lab.name for lab in labs()]
    if exam.lab not in there:
        raise Misplaced(
            tr("there is no lab {lab!r}; there are {labs}", lab=exam.lab, labs=listed(there)), "exam", exam.lab
        )
    questions = Lab(exam.lab).questions if exam.checks else {}
    if strange := [name for name in exam.checks or () if name not in questions]:
        message = tr(
            "{lab} has no check {check!r}; it has {names}", lab=exam.lab, check=strange[0], names=listed(questions)
        )
        raise Misplaced(message, "exam", exam.lab, "checks", strange[0])
