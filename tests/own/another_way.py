"""What a question about a cell asks for, found out in another manner: by lines put into the cell's text."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from aics.check.ask import Case, ask
from aics.own.asked import ERROR, Asked
from aics.own.cell import OwnCell
from tests.own.crossed_out import answering, first_line_needed

NOTE = "__seen__"
#: Runs a cell's text in the notebook.
Run = Callable[[str], None]


def found_otherwise(asked: Asked, cell: OwnCell, run: Run, names: dict[str, Any], function: Any, case: Case) -> Any:
    """The right answer, by a cell that notes what is asked for itself; `names` are the notebook's."""
    if asked.kind.startswith("needed"):
        cases = _cases_of(asked, case)
        return first_line_needed(cell, _lines_of(asked, cell), run, answering(function, names), cases)
    seen: list[Any] = []
    names[NOTE] = lambda value=None: seen.append(value) or value
    run(_noting(asked, cell))
    answer = ask(function, names, _case_of(asked, case))
    run(cell.source)
    return _of(asked, seen, raised=bool(answer.raised))


def _of(asked: Asked, seen: list[Any], *, raised: bool) -> Any:
    if asked.kind == "changed":
        return seen[0].shape if seen else ERROR if raised else None
    if asked.kind == "count":
        return len(seen)
    if asked.kind == "first":
        return next(line for line, value in seen if isinstance(value, np.ndarray) and f"{value.shape}" == asked.name)
    last = seen[-1]
    return {
        **dict.fromkeys(("shape", "part", "input"), lambda: last.shape),
        **dict.fromkeys(("held", "value"), lambda: int(last)),
        "dtype": lambda: last.dtype.name,
        "length": lambda: len(last),
        "view": lambda: _overlap(*last),
    }[asked.kind]()


def _overlap(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether a write to one array shows in the other."""
    before, kept = other.copy(), one.copy()
    one.flags.writeable and one.fill(not one.flat[0] if one.dtype == bool else one.flat[0] + 1)
    changed = not np.array_equal(before, other)
    one[...] = kept
    return changed


def _case_of(asked: Asked, case: Case) -> Mapping[str, object]:
    if asked.kind != "input":
        return case
    name, _, value = asked.instead.partition(" = ")
    return {**case, name: int(value)}


def _cases_of(asked: Asked, case: Case) -> list[Mapping[str, object]]:
    """The case with all entries of its batch, more than there are if it is one, and with each alone."""
    arrays = {name: np.asarray(case[name]) for name in asked.name.replace("[:1]", "").split(", ")}
    if asked.kind == "needed_by_more":
        arrays = {name: np.concatenate([array, _turned(array)]) for name, array in arrays.items()}
    count = len(next(iter(arrays.values())))
    singles = [{name: array[n : n + 1] for name, array in arrays.items()} for n in range(count)]
    return [{**case, **some} for some in (arrays, *singles)]


def _turned(array: np.ndarray) -> np.ndarray:
    """Another entry with the same numbers."""
    return array.ravel()[::-1].reshape(array.shape)


def _lines_of(asked: Asked, cell: OwnCell) -> range:
    (body,) = [n for n in ast.walk(cell.tree()) if isinstance(n, ast.FunctionDef) and n.name == asked.function]
    return range(body.body[0].lineno, (body.end_lineno or 0) + 1)


def _noting(asked: Asked, cell: OwnCell) -> str:
    """The cell's text with what notes."""
    if asked.kind in ("part", "value"):
        read = (n for n in ast.walk(cell.tree()) if isinstance(n, ast.expr) and _is_read(n) and n.lineno == asked.line)
        part = next(n for n in read if ast.get_source_segment(cell.source, n) == asked.name)
        return _replaced(cell, part, f"{NOTE}({asked.name})")
    if asked.kind == "changed":
        return _changed(asked, cell)
    if asked.kind == "count":
        return _inserted(cell, {asked.line - 1: f"{NOTE}()"}, asked.line)
    if asked.kind == "first":
        return _all_noted(cell, asked.function)
    value = f"({asked.name}, {asked.other})" if asked.kind == "view" else asked.name
    (node,) = [n for n in _statements(cell) if n.lineno == asked.line]
    if isinstance(node, ast.For):
        return _inserted(cell, {node.body[0].lineno - 1: f"{NOTE}({value})"}, node.body[0].lineno)
    return _inserted(cell, {node.end_lineno: f"{NOTE}({value})"}, asked.line)


def _statements(cell: OwnCell) -> list[Any]:
    return [n for n in ast.walk(cell.tree()) if isinstance(n, ast.Assign | ast.AugAssign | ast.For)]


def _inserted(cell: OwnCell, after: Mapping[int, str], like: int) -> str:
    """The text with lines after some of its own, as far in as line `like`."""
    lines = cell.source.splitlines()
    indent = lines[like - 1][: len(lines[like - 1]) - len(lines[like - 1].lstrip())]
    for place, text in sorted(after.items(), reverse=True):
        lines.insert(place, indent + text)
    return "\n".join(lines)


def _all_noted(cell: OwnCell, function: str) -> str:
    """The text in which every assignment of a function is noted with its line."""
    (body,) = [n for n in ast.walk(cell.tree()) if isinstance(n, ast.FunctionDef) and n.name == function]
    nodes = [n for n in ast.walk(body) if isinstance(n, ast.Assign | ast.AugAssign)]
    lines = cell.source.splitlines()
    for node in sorted(nodes, key=lambda n: -(n.end_lineno or 0)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        within = [n for target in targets for n in ast.walk(target)]
        stored = [n for n in within if isinstance(n, ast.Name | ast.Attribute) and not _is_read(n)]
        for name in stored:
            text = f"{NOTE}(({node.lineno}, {ast.unparse(name)}))"
            lines.insert(node.end_lineno or 0, " " * node.col_offset + text)
    return "\n".join(lines)


def _is_read(node: ast.expr) -> bool:
    return isinstance(getattr(node, "ctx", ast.Load()), ast.Load)


def _replaced(cell: OwnCell, node: ast.expr, new: str) -> str:
    """The text with something else in the place of an expression on one line."""
    lines = [line.encode() for line in cell.source.splitlines()]
    line = lines[node.lineno - 1]
    lines[node.lineno - 1] = line[: node.col_offset] + new.encode() + line[node.end_col_offset :]
    return b"\n".join(lines).decode()


def _changed(asked: Asked, cell: OwnCell) -> str:
    """The text with the changed call in the place of the first that is written so."""
    call = next(
        n
        for n in ast.walk(cell.tree())
        if isinstance(n, ast.Call) and n.lineno == asked.line and ast.unparse(n) == ast.unparse(ast.parse(asked.name))
    )
    old, new = asked.other.removeprefix("..., "), asked.instead.removeprefix("..., ")
    before, found, behind = asked.name.rpartition(old)
    assert found, asked
    return _replaced(cell, call, f"{NOTE}({before}{new}{behind})")
