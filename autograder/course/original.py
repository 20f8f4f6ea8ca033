"""What the original course asks of a question, and the line by which a placed hand-in says that it is of that course.

A question that the course does not ask has no `Original`. Files of the course are put into the released notebook
(`autograder.intake.stu_upload`), and each stub cell there ends with a line that says how its question is to be asked.
In what is handed in, the line is taken out: nobody but intake says how a question is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from nbformat import NotebookNode

from aics.check.output import Output

_MARK = "# original course: "
_MARKED = re.compile(rf"^{_MARK}(.+)$", re.M)
#: What the line says: the question is asked as the course asks it, or not at all.
ASKED, ASKED_SECOND, NOT_ASKED = "asked", "asked, second edition", "not asked"
ASKED_EARLIER = "asked, earlier lab"
ABSENT, LEFT_OUT = "not in the file: ", "left out: "


@dataclass(frozen=True, kw_only=True)
class Original:
    """How the original course asks a question.

    Parameters
    ----------
    defines : sequence of str
        What the course's files must define for it: functions, or ``Class.name`` with other names of it after bars,
        such as ``"MaxPoolingLayer.forward_raw|forward"``.
    cases : callable, optional
        ``cases(rng) -> list of Case`` in the place of the question's own, such as the published sizes.
    without : sequence of str
        Outputs that the course does not ask for.
    outputs : sequence of Output
        Specifications that come before the question's own.
    second : Original, optional
        How the course's second edition asks it, where that is another matter.
    earlier : Original, optional
        How an earlier lab of the course asks it, of files that define no more than that lab's.
    """

    defines: Sequence[str]
    cases: Callable[[np.random.Generator], list[Mapping[str, object]]] | None = None
    without: Sequence[str] = ()
    outputs: Sequence[Output] = ()
    second: Original | None = None
    earlier: Original | None = None

    @property
    def differs(self) -> bool:
        """Whether anything but the way to hand in is different."""
        return bool(self.cases or self.without or self.outputs)

    def missing(self, defined: Collection[str]) -> list[str]:
        """What is needed and not among these definitions: ``ReLULayer.backward``, or ``ReLULayer`` where all is."""
        absent = [each.partition("|")[0] for each in self.defines if not set(_names(each)) & set(defined)]
        return list(dict.fromkeys(name if _owner(name) in defined else _owner(name) for name in absent))

    def asked(self, how: str) -> Original:
        """How it is asked, by what the line in its stub cell says."""
        return {ASKED_SECOND: self.second, ASKED_EARLIER: self.earlier}.get(how) or self

    def is_answered(self, defined: Collection[str], blank: Collection[str]) -> bool:
        """Whether nothing is missing, and none of what is needed is among the definitions with a blank to fill in."""
        return not self.missing(defined) and not any(set(_names(each)) & set(blank) for each in self.defines)


def mark(how: str) -> str:
    """The line that says how a stub cell's question is asked."""
    return _MARK + how


def marked(source: str) -> str:
    """How a stub cell says that its question is asked; "" where it is no placed file's."""
    return next(reversed(_MARKED.findall(source)), "")


def unmarked(source: str) -> str:
    """A stub cell's text without what says how its question is asked."""
    return _MARKED.sub("", source).rstrip() if marked(source) else source


def not_counted(notebook: NotebookNode) -> list[str]:
    """Names of the graded cells that count nothing, since a placed hand-in's course does not ask them; else none.

    What is written in words is never asked there: no file of that course has it.
    """
    marks = {_grade_id(cell): marked(cell.source) for cell in notebook.cells if _grade_id(cell)}
    if not any(marks.values()):
        return []
    graded = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    return [
        _grade_id(cell)
        for cell in graded
        if cell.metadata.nbgrader.get("solution") or marks.get(f"{_grade_id(cell)}_code") == NOT_ASKED
    ]


def _grade_id(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _names(each: str) -> list[str]:
    """Every name that will do, with its class."""
    owner, dot, names = each.rpartition(".")
    return [f"{owner}{dot}{name}" for name in names.split("|")]


def _owner(name: str) -> str:
    """The class of a method; a function is its own."""
    return name.partition(".")[0]
