"""All mutants of one cell: each a rule's change in what stands between the solution's marks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import CodeType

from autograder.authoring.cell import Cell
from autograder.measure.difference import difference
from autograder.measure.mutants import operators, positions, statements, values
from autograder.measure.mutants.changes import Change, Rule, places

RULES: Mapping[str, Rule] = {
    rule.__name__: rule
    for rule in (
        operators.operator,
        operators.operand,
        operators.comparison,
        operators.condition,
        operators.sign,
        positions.index,
        positions.bound,
        positions.axis,
        positions.order,
        values.constant,
        values.dtype,
        values.function,
        values.call,
        values.keyword,
        values.loop,
        values.name,
        statements.statement,
        statements.swapped,
        statements.in_place,
        statements.way_out,
    )
}


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A question's cell with one change.

    Attributes
    ----------
    question, rule : str
    line : int
        The first changed line of the cell, from 1, without the solution's marks.
    was, now : str
        The changed lines before and after, without what is around them.
    source : str
        The whole cell.
    """

    question: str
    rule: str
    line: int
    was: str
    now: str
    source: str

    def diff(self, before: str) -> str:
        """The change as a diff of the cell `before`, with a line of what is around it."""
        return difference(f"{self.question}, {self.rule}", before, self.source)


def mutants(question: str, cell: Cell) -> list[Mutant]:
    """Every mutant of a cell, by rule and place; of those that mean the same, and of the cell itself, none twice."""
    seen, found = {_meaning(cell.source)}, []
    for rule, change in _changes(cell):
        mutant = _mutant(question, rule, cell, change)
        meaning = _meaning(mutant.source)
        if meaning and meaning not in seen:
            seen.add(meaning)
            found.append(mutant)
    return found


def _changes(cell: Cell) -> Iterator[tuple[str, Change]]:
    tree = ast.parse(cell.source)
    whole = list(places(tree))
    for name, rule in RULES.items():
        for place in whole:
            for change in rule(place):
                if {change.first.lineno, change.last.end_lineno} <= cell.solution:  # type: ignore[attr-defined]
                    yield name, change


def _mutant(question: str, rule: str, cell: Cell, change: Change) -> Mutant:
    lines = cell.source.encode().splitlines(keepends=True)
    first, last = change.first.lineno - 1, change.last.end_lineno - 1  # type: ignore[attr-defined]
    head, tail = lines[first][: change.first.col_offset], lines[last][change.last.end_col_offset :]  # type: ignore[attr-defined]
    twice = head.endswith(b"(") and tail.startswith(b")") and change.text.startswith("(")
    changed = head + (change.text[1:-1] if twice else change.text).encode() + tail
    source = b"".join([*lines[:first], changed, *lines[last + 1 :]]).decode()
    was = b"".join(lines[first : last + 1]).decode()
    return Mutant(
        question=question, rule=rule, line=first + 1, was=_joined(was), now=_joined(changed.decode()), source=source
    )


def _joined(lines: str) -> str:
    """Several lines as one; comments and indentation are left out."""
    bare = (re.sub(r"\s+# .*$", "", line).strip() for line in lines.splitlines())
    return "; ".join(line for line in bare if line)


def _meaning(source: str) -> object:
    """What the cell's bytecode does, wherever it stands; None where it cannot be compiled."""
    try:
        return _steps(compile(source, "", "exec", dont_inherit=True))
    except SyntaxError:
        return None


def _steps(code: CodeType) -> object:
    inner = tuple(_steps(each) if isinstance(each, CodeType) else (type(each), repr(each)) for each in code.co_consts)
    return code.co_code, inner, code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars
