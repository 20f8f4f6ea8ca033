"""Hand-ins, and what is made of each when its turn has come: the repaired notebook, and what is to be said of it.

Whose they are, and which of several is graded, is known before. So a class of thousands begins at once, and is not in
memory all at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from nbformat.notebooknode import NotebookNode

from aics.language import language_of, speaking
from autograder.intake.beside import used_but_not_taken
from autograder.intake.handin import one_line
from autograder.intake.messages import say
from autograder.intake.outline import complaints, without_ipython_lines
from autograder.intake.released_lab import grade_id
from autograder.intake.restored import listed
from autograder.intake.submitted import Repaired, Submitted

#: Hand-ins that are prepared at a time: their answers are parsed by one process.
AT_ONCE = 16


@dataclass(frozen=True, kw_only=True)
class HandIn:
    """One student's notebook of one lab, found and recognised.

    Attributes
    ----------
    student, lab : str
        Safe id of the student; name of the lab.
    submitted : Submitted
        The notebook, not repaired yet.
    original : str
        The file, folder or archive member that it came from; it was not changed.
    when : float
        Modification time, seconds since the epoch.
    read, chosen : sequence of str
        What is to be said of how its file was read, and of why it is the one that is graded.
    beside : tuple of str
        Names of the student's other files, which are not taken.
    alone : bool
        Whether no files are taken but the notebook.
    handed_in : datetime, optional
        When it was handed in, in UTC, where that is known.
    late : bool
        Whether the learning management system calls it late.
    """

    student: str
    lab: str
    submitted: Submitted
    original: str
    when: float
    read: Sequence[str] = ()
    chosen: Sequence[str] = ()
    beside: tuple[str, ...] = ()
    alone: bool = True
    handed_in: datetime | None = None
    late: bool = False

    @property
    def notebook(self) -> NotebookNode:
        """The repaired notebook, made anew at each call."""
        return self.submitted.repaired().notebook

    @property
    def remarks(self) -> list[str]:
        """What is to be said of it, found anew at each call."""
        return next(prepared([self])).remarks


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A hand-in whose turn has come.

    Attributes
    ----------
    handin : HandIn
    notebook : NotebookNode or None
        nbformat 4, repaired: the released cells with the student's answers. None where that failed.
    remarks : list of str
        What was repaired and more, one line each; why it failed.
    """

    handin: HandIn
    notebook: NotebookNode | None
    remarks: list[str] = field(default_factory=list)


def prepared(handins: Iterable[HandIn]) -> Iterator[Prepared]:
    """Repair hand-ins, some at a time; what goes wrong with one costs no other."""
    rest = iter(handins)
    while some := list(islice(rest, AT_ONCE)):
        found = list(map(_repaired, some))
        lines = _no_python([each for each in found if isinstance(each, Repaired)])
        for handin, each in zip(some, found, strict=True):
            if isinstance(each, Repaired):
                yield _prepared(handin, each, next(lines))
            else:
                yield Prepared(handin=handin, notebook=None, remarks=[say("unreadable", error=type(each).__name__)])


def _repaired(handin: HandIn) -> Repaired | Exception:
    try:
        return handin.submitted.repaired()
    except Exception as error:  # one student's file must not cost the others
        return error


def _prepared(handin: HandIn, repaired: Repaired, no_python: Sequence[str]) -> Prepared:
    used = used_but_not_taken(repaired.notebook, handin.beside)
    with speaking(language_of(repaired.notebook)):
        beside = [say("beside" if handin.alone else "beside.files", files=listed(used))] if used else []
    said = [*handin.read, *repaired.remarks, *handin.chosen, *no_python, *beside]
    return Prepared(handin=handin, notebook=repaired.notebook, remarks=[one_line(remark, 400) for remark in said])


def _no_python(repaired: Sequence[Repaired]) -> Iterator[list[str]]:
    """Yield for each notebook a remark on each answer that is not Python 3; the judge gives it 0 all the same."""
    answers = [list(_code_answers(each.notebook)) for each in repaired]
    as_written = iter(complaints([cell.source for cells in answers for cell in cells]))
    wrong = [[cell for cell in cells if next(as_written)] for cells in answers]
    sources = [without_ipython_lines(cell.source) for cells in wrong for cell in cells]
    languages = [language_of(each.notebook) for each in repaired]
    found = {name: iter(_complaints(sources, name)) for name in set(languages)}
    for name, cells in zip(languages, wrong, strict=True):
        why = {each: [next(all_of) for _ in cells] for each, all_of in found.items()}[name]
        with speaking(name):
            told = zip(cells, why, strict=True)
            lines = [say("not_python", where=grade_id(cell), why=reason) for cell, reason in told if reason]
        yield lines


def _complaints(sources: Sequence[str], language: str) -> list[str]:
    with speaking(language):
        return complaints(sources)


def _code_answers(notebook: NotebookNode) -> Iterator[NotebookNode]:
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution"):
            yield cell
