"""Two mistakes of one question in one cell: what each changes in the solution, both applied."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Why two mistakes make no cell of their own.
OVERLAP, SAME = "overlap", "same"
#: How a cell is cut before it is compared: into lines; where two mistakes change one line, into words and signs.
CUTS: Sequence[Callable[[str], list[str]]] = (
    lambda source: source.splitlines(keepends=True),
    lambda source: re.findall(r"\n *|\w+|[^\w\n]", source),
)


@dataclass(frozen=True, order=True)
class Edit:
    """From `first` to before `last` of the solution's pieces, `new` stands in place."""

    first: int
    last: int
    new: tuple[str, ...]

    def meets(self, other: Edit) -> bool:
        """Whether both change the same pieces, or put theirs at the same position, unless they do the same."""
        if self == other:
            return False
        inserted = self.first == other.first and (self.first == self.last or other.first == other.last)
        return inserted or (self.first < other.last and other.first < self.last)


def plain(source: str) -> str:
    """A cell without comments, docstrings and its own layout, so that only code differs."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree) + "\n"


def merged(solution: str, one: str, other: str) -> tuple[str, str]:
    """The cell in which both mistakes are made, or "" and why there is none: `OVERLAP` or `SAME` as one of them.

    All three are `plain` cells.
    """
    for cut in CUTS:
        source = _applied(*(cut(each) for each in (solution, one, other)))
        if source in (one, other):
            return "", SAME
        if source and _compiles(source):
            return source, ""
    return "", OVERLAP


def _applied(solution: Sequence[str], one: Sequence[str], other: Sequence[str]) -> str:
    """Both mistakes' edits of the solution, piece by piece; "" where they meet."""
    mine, theirs = _edits(solution, one), _edits(solution, other)
    if any(a.meets(b) for a in mine for b in theirs):
        return ""
    pieces: list[str] = []
    place = 0
    for edit in sorted({*mine, *theirs}):
        pieces += [*solution[place : edit.first], *edit.new]
        place = edit.last
    return "".join([*pieces, *solution[place:]])


def _edits(solution: Sequence[str], mistake: Sequence[str]) -> list[Edit]:
    found = SequenceMatcher(None, solution, mistake, autojunk=False).get_opcodes()
    return [Edit(a, b, tuple(mistake[c:d])) for kind, a, b, c, d in found if kind != "equal"]


def _compiles(source: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, "", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True
