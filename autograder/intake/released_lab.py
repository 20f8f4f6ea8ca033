"""What intake knows of a released lab."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from nbformat.notebooknode import NotebookNode

from autograder.course.original import Original

_DECORATOR = re.compile(r"@\s*(?:\w+\s*\.\s*)*add_to_class\s*\(\s*(\w+)\s*\)")
_DEFINITION = re.compile(r"(?:async\s+)?(def|class)\s+(\w+)")
_METHOD = re.compile(r"[ \t]+(?:async\s+)?def\s+(\w+)")
_ASSIGNED = re.compile(r"(\w+\.\w+(?=\s*=[^=])|\w+(?=\s*=\s*lambda\b))")


@dataclass(frozen=True, kw_only=True)
class ReleasedLab:
    """A released lab, as hand-ins are compared with it.

    Attributes
    ----------
    name : str
        The lab's name, the nbgrader assignment.
    release : NotebookNode
        The notebook that students received.
    exports : dict of str to tuple of str
        Course file name to the classes in it, such as ``{"layers_1.py": ("ReLULayer",)}``.
    stubs : dict of str to list of str
        Class or function name to the grade_ids of its stub cells, in notebook order.
    later : frozenset of str
        Names of the labs that start from this one's solution.
    earlier : dict of str to tuple of str
        File name to the names in it, of files that lie beside this lab's graded code as stu_upload/.
    questions : dict of str to Original or None
        Question to how the original course asks it, None where it does not; written ones as well.
    """

    name: str
    release: NotebookNode
    exports: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stubs: Mapping[str, list[str]] = field(default_factory=dict)
    later: frozenset[str] = frozenset()
    earlier: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    questions: Mapping[str, Original | None] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        release_notebook: NotebookNode,
        name: str,
        exports: Mapping[str, tuple[str, ...]],
        later: frozenset[str] = frozenset(),
        earlier: Mapping[str, tuple[str, ...]] | None = None,
        questions: Mapping[str, Original | None] | None = None,
    ) -> ReleasedLab:
        """Build it from a released notebook, whose stub cells say what `stubs` is."""
        stubs: dict[str, list[str]] = {}
        for cell in release_notebook.cells:
            if cell.cell_type == "code" and is_solution(cell):
                for owner in _owners(cell.source):
                    ids = stubs.setdefault(owner, [])
                    if grade_id(cell) not in ids:
                        ids.append(grade_id(cell))
        return cls(
            name=name,
            release=release_notebook,
            exports=dict(exports),
            stubs=stubs,
            later=later,
            earlier=dict(earlier or {}),
            questions=dict(questions or {}),
        )

    @property
    def is_original(self) -> bool:
        """Whether the original course asks any of the lab's questions."""
        return any(self.questions.values())

    @cached_property
    def question_ids(self) -> frozenset[str]:
        """The grade_ids of stubs, tests and written answers; given cells are named alike in many labs."""
        marks = (cell.metadata.get("nbgrader", {}) for cell in self.release.cells)
        return frozenset(mark["grade_id"] for mark in marks if mark.get("solution") or mark.get("grade"))


def grade_id(cell: Mapping[str, Any]) -> str:
    """Return a cell's grade_id, "" where it has none."""
    mark = cell.get("metadata", {}).get("nbgrader", {})
    found = mark.get("grade_id", "") if isinstance(mark, Mapping) else ""
    return found if isinstance(found, str) else ""


def is_solution(cell: Mapping[str, Any]) -> bool:
    """Return whether a released cell is the student's to fill: a stub or a written answer."""
    return bool(cell.get("metadata", {}).get("nbgrader", {}).get("solution"))


def definitions(source: str) -> frozenset[str]:
    """Return what a cell defines at its top level: ``{"ReLULayer.forward", "conv_output_size"}``.

    A method is one whether it is added to its class, stands in the class's body, or is assigned to it.
    Read line by line, not parsed: a student's text may be no Python at all, and a text made for it
    can crash Python's own parser.
    """
    found, owner, body = set(), "", ""
    for line in source.splitlines():
        if decorator := _DECORATOR.match(line):
            owner = decorator[1]
        elif definition := _DEFINITION.match(line):
            found.add(f"{owner}.{definition[2]}" if owner and definition[1] == "def" else definition[2])
            owner, body = "", definition[2] if definition[1] == "class" else ""
        elif body and (method := _METHOD.match(line)):
            found.add(f"{body}.{method[1]}")
        elif assigned := _ASSIGNED.match(line):
            found.add(assigned[1])
        elif line[:1].strip() and line[0] not in "@#":
            owner = body = ""
    return frozenset(found)


def _owners(source: str) -> Iterator[str]:
    """Yield the class or function that each top-level definition of a released stub belongs to."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            classes = [
                call.args[0].id
                for call in node.decorator_list
                if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Name)
                if getattr(call.func, "id", getattr(call.func, "attr", "")) == "add_to_class"
            ]
            yield classes[0] if classes else node.name
