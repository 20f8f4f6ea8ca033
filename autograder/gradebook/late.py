"""When a hand-in came, when it was due, and what its lateness costs: nbgrader's own columns, set from one file.

nbgrader's AssignLatePenalties works out how late a hand-in is and asks `LateDays` what that costs; `SetDueDate` tells
it before when the hand-in came and was due.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from nbgrader.api import Assignment, Gradebook, MissingEntry, SubmittedAssignment
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import parse_utc

from aics.language import language_of, speaking
from autograder.course import ClassFolder
from autograder.gradebook.lateness import Lateness
from autograder.gradebook.nbgrader import Nbgrader
from autograder.intake.deadlines import Deadlines
from autograder.intake.listing import TIMESTAMP

#: A file beside the record of a hand-in that a learning management system calls late.
CALLED_LATE = "called-late"


@dataclass(frozen=True)
class Times:
    """When a hand-in came and was due, in UTC without a zone as nbgrader keeps it; None where unknown."""

    handed_in: datetime | None
    due: datetime | None

    @classmethod
    def of(cls, state: ClassFolder, deadlines: Deadlines, student: str, lab: str) -> Times:
        """Read what lies beside a hand-in, and the class's deadlines."""
        due = deadlines.due_for(student, lab)
        try:
            handed_in = parse_utc((state.submitted / student / lab / TIMESTAMP).read_text("utf-8").strip())
        except (OSError, ValueError):
            handed_in = None
        return cls(handed_in, due and due.astimezone(UTC).replace(tzinfo=None))

    @property
    def seconds_late(self) -> float:
        """How late it is; 0 where it is not, or nobody knows."""
        return max(0.0, (self.handed_in - self.due).total_seconds()) if self.handed_in and self.due else 0.0


class SetDueDate(NbGraderPreprocessor):
    """Puts when a hand-in came and was due into the gradebook; the plan is the class's ``deadlines.toml``."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Set the lab's due date, and this student's extension and time."""
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            submission = gradebook.find_submission(about["assignment"], about["student"])
            set_times(ClassFolder(Path(self.config.CourseDirectory.root)), submission)
            gradebook.db.commit()
        return nb, resources


def set_times(state: ClassFolder, submission: SubmittedAssignment) -> None:
    """Set a lab's due date, and a student's extension and time."""
    lab, deadlines = submission.assignment.name, Deadlines.read(state.folder)
    times = Times.of(state, deadlines, submission.student_id, lab)
    submission.timestamp = times.handed_in
    if lab in deadlines.due or times.due:
        due = deadlines.due.get(lab)
        submission.assignment.duedate = due.astimezone(UTC).replace(tzinfo=None) if due else times.due
        submission.extension = times.due - submission.assignment.duedate if times.due else None


class LateDays(LateSubmissionPlugin):
    """Takes a share of the score for each day begun, after the days that a student has free over all labs."""

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        """Return the points that lateness costs; None where it costs none."""
        state, about = ClassFolder(Path(self.config.CourseDirectory.root)), self.parent
        deadlines = Deadlines.read(state.folder)
        free = free_days(deadlines, about.gradebook, student_id, about.assignment_id)
        return penalty(deadlines, score, total_seconds_late, free) or None


def cost(deadlines: Deadlines, gradebook: Gradebook, submission: SubmittedAssignment, score: float) -> float:
    """Return the points that a hand-in's lateness takes off a score."""
    free = free_days(deadlines, gradebook, submission.student_id, submission.assignment.name)
    return penalty(deadlines, score, submission.total_seconds_late, free)


def free_days(deadlines: Deadlines, gradebook: Gradebook, student: str, lab: str) -> float:
    """Return how many late days a student has left for a lab."""
    return deadlines.late_days - used_before(gradebook, deadlines, student, lab)


def penalty(deadlines: Deadlines, score: float, seconds: float, free: float) -> float:
    """Return the points that a hand-in loses, given how many late days are left for it."""
    days = days_late(deadlines, seconds)
    if deadlines.closes_after_days is not None and days > deadlines.closes_after_days:
        return score
    return score * min(1.0, max(0.0, days - max(0.0, free)) * deadlines.penalty_per_day / 100)


def days_late(deadlines: Deadlines, seconds: float) -> int:
    """Return the days begun; none within the time of grace."""
    return math.ceil(seconds / 86400) if seconds > 60 * deadlines.grace_minutes else 0


def used_before(gradebook: Gradebook, deadlines: Deadlines, student: str, lab: str) -> float:
    """Return how many late days a student has used up for the labs that were due before this one."""
    rows = _submissions(gradebook, student)
    due = {name: submission.duedate for name, submission in rows}
    before = [
        s for name, s in rows if name != lab and due[name] and due.get(lab) and (due[name], name) < (due[lab], lab)
    ]
    return min(deadlines.late_days, sum(days_late(deadlines, s.total_seconds_late) for s in before))


def _submissions(gradebook: Gradebook, student: str) -> list[tuple[str, SubmittedAssignment]]:
    query = gradebook.db.query(Assignment.name, SubmittedAssignment).join(
        SubmittedAssignment, SubmittedAssignment.assignment_id == Assignment.id
    )
    return [(name, submission) for name, submission in query.filter(SubmittedAssignment.student_id == student)]


def holds(state: ClassFolder, gradebook: Gradebook, student: str, lab: str) -> bool:
    """Return whether the gradebook has a hand-in's times and penalty as they are now."""
    deadlines = Deadlines.read(state.folder)
    times = Times.of(state, deadlines, student, lab)
    try:
        submission = gradebook.find_submission(lab, student)
    except MissingEntry:
        return False
    if submission.timestamp != times.handed_in or (times.due and submission.duedate != times.due):
        return False
    costs = cost(deadlines, gradebook, submission, submission.score)
    return math.isclose(costs, submission.late_submission_penalty or 0.0, abs_tol=1e-6)


def said_of(state: ClassFolder, gradebook: Gradebook, student: str, lab: str) -> str:
    """Return the sentences on a hand-in's lateness; "" where it is not late."""
    return lateness(state, gradebook, student, lab).said


def lateness(state: ClassFolder, gradebook: Gradebook, student: str, lab: str) -> Lateness:
    """Return what the gradebook has of a hand-in's lateness."""
    deadlines = Deadlines.read(state.folder)
    try:
        submission = gradebook.find_submission(lab, student)
    except MissingEntry:
        return Lateness()
    days = days_late(deadlines, submission.total_seconds_late)
    if not days:
        called = (state.runs / student / f"{lab}.{CALLED_LATE}").exists()
        return Lateness(called=called and not (submission.timestamp and submission.duedate))
    return Lateness(
        when=submission.timestamp.replace(tzinfo=UTC).astimezone(deadlines.zone).strftime("%Y-%m-%d %H:%M %Z"),
        seconds=submission.total_seconds_late,
        free=min(days, max(0.0, free_days(deadlines, gradebook, student, lab))),
        all_free=deadlines.late_days,
        points=submission.late_submission_penalty or 0.0,
        score=submission.score,
    )


def said_of_class(state: ClassFolder, lab: str) -> dict[str, str]:
    """Return student -> the sentences on the hand-in's lateness, for those who were late."""
    called = {path.parent.name for path in state.runs.glob(f"*/{lab}.{CALLED_LATE}")}
    with Nbgrader(state).gradebook() as gradebook:
        rows = gradebook.db.query(SubmittedAssignment).join(Assignment).filter(Assignment.name == lab)
        late = [row.student_id for row in rows if row.total_seconds_late > 0 or row.student_id in called]
        said = {student: said_of(state, gradebook, student, lab) for student in late}
    return {student: sentence for student, sentence in said.items() if sentence}


class SayLate(NbGraderPreprocessor):
    """Says at the top of a feedback page that the hand-in was late, and what that cost."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Put a cell of one paragraph first."""
        about = resources["nbgrader"]
        state = ClassFolder(Path(self.config.CourseDirectory.root))
        with Gradebook(about["db_url"]) as gradebook:
            late = lateness(state, gradebook, about["student"], about["assignment"])
        with speaking(language_of(nb)):
            if late.said:
                nb.cells.insert(0, new_markdown_cell(f"**{late.said}**"))
        return nb, resources
