"""A lab's released notebook as one student has it: with its questions' parameters, and as a form for anybody's."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

import nbformat
from nbformat import NotebookNode

from aics.parameters.blanks import blanks_of, filled
from aics.parameters.own_notebook import first_line
from autograder.authoring.source import source_cells
from autograder.course import Lab

#: nbgrader's marks around a solution, and what it leaves there (c.ClearSolutions in nbgrader_config.py).
_BEGIN, _END, _LEFT = "### BEGIN SOLUTION", "### END SOLUTION", "# your code here"


@dataclass(frozen=True, kw_only=True)
class Form:
    """One cell whose text has parameters: its text with blanks, and the released one; `question` of a stub."""

    cell: str
    text: str
    plain: str
    code: bool
    question: str = ""


def forms(lab: Lab, varying: Collection[str]) -> list[Form]:
    """Return the cells of a lab in which these questions have blanks, and their stubs, in the notebook's order."""
    return list(_forms(Lab(lab.name), tuple(varying)))


@lru_cache
def _forms(lab: Lab, varying: tuple[str, ...]) -> tuple[Form, ...]:
    fixed = {name: words for name, words in lab.words.items() if name not in varying}
    released = {cell.id: cell.source for cell in nbformat.read(lab.released, 4).cells}
    found = []
    for cell in source_cells(lab):
        if cell.cell_type != "code" and "written" in cell.metadata:
            continue
        code = cell.cell_type == "code"
        text, stub = filled(cleared(cell.source), fixed, code=code), cell.metadata.get("code", "")
        question = stub if stub in varying else ""
        if question or blanks_of(text, {name: lab.words[name] for name in varying}):
            found.append(Form(cell=cell.id, text=text, plain=released[cell.id], code=code, question=question))
    return tuple(found)


def own_release(lab: Lab) -> NotebookNode:
    """Return the released notebook with the lab's own parameters; stubs say which."""
    varying = [question for question, _ in lab.drawn]
    own = {form.cell: form for form in forms(lab, varying)}
    notebook: NotebookNode = nbformat.read(lab.released, 4)
    for cell in notebook.cells:
        if form := own.get(cell.id):
            cell.source = filled(form.text, lab.words, code=form.code)
            if form.question:
                cell.source = first_line(form.question, lab.drawn_of(form.question) or {}) + cell.source
    return notebook


def cleared(source: str) -> str:
    """A stub without its solutions, as nbgrader leaves it; any other text as it is."""
    return "\n".join(_without_solutions(source)) if _BEGIN in source else source


def _without_solutions(source: str) -> Iterator[str]:
    inside = False
    for line in source.split("\n"):
        if line.strip() == _BEGIN:
            inside = True
            yield line[: len(line) - len(line.lstrip())] + _LEFT
        if not inside:
            yield line
        inside = inside and line.strip() != _END
