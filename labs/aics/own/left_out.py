"""Pieces that can be left out of a function, one at a time: an operation, an argument, an index, a line, a loop."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from operator import setitem

from aics.own.cell import Key, OwnCell, functions_of

#: What is left out, what stands in its place or None, and what does it.
_Edit = tuple[ast.AST, ast.AST | None, Callable[[], object]]
#: Lists of a tree that stay what they are with one entry less.
_LISTS = {(ast.Call, "args"), (ast.Call, "keywords"), (ast.Tuple, "elts"), (ast.List, "elts"), (ast.BoolOp, "values")}
_BODIES = ("body", "orelse", "finalbody", "handlers")
#: What is told to a person decides no answer.
_TOLD = ast.JoinedStr | ast.Assert | ast.Raise
_NOT_LEFT_OUT = _TOLD | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Piece:
    """A piece of a function.

    Attributes
    ----------
    number : int
        Which of the function's pieces it is.
    line : int
        The line on which its statement begins.
    alone : bool
        Whether the statement, or its head, has no other line.
    whole, rest : str
        The piece, and what stands in its place where it is left out: "" for nothing.
    """

    number: int
    line: int
    alone: bool
    whole: str
    rest: str


def pieces_of(cell: OwnCell, function: Key) -> list[Piece]:
    """All pieces of a function and of those within it, line by line."""
    found = enumerate(_edits(functions_of(cell.tree())[function].body))
    pieces = [Piece(n, node.lineno, _head_end(node) == node.lineno, *_texts(cell, edit)) for n, (node, edit) in found]
    return sorted(pieces, key=lambda piece: piece.line)


def without(cell: OwnCell, function: Key, piece: Piece) -> ast.Module:
    """A tree, without the piece, of the outermost function or class that the function stands in."""
    tree = cell.tree_around(function)
    _, (_, _, leave_out) = next(islice(_edits(functions_of(tree)[function].body), piece.number, None))
    leave_out()
    return tree


def _texts(cell: OwnCell, edit: _Edit) -> tuple[str, str]:
    node, rest, _ = edit
    if isinstance(node, ast.stmt) and rest is None:
        return cell.lines[node.lineno - 1], ""
    return ast.unparse(node).strip(), ast.unparse(rest) if rest else ""


def _edits(body: list[ast.stmt]) -> Iterator[tuple[ast.stmt, _Edit]]:
    """All edits of statements, each with the statement that it is in."""
    for place, node in enumerate(list(body)):
        for edit in _of_statement(node, partial(setitem, body, place)):
            yield node, edit
        for part in _BODIES:
            yield from _edits(getattr(node, part, []))


def _of_statement(node: ast.stmt, put: Callable[[ast.stmt], None]) -> Iterator[_Edit]:
    """The edits of a statement, or of its head where others are within it."""
    if not isinstance(node, ast.stmt) or isinstance(node, _NOT_LEFT_OUT):
        return
    yield node, None, partial(put, ast.Pass())
    if isinstance(node, ast.For):
        yield node, None, partial(_once, node)
    if isinstance(node, ast.AugAssign):
        plain = ast.copy_location(ast.Assign([node.target], node.value), node)
        yield node, plain, partial(put, plain)
    yield from _within(node)


def _within(node: ast.AST) -> Iterator[_Edit]:
    """The edits of what is directly or indirectly in a node."""
    for field, value in ast.iter_fields(node):
        if field not in _BODIES:
            for place, each in enumerate(value if isinstance(value, list) else []):
                if (type(node), field) in _LISTS:
                    yield each, None, partial(value.pop, place)
                yield from _of_part(each, partial(setitem, value, place))
            if isinstance(node, ast.Slice) and isinstance(value, ast.expr):
                yield value, None, partial(setattr, node, field, None)
            yield from _of_part(value, partial(setattr, node, field))


def _of_part(node: object, put: Callable[[ast.expr], None]) -> Iterator[_Edit]:
    """The edits of a part of a line: another part of it in its place, and those within it."""
    if isinstance(node, ast.AST) and not isinstance(node, _TOLD | ast.Lambda):
        for rest in _rests(node):
            yield node, rest, partial(_put, put, rest, getattr(node, "ctx", None))
        if isinstance(node, ast.comprehension):
            yield node, None, partial(_once, node)
        yield from _within(node)


def _rests(node: ast.AST) -> list[ast.expr]:
    """What can stand in the place of an expression that it is a part of."""
    if isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp):
        return [node.generators[0].iter]
    if isinstance(node, ast.Call):
        receiver = [node.func.value] if isinstance(node.func, ast.Attribute) else []
        return [*receiver, *(each for each in node.args if not isinstance(each, ast.Starred))]
    if isinstance(node, ast.Attribute):
        return [node.value] if node.attr == "T" else []
    kinds = ast.BinOp | ast.UnaryOp | ast.BoolOp | ast.Compare | ast.IfExp | ast.Subscript
    return [each for each in _parts(node) if not isinstance(each, ast.Slice)] if isinstance(node, kinds) else []


def _parts(node: ast.AST) -> list[ast.expr]:
    return [each for each in ast.iter_child_nodes(node) if isinstance(each, ast.expr)]


def _put(put: Callable[[ast.expr], None], rest: ast.expr, context: ast.expr_context | None) -> None:
    """Put one expression in the place of another, to be stored into if that was."""
    if isinstance(context, ast.Store) and isinstance(rest, ast.Name | ast.Attribute | ast.Subscript):
        rest.ctx = ast.Store()
    put(rest)


def _once(loop: ast.For | ast.comprehension) -> None:
    """Let a loop run for its first item only."""
    first = ast.parse("(_each for _, _each in zip((0,), _))", mode="eval").body
    assert isinstance(first, ast.GeneratorExp)
    pairs = first.generators[0].iter
    assert isinstance(pairs, ast.Call)
    pairs.args[1] = loop.iter
    loop.iter = first


def _head_end(node: ast.stmt) -> int | None:
    """The last line of a statement, or of its head where others are within it."""
    if not hasattr(node, "body"):
        return node.end_lineno
    return max((each.end_lineno or 0 for each in _parts(node)), default=node.lineno)
