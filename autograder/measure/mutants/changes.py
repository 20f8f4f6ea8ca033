"""What a rule makes of a node of the syntax tree, and the nodes of a cell that rules are tried on."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

#: Nodes that bind less tightly than what may stand around them.
_LOOSE = (ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Lambda, ast.UnaryOp)
#: What binds its parts more tightly.
_TIGHT = (ast.BinOp, ast.BoolOp, ast.Compare, ast.UnaryOp, ast.Starred, ast.Attribute)


@dataclass(frozen=True)
class Place:
    """A node with what stands around it: its parent, and the names that its function knows."""

    node: ast.AST
    parent: ast.AST
    parameters: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    attributes: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Change:
    """One change: what stands from the beginning of `first` to the end of `last` becomes `text`."""

    first: ast.AST
    last: ast.AST
    text: str


#: A rule: all changes that it makes at one place.
Rule = Callable[[Place], Iterator[Change]]


def exchanged(place: Place, new: ast.AST, old: ast.AST | None = None, within: ast.AST | None = None) -> Change:
    """The change of a place's node, or of `old` in the parent `within`, into `new`."""
    old, around = old or place.node, within or place.parent
    text = ast.unparse(ast.fix_missing_locations(new))
    called = isinstance(around, ast.Call) and around.func is old
    indexed = isinstance(around, ast.Subscript) and around.value is old
    apart = isinstance(around, ast.BoolOp) and isinstance(new, ast.Compare)
    enclosed = isinstance(new, _LOOSE) and not apart and (isinstance(around, _TIGHT) or called or indexed)
    return Change(old, old, f"({text})" if enclosed else text)


def places(tree: ast.Module) -> Iterator[Place]:
    """Every node of a cell that a rule may change, the outer ones first; words for people are left out."""
    attributes = tuple(dict.fromkeys(n.attr for n in ast.walk(tree) if _of_self(n)))  # type: ignore[attr-defined]
    yield from _below(tree, (), (), attributes)


def _below(
    parent: ast.AST, parameters: tuple[str, ...], names: tuple[str, ...], attributes: tuple[str, ...]
) -> Iterator[Place]:
    for node in ast.iter_child_nodes(parent):
        if _words(node, parent):
            continue
        yield Place(node, parent, parameters, names, attributes)
        if isinstance(node, (ast.FunctionDef, ast.Lambda)):
            own = tuple(a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs))
            stored = (n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
            known = tuple(dict.fromkeys((*names, *own, *stored)))
            yield from _below(node, own, known, attributes)
        else:
            yield from _below(node, parameters, names, attributes)


def _of_self(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"


def _words(node: ast.AST, parent: ast.AST) -> bool:
    """Docstrings, messages of errors and assertions, and text that is put together; and what rules do not change."""
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    message = isinstance(parent, ast.Assert) and node is parent.msg
    return (
        docstring or message or isinstance(node, (ast.JoinedStr, ast.Import, ast.ImportFrom)) or _raised(node, parent)
    )


def _raised(node: ast.AST, parent: ast.AST) -> bool:
    return isinstance(parent, ast.Raise) and node is parent.exc
