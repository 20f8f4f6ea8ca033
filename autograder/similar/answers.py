"""What each student wrote: the cells of a hand-in that are the student's own, by question."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode, read

from autograder.authoring.cell import Cell
from autograder.authoring.namespace import solution_cells
from autograder.course import ClassFolder, CourseError, Lab
from autograder.course.original import unmarked
from autograder.grading.steps import steps_of
from autograder.intake.handin import Refused
from autograder.intake.reading import read_notebook
from autograder.intake.repair import repaired
from autograder.intake.skeleton import Skeleton
from autograder.similar.words import say

#: The place of all cells that a student added, beside the questions.
OWN = ""
#: Characters of one place that are compared; what is longer is compared up to there.
LONGEST = 20_000


@dataclass(frozen=True, kw_only=True)
class Answers:
    """The code that one student wrote.

    Attributes
    ----------
    cells : mapping
        Question -> the source of its cell, and `OWN` -> all cells that were added; untouched stubs are left out.
    digest : str
        Of the file, so that the same file is known as such.
    cut : tuple of str
        The questions whose cells are longer than what is compared.
    """

    cells: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""
    cut: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ClassAnswers:
    """Student -> what was written, by id, and a line for each file that could not be read."""

    students: Mapping[str, Answers]
    unreadable: tuple[str, ...] = ()


def answers_of_class(state: ClassFolder, lab: Lab) -> ClassAnswers:
    """Read the hand-ins that `autograder grade` has put into the class's folder; raises CourseError for fewer than two.

    A hand-in that cannot be read costs a line, and no other hand-in.
    """
    reader, found, unreadable = _Reader(lab), dict[str, Answers](), list[str]()
    for path in sorted(state.submitted.glob(f"*/{lab.name}/{lab.name}.ipynb")):
        student = path.parts[-3]
        try:
            found[student] = reader.answers(path)
        except (OSError, Refused) as error:
            unreadable.append(say("unreadable", student=student, file=path, why=error))
    if len(found) < 2:
        raise CourseError(_too_few(state, lab, found, unreadable))
    return ClassAnswers(students=found, unreadable=tuple(unreadable))


def given(lab: Lab) -> dict[str, list[str]]:
    """Return place -> code that is nobody's own.

    Of a question, the released stub and the solution, also with the stub's last line behind it; of `OWN`, every cell.
    """
    released = read(lab.released, 4)
    stubs, solved = _sources(released), dict(solution_cells(lab))
    own = [cell.source for cell in released.cells if cell.cell_type == "code"]
    cells = {name: _cell(name) for name in lab.questions}
    return {n: [stubs[cell], solved[cell], Cell.of(solved[cell]).source] for n, cell in cells.items()} | {OWN: own}


def _too_few(state: ClassFolder, lab: Lab, found: Mapping[str, Answers], unreadable: list[str]) -> str:
    if found:
        words = say("one", lab=lab.name, student=next(iter(found)), folder=state.submitted)
    else:
        words = say("nobody", lab=lab.name, folder=state.submitted)
    return " ".join([words, *unreadable])


class _Reader:
    """Reads hand-ins of one lab."""

    def __init__(self, lab: Lab) -> None:
        self._questions = lab.questions
        released = read(lab.released, 4)
        self._skeleton, self._stubs = Skeleton(released), _sources(released)

    def answers(self, path: Path) -> Answers:
        """Read one hand-in, its cells in the places where the grader finds them; Refused where it is no notebook."""
        data = path.read_bytes()
        notebook, _ = repaired(read_notebook(data)[0], self._skeleton)
        cells = dict(self._written(notebook))
        cut = tuple(name for name, source in cells.items() if len(source) > LONGEST)
        shown = {name: source[:LONGEST] for name, source in cells.items()}
        return Answers(cells=shown, digest=hashlib.sha256(data).hexdigest(), cut=cut)

    def _written(self, notebook: NotebookNode) -> Iterator[tuple[str, str]]:
        steps = [step for step in steps_of(notebook, self._questions) if step.source.strip()]
        for name in self._questions:
            for step in steps:
                if step.grade_id == _cell(name) and step.source.strip() != self._stubs[_cell(name)].strip():
                    yield name, unmarked(step.source)
        if own := "\n\n".join(step.source for step in steps if not step.grade_id):
            yield OWN, own


def _sources(notebook: NotebookNode) -> dict[str, str]:
    marked = [(cell.metadata.get("nbgrader", {}).get("grade_id", ""), cell.source) for cell in notebook.cells]
    return {name: str(source) for name, source in marked if name}


def _cell(question: str) -> str:
    return f"{question}_code"
