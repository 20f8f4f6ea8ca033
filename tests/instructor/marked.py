"""A class of sixty whose answers in words wait, made by nbgrader's own API, and the page on which they are graded."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import nbformat

from autograder.course import ROOT, ClassFolder
from autograder.gradebook.by_hand import given
from autograder.gradebook.nbgrader import Nbgrader
from tests.browser.servers import bare_environment

LAB, QUESTION, COUNT = "lab2_layers", "img2col_why", 60
#: What tries to act on the page; the others are forty different sentences, so that some are alike.
HOSTILE = "<script>window.ran = 1</script><img src=x onerror='window.ran = 2'> [x](javascript:window.ran=3) $x^2$"
#: Sixty answers; blanks at the end make no other.
TEXTS = [
    HOSTILE,
    *(f"Reason number {n % 40}: copies cost $K^2$ times more." + "  \n" * (n > 40) for n in range(1, COUNT)),
]


def write_class(state: ClassFolder, texts: Sequence[str] = TEXTS) -> None:
    """A hand-in with each of these answers in the gradebook and as graded notebooks."""
    with Nbgrader(state).gradebook() as gradebook:
        for number, text in enumerate(texts):
            student = f"student{number:02}"
            gradebook.update_or_create_student(student)
            submission = gradebook.update_or_create_submission(LAB, student)
            gradebook.db.flush()
            grade = gradebook.find_grade(QUESTION, LAB, LAB, student)
            grade.auto_score, grade.needs_manual_grade = None, True
            _write_notebook(state, student, text)
            assert submission.notebooks
        gradebook.db.commit()


def _write_notebook(state: ClassFolder, student: str, text: str) -> None:
    about = {"grade_id": QUESTION, "grade": True, "solution": True, "points": 10, "locked": False}
    cell = nbformat.v4.new_markdown_cell(text, metadata={"nbgrader": about})
    path = state.folder / "autograded" / student / LAB / f"{LAB}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)


def scores(state: ClassFolder) -> dict[str, tuple[float | None, str, bool]]:
    """Student -> points, comment, whether they wait."""
    return {student: (g.points, g.comment, g.waiting) for student, g in given(state, LAB, QUESTION).items()}


@contextmanager
def page_of(state: ClassFolder, folder: Path, *options: str, lab: str = LAB) -> Iterator[str]:
    """Run `autograder mark` for a lab, or where it is "" for the list of all; yields the address that it prints."""
    environment = bare_environment(folder) | {"AICS_COURSE": str(state.folder), "COLUMNS": "300"}
    command = [sys.executable, "-u", "-m", "autograder", "mark", *filter(None, [lab]), "--no-browser", *options]
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=environment, **output) as process:
        try:
            yield _address(process.stdout)
        finally:
            process.terminate()


def _address(lines: Iterable[str]) -> str:
    said = ""
    for line in lines:
        said += line
        if found := re.search(r"http://127\.0\.0\.1:\d+/\S+", line):
            return found[0]
    raise RuntimeError(said)
