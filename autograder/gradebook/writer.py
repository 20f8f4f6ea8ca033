"""The one writer of a class: hand-ins to where nbgrader finds them, records into its gradebook, feedback pages."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograder.course import ClassFolder
from autograder.gradebook.cell_outputs import auto_score
from autograder.gradebook.chosen import failed_path
from autograder.gradebook.exam import is_due
from autograder.gradebook.failures import explained, explained_of_one
from autograder.gradebook.graded_notebook import path_of_notebook
from autograder.gradebook.interrupts import PATIENCE, Interrupts
from autograder.gradebook.late import CALLED_LATE, holds, said_of
from autograder.gradebook.made import Made, unplaced_notebook, unplaced_page
from autograder.gradebook.marks import Marks, marks_path
from autograder.gradebook.mended import remarks_path
from autograder.gradebook.nbgrader import Nbgrader
from autograder.gradebook.rows import read_marks, write_rows
from autograder.grading.record import Record
from autograder.grading.run import record_path
from autograder.intake.called import Called, called
from autograder.intake.exams import exams_on
from autograder.intake.listing import TIMESTAMP
from autograder.intake.prepared import HandIn

#: Seconds in which one student's grades must be in the gradebook.
WRITING = 60.0
#: The rights of a graded notebook and of a feedback page, as nbgrader sets them.
READ_ONLY, READABLE = 0o444, 0o644
#: What nbgrader's exchange leaves beside a hand-in, and wants beside its feedback page: when it came, and the secret
#: from which only its student knows the page's name in the exchange.
BESIDE = (TIMESTAMP, "submission_secret.txt")


class Writer:
    """Writes what is missing, and says whether anything is; use it as a context manager.

    A hand-in is done when the gradebook has the record's scores, question by question, and its files are made from one
    another: the graded notebook from the repaired one and the record, the feedback page from the graded notebook, what
    intake said of the file, and the marks that the gradebook has now.
    """

    def __init__(self, state: ClassFolder, labs: Sequence[str], *, in_place: bool, interrupts: Interrupts) -> None:
        """Ask the gradebook what it has of these labs.

        `in_place`: the hand-ins lie where nbgrader looks for them, and their repaired copies go elsewhere.
        """
        self._state, self._interrupts = state, interrupts
        self._repaired = state.runs if in_place else state.submitted
        self._called, self._exams = called(state.folder), exams_on(state.folder)
        nbgrader = Nbgrader(state)
        self._scores = {lab: nbgrader.scores(lab) for lab in labs}
        self._open = ExitStack()
        self._gradebook = self._open.enter_context(nbgrader.gradebook())

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def repaired(self, handin: HandIn) -> Path:
        """Where the repaired hand-in lies: what is run, and what nbgrader takes for the hand-in."""
        return path_of_notebook(self._repaired, handin.student, handin.lab)

    def place(self, handin: HandIn, notebook: NotebookNode, remarks: Sequence[str]) -> None:
        """Write the repaired hand-in and what is to be said of it, unless they are there just so."""
        path = self.repaired(handin)
        _keep(path, nbformat.v4.writes(notebook))
        if self._repaired == self._state.submitted:
            _keep(path.with_name(TIMESTAMP), f"{handin.handed_in:%Y-%m-%d %H:%M:%S.%f} UTC" if handin.handed_in else "")
        runs = self._state.runs / handin.student
        _keep(runs / f"{handin.lab}.{CALLED_LATE}", "by the learning management system" if handin.late else "")
        said = json.dumps(remarks, ensure_ascii=False)
        _keep(remarks_path(self._state, handin.student, handin.lab), said)

    def has_grades(self, handin: HandIn, record: Record) -> bool:
        """Whether the gradebook has a record's scores and times, and the graded notebook is made from all it shows."""
        graded, said = self._graded(handin), remarks_path(self._state, handin.student, handin.lab)
        sources = (self.repaired(handin), record_path(self._state, handin.student, handin.lab), said)
        return self._has_scores(record) and _follows(graded, *sources) and self._has_times(handin) and _complete(graded)

    def has_page(self, handin: HandIn) -> bool:
        """Whether the feedback page follows the graded notebook and what intake said, and shows what people gave.

        What they gave may have come into the gradebook by any way, such as formgrader's pages, which tell no file. Of
        an exam it is another page before and after the date.
        """
        page, said = self._page(handin), remarks_path(self._state, handin.student, handin.lab)
        if not _follows(page, self._graded(handin), said) or not is_due(page, self._exams.get(handin.lab)):
            return False
        return self.marks(handin).same_as(marks_path(self._state, handin.student, handin.lab))

    def marks(self, handin: HandIn) -> Marks:
        """What the page of a hand-in that is in the gradebook shows."""
        with self._rows() as gradebook:
            return self._marks(gradebook, handin)

    def write(self, handin: HandIn, made: Made) -> Marks:
        """Bring the gradebook up to what a worker made, and put the graded notebook in its place.

        nbgrader asks for manual grades to be confirmed whenever it autogrades: this does so only where it must.
        """
        address = self._state.gradebook_url
        with self._interrupts.step(WRITING, PATIENCE), self._rows() as gradebook, explained_of_one(address):
            write_rows(self._state, gradebook, made, self._called.get(handin.student, Called()))
            self._place(unplaced_notebook(self._state, handin.student, handin.lab), self._graded(handin), READ_ONLY)
            return self._marks(gradebook, handin)

    def note(self, handin: HandIn, failure: str) -> None:
        """Keep why a hand-in could not be graded; "" where it could."""
        _keep(failed_path(self._state, handin), failure)

    def place_page(self, handin: HandIn, marks: Marks) -> None:
        """Put the feedback page that a worker made of these marks in its place: the hand-in is through."""
        self.note(handin, "")
        self._place(unplaced_page(self._state, handin.student, handin.lab), self._page(handin), READABLE)
        marks.keep(marks_path(self._state, handin.student, handin.lab))

    def lateness(self, handin: HandIn) -> str:
        """What is to be said of when the hand-in came; "" where it is not late."""
        with self._rows() as gradebook:
            return said_of(self._state, gradebook, handin.student, handin.lab)

    def _place(self, made: Path, place: Path, mode: int) -> None:
        """Move a finished file into its place, with what lies beside the hand-in, as nbgrader leaves them there."""
        place.parent.mkdir(parents=True, exist_ok=True)
        made.chmod(mode)
        made.replace(place)
        student, lab = place.parts[-3:-1]
        for name in BESIDE:
            _copy(self._state.submitted / student / lab / name, place.with_name(name), mode)

    def _marks(self, gradebook: Gradebook, handin: HandIn) -> Marks:
        marks = read_marks(self._state, gradebook, handin.student, handin.lab)
        return replace(marks, exam=self._exams.get(handin.lab))

    def _graded(self, handin: HandIn) -> Path:
        return path_of_notebook(self._state.folder / "autograded", handin.student, handin.lab)

    def _page(self, handin: HandIn) -> Path:
        return path_of_notebook(self._state.folder / "feedback", handin.student, handin.lab).with_suffix(".html")

    def _has_scores(self, record: Record) -> bool:
        """Whether the gradebook has every score of the record."""
        stored = self._scores[record.lab].get(record.student, {})
        return all(
            name in stored
            and stored[name][0] == auto_score(judged.verdict)
            and judged.verdict.extra in (None, stored[name][1])
            for name, judged in record.judged.items()
        )

    def _has_times(self, handin: HandIn) -> bool:
        """Whether the gradebook has when the hand-in came and was due, and what that costs."""
        with self._rows() as gradebook:
            return holds(self._state, gradebook, handin.student, handin.lab)

    @contextmanager
    def _rows(self) -> Iterator[Gradebook]:
        """The open gradebook; what was not committed is taken back, and no row is kept in memory."""
        with explained(self._state.gradebook_url):
            try:
                yield self._gradebook
            finally:
                self._gradebook.db.remove()


def _keep(path: Path, text: str) -> None:
    """Have a file with just this text, or none where there is nothing to say."""
    if not text:
        path.unlink(missing_ok=True)
    elif not path.exists() or path.read_text("utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _copy(source: Path, place: Path, mode: int) -> None:
    """Have a copy of a file with these rights, or none where there is no such file."""
    place.unlink(missing_ok=True)
    if source.exists():
        shutil.copyfile(source, place)
        place.chmod(mode)


def _follows(made: Path, *sources: Path) -> bool:
    """Whether a file is there, and as new as what it is made from."""
    return made.exists() and all(made.stat().st_mtime_ns >= source.stat().st_mtime_ns for source in sources)


def _complete(graded: Path) -> bool:
    """Whether nbgrader came to the end of a notebook: a killed one leaves test cells that show nothing."""
    cells: list[NotebookNode] = nbformat.v4.reads(graded.read_text("utf-8")).cells
    tests = [c for c in cells if c.cell_type == "code" and c.metadata.get("nbgrader", {}).get("grade")]
    return all(cell.outputs for cell in tests)
