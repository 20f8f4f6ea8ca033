"""Rules on statements: one left out, two neighbours swapped, a change in place, another way out of a loop."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from autograder.measure.mutants.changes import Change, Place, exchanged
from autograder.measure.mutants.values import MODULES

#: Operator -> the method that does it in place.
IN_PLACE: dict[type[ast.operator], str] = {
    ast.Add: "__iadd__",
    ast.Sub: "__isub__",
    ast.Mult: "__imul__",
    ast.Div: "__itruediv__",
}


def statement(place: Place) -> Iterator[Change]:
    """A statement left out, with all that it holds."""
    if isinstance(place.node, ast.stmt) and not isinstance(place.node, (ast.Pass, ast.FunctionDef)):
        yield Change(place.node, place.node, "pass")


def swapped(place: Place) -> Iterator[Change]:
    """Two neighbouring statements swapped, where that can make a difference."""
    for field in ("body", "orelse"):
        row = getattr(place.node, field, [])
        for first, second in pairwise(row) if isinstance(row, list) else ():
            if not (_stays(first) or _stays(second) or _apart(first, second)):
                indent = " " * first.col_offset
                lines = f"{ast.unparse(second)}\n{ast.unparse(first)}".replace("\n", f"\n{indent}")
                yield Change(first, second, lines)


def _stays(node: ast.stmt) -> bool:
    """Whether a statement is swapped with none: it ends the function, defines one, or is its docstring."""
    words = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return words or isinstance(node, (ast.FunctionDef, ast.Return, ast.Import, ast.ImportFrom))


def _apart(first: ast.stmt, second: ast.stmt) -> bool:
    """Whether two assignments set only what the other does not use, and call no methods of the same object."""
    if not all(isinstance(each, (ast.Assign, ast.AugAssign)) for each in (first, second)):
        return False
    stored, used, called = ([_names(each)[part] for each in (first, second)] for part in range(3))
    return not (stored[0] & used[1] or stored[1] & used[0] or called[0] & called[1])


def _names(statement: ast.stmt) -> tuple[set[str], set[str], set[str]]:
    """The names and attributes that a statement stores or stores into, all that it uses, and whose methods it calls."""
    every = [node for node in ast.walk(statement) if isinstance(node, (ast.Name, ast.Attribute))]
    owners = {
        n.func.value for n in ast.walk(statement) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)
    }
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", statement)]
    stored = {ast.unparse(_holder(each)) for target in targets for each in getattr(target, "elts", [target])}
    called = {ast.unparse(owner) for owner in owners if isinstance(owner, (ast.Name, ast.Attribute))}
    return stored, {ast.unparse(node) for node in every}, called - set(MODULES)


def _holder(target: ast.AST) -> ast.AST:
    """What a target is stored into: ``a`` of ``a[i]``."""
    while isinstance(target, (ast.Subscript, ast.Starred)):
        target = target.value
    return target


def in_place(place: Place) -> Iterator[Change]:
    """``a * b`` as what changes the argument ``a`` itself."""
    node = place.node
    if not (isinstance(node, ast.BinOp) and isinstance(node.left, ast.Name) and node.left.id in place.parameters):
        return
    if method := IN_PLACE.get(type(node.op)):
        yield exchanged(place, ast.Call(ast.Attribute(node.left, method, ast.Load()), [node.right], []))


def way_out(place: Place) -> Iterator[Change]:
    """``break`` as ``continue``, and the other way."""
    if isinstance(place.node, ast.Break):
        yield exchanged(place, ast.Continue())
    elif isinstance(place.node, ast.Continue):
        yield exchanged(place, ast.Break())
