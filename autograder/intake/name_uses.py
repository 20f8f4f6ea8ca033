"""Where a file's syntax tree uses and binds names. The standard library alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.intake.edits import Source


def is_set(node: ast.Name) -> bool:
    """Return whether a name is given a value here."""
    return not isinstance(node.ctx, ast.Load)


def bound(node: ast.AST) -> Iterator[str]:
    """Yield the names that a node gives a meaning."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.alias):
        yield node.asname or node.name
    elif isinstance(node, ast.Name) and is_set(node):
        yield node.id


def all_bound(source: Source) -> set[str]:
    """Return the names that a file gives a meaning anywhere."""
    return {name for node in ast.walk(source.tree) for name in bound(node)}


def loads(source: Source, name: str) -> Iterator[ast.Name]:
    """Yield the uses of a name that the file does not set."""
    found = [node for node in ast.walk(source.tree) if isinstance(node, ast.Name) and node.id == name]
    if not any(map(is_set, found)):
        yield from found


def modules(source: Source, name: str) -> set[str]:
    """Return what the file calls a module."""
    found = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            found |= {alias.asname or alias.name for alias in node.names if alias.name == name}
        elif isinstance(node, ast.ImportFrom):
            found |= {a.asname or a.name for a in node.names if f"{node.module}.{a.name}" == name}
    return found


def spelled(alias: ast.alias) -> str:
    """Return an alias as it is written."""
    return f"{alias.name} as {alias.asname}" if alias.asname else alias.name
