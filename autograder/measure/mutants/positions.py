"""Rules on where something is: indices, bounds, axes, the order of axes and of arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from autograder.measure.mutants.changes import Change, Place, exchanged

#: Functions that take their first two arguments in either order.
EITHER_WAY = frozenset({"min", "max", "minimum", "maximum", "clip", "add", "multiply", "logical_and", "logical_or"})


def stepped(node: ast.expr, by: int) -> ast.expr:
    """The expression one more (`by` 1) or one less (-1)."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return ast.Constant(node.value + by)
    return ast.BinOp(node, ast.Add() if by > 0 else ast.Sub(), ast.Constant(abs(by)))


def index(place: Place) -> Iterator[Change]:
    """``a[i]`` as ``a[i + 1]`` and ``a[i - 1]``."""
    node, parent = place.node, place.parent
    inside = parent.elts if isinstance(parent, ast.Tuple) else [parent.slice] if _indexing(parent) else []  # type: ignore[attr-defined]
    if isinstance(parent, ast.Subscript) and node is parent.slice and isinstance(node, ast.Tuple):
        for each in node.elts:
            yield from _off_by_one(place, each, node)
    elif node in inside and isinstance(parent, ast.Subscript):
        yield from _off_by_one(place, parent.slice, parent)


def _indexing(node: ast.AST) -> bool:
    return isinstance(node, ast.Subscript)


def _off_by_one(place: Place, each: ast.expr, within: ast.AST) -> Iterator[Change]:
    place_number = isinstance(each, (ast.Name, ast.BinOp, ast.Call, ast.Attribute, ast.UnaryOp)) or (
        isinstance(each, ast.Constant) and isinstance(each.value, int)
    )
    if place_number:
        for by in (1, -1):
            yield exchanged(place, stepped(each, by), old=each, within=within)


def bound(place: Place) -> Iterator[Change]:
    """``a[i:j:k]`` with a bound one off or left out, or another step."""
    node = place.node
    if not isinstance(node, ast.Slice):
        return
    for lower in _bounds(node.lower, ast.Constant(1)):
        yield exchanged(place, ast.Slice(lower, node.upper, node.step))
    for upper in _bounds(node.upper, ast.Constant(-1)):
        yield exchanged(place, ast.Slice(node.lower, upper, node.step))
    if node.step is not None:
        yield exchanged(place, ast.Slice(node.lower, node.upper, None))
        yield exchanged(place, ast.Slice(node.lower, node.upper, stepped(node.step, 1)))


def _bounds(there: ast.expr | None, otherwise: ast.expr) -> list[ast.expr | None]:
    return [otherwise] if there is None else [stepped(there, 1), stepped(there, -1), None]


def axis(place: Place) -> Iterator[Change]:
    """``axis=1`` as any other axis; ``axis=(0, 2)`` with one left out."""
    node = place.node
    if not (isinstance(node, ast.keyword) and node.arg in ("axis", "axes")):
        return
    if isinstance(node.value, ast.Tuple):
        for left_out in node.value.elts:
            kept = [each for each in node.value.elts if each is not left_out]
            yield exchanged(place, ast.Tuple(kept, ast.Load()), old=node.value)
    elif isinstance(node.value, (ast.Constant, ast.UnaryOp)):
        for other in (0, 1, 2, -1):
            yield exchanged(place, ast.Constant(other), old=node.value)


def order(place: Place) -> Iterator[Change]:
    """``transpose(0, 2, 1)`` as ``transpose(0, 1, 2)``: two neighbouring axes, sizes or arguments swapped."""
    node = place.node
    if isinstance(node, ast.Call):
        either = getattr(node.func, "attr", getattr(node.func, "id", "")) in EITHER_WAY
        for args in list(_swaps(node.args))[either:]:
            yield exchanged(place, ast.Call(node.func, args, node.keywords))
    elif isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load):
        for elements in _swaps(node.elts):
            yield exchanged(place, ast.Tuple(elements, ast.Load()))
    elif isinstance(node, ast.Attribute) and node.attr == "T":
        yield exchanged(place, node.value)


def _swaps(row: Sequence[ast.expr]) -> Iterator[list[ast.expr]]:
    for left in range(len(row) - 1):
        yield [*row[:left], row[left + 1], row[left], *row[left + 2 :]]
