"""The one writer of a class: hand-ins to where nbgrader finds them, records into its gradebook, feedback pages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.course import ClassFolder
from autograder.gradebook.cell_outputs import auto_score
from autograder.gradebook.interrupts import PATIENCE, Interrupts
from autograder.gradebook.late import CALLED_LATE, holds, said_of
from autograder.gradebook.mended import remarks_path
from autograder.gradebook.nbgrader import Nbgrader
from autograder.grading.record import Record
from autograder.grading.run import record_path
from autograder.intake.handin import HandIn
from autograder.intake.listing import TIMESTAMP

#: Seconds in which one student's grades must be in the gradebook, and the same again for the feedback page.
WRITING = 60.0


class Writer:
    """Writes what is missing, and says whether anything was.

    A hand-in is done when the gradebook has the record's scores, question by question, and its files are made from one
    another: the graded notebook from the repaired one and the record, the feedback page from the graded notebook and
    what intake said of the file.
    """

    def __init__(self, state: ClassFolder, labs: Sequence[str], *, in_place: bool, interrupts: Interrupts) -> None:
        """Ask the gradebook what it has of these labs.

        `in_place`: the hand-ins lie where nbgrader looks for them, and their repaired copies go elsewhere.
        """
        self._state, self._interrupts = state, interrupts
        self._repaired = state.runs if in_place else state.submitted
        self._nbgrader = Nbgrader(
            state, GradeInSandbox={"recorded": True}, Repair={"repaired_root": str(self._repaired)}
        )
        self._scores = {lab: self._nbgrader.scores(lab) for lab in labs}

    def repaired(self, handin: HandIn) -> Path:
        """Where the repaired hand-in lies: what is run, and what nbgrader takes for the hand-in."""
        return self._repaired / handin.student / handin.lab / f"{handin.lab}.ipynb"

    def place(self, handin: HandIn) -> None:
        """Write the repaired hand-in, unless it is there just so."""
        path, text = self.repaired(handin), nbformat.writes(handin.notebook)
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        if self._repaired == self._state.submitted:
            _keep(path.with_name(TIMESTAMP), f"{handin.handed_in:%Y-%m-%d %H:%M:%S.%f} UTC" if handin.handed_in else "")
        runs = self._state.runs / handin.student
        _keep(runs / f"{handin.lab}.{CALLED_LATE}", "by the learning management system" if handin.late else "")
        _keep(remarks_path(self._state, handin.student, handin.lab), json.dumps(handin.remarks, ensure_ascii=False))

    def lateness(self, handin: HandIn) -> str:
        """What is to be said of when the hand-in came; "" where it is not late."""
        with self._nbgrader.gradebook() as gradebook:
            return said_of(self._state, gradebook, handin.student, handin.lab)

    def write(self, handin: HandIn, record: Record) -> bool:
        """Bring gradebook and feedback page up to the record; says whether anything was to be done.

        nbgrader asks for manual grades to be confirmed whenever it autogrades: it does so only where it must.
        """
        graded = self._state.folder / "autograded" / handin.student / handin.lab / f"{handin.lab}.ipynb"
        page = self._state.folder / "feedback" / handin.student / handin.lab / f"{handin.lab}.html"
        sources = (self.repaired(handin), record_path(self._state, handin.student, handin.lab))
        recorded = self._has_scores(record) and _follows(graded, *sources) and self._has_times(handin)
        if recorded and _follows(page, graded, remarks_path(self._state, handin.student, handin.lab)):
            return False
        if not (recorded and _complete(graded)):
            with self._interrupts.step(WRITING, PATIENCE):
                self._nbgrader.autograde(handin.lab, handin.student)
        with self._interrupts.step(WRITING):
            self._nbgrader.feedback(handin.lab, handin.student)
        return True

    def _has_scores(self, record: Record) -> bool:
        """Whether the gradebook has every score of the record."""
        stored = self._scores[record.lab].get(record.student, {})
        return all(
            name in stored
            and stored[name][0] == auto_score(judged.verdict)
            and (not judged.verdict.bonus or stored[name][1] == judged.verdict.score)
            for name, judged in record.judged.items()
        )

    def _has_times(self, handin: HandIn) -> bool:
        """Whether the gradebook has when the hand-in came and was due, and what that costs."""
        with self._nbgrader.gradebook() as gradebook:
            return holds(self._state, gradebook, handin.student, handin.lab)


def _keep(path: Path, text: str) -> None:
    """Have a file with just this text, or none where there is nothing to say."""
    if not text:
        path.unlink(missing_ok=True)
    elif not path.exists() or path.read_text("utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _follows(made: Path, *sources: Path) -> bool:
    """Whether a file is there, and as new as what it is made from."""
    return made.exists() and all(made.stat().st_mtime_ns >= source.stat().st_mtime_ns for source in sources)


def _complete(graded: Path) -> bool:
    """Whether nbgrader came to the end of a notebook: a killed one leaves test cells that show nothing."""
    cells: list[NotebookNode] = nbformat.read(graded, 4).cells
    tests = [c for c in cells if c.cell_type == "code" and c.metadata.get("nbgrader", {}).get("grade")]
    return all(cell.outputs for cell in tests)
