"""What a student gets of a lab that is an exam: the notebook says so, and what checks that are left out need stays."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from aics.check import exam as told
from aics.check.reference import PublicQuestion, Reference, save
from autograder.course import Lab
from autograder.course.exam import Exam
from autograder.course.question import Question

#: The id of the cell that says it.
NOTICE = "exam"


def as_exam(contents: Mapping[str, bytes], lab: Lab, exam: Exam) -> dict[str, bytes]:
    """Return a zip's contents, name -> bytes, with the lab as an exam, if the lab is among them."""
    left_out = {f"data/{name}" for name in lab.tells(_closed(lab, exam))}
    found = {name: content for name, content in contents.items() if name not in left_out}
    notebook, reference = f"labs/{lab.name}/{lab.released.name}", f"data/reference/{lab.reference.name}"
    found |= {notebook: _notebook(found[notebook], exam)} if notebook in found else {}
    return found | ({reference: _reference(lab, exam)} if reference in found else {})


def with_notice(notebook: NotebookNode, exam: Exam | None) -> NotebookNode:
    """Return the notebook, where it is an exam with a first cell that says until when, and which checks work."""
    if exam:
        notebook.cells.insert(0, nbformat.v4.new_markdown_cell(exam.notice, id=NOTICE))
    return notebook


def _closed(lab: Lab, exam: Exam) -> list[str]:
    return [name for name in lab.questions if name not in exam.open(lab)]


def _notebook(content: bytes, exam: Exam) -> bytes:
    text: str = nbformat.writes(with_notice(nbformat.reads(content.decode(), 4), exam))
    return f"{text}\n".encode()


def _reference(lab: Lab, exam: Exam) -> bytes:
    """The reference data of the questions whose checks work; of the others their names and points, and no more."""
    known, names = Reference(lab.reference), exam.open(lab)
    closed = [_told(lab.questions[name]) for name in _closed(lab, exam)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / lab.reference.name
        kept = [_alone(known.question(name), names) for name in names]
        save(path, kept, known.written, told.Exam(until=exam.until_said, closed=closed))
        return path.read_bytes()


def _told(question: Question) -> told.Closed:
    return told.Closed(name=question.name, points=question.points, bonus=question.bonus)


def _alone(known: PublicQuestion, names: list[str]) -> PublicQuestion:
    """A question that is not traced back to those that are left out."""
    return replace(known, rule=replace(known.rule, builds_on=tuple(n for n in known.rule.builds_on if n in names)))
