"""What can be said of a cell by reading it: its length, its loops, what it calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

LOOPS = (ast.For, ast.While)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
BRANCHES = (ast.If, ast.IfExp)


def features(source: str) -> dict[str, Any]:
    """Counts over the cell's syntax tree, and the names that it calls; `nested` is how deep loops stand in loops."""
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    return {
        "lines": sum(bool(line.strip()) for line in source.splitlines()),
        "statements": sum(isinstance(node, ast.stmt) for node in nodes),
        "loops": sum(isinstance(node, LOOPS) for node in nodes),
        "nested": _nested(tree),
        "comprehensions": sum(isinstance(node, COMPREHENSIONS) for node in nodes),
        "branches": sum(isinstance(node, BRANCHES) for node in nodes),
        "functions": [node.name for node in nodes if isinstance(node, ast.FunctionDef)],
        "calls": sorted(set(_called(nodes))),
    }


def _nested(node: ast.AST) -> int:
    below = max((_nested(child) for child in ast.iter_child_nodes(node)), default=0)
    return below + isinstance(node, LOOPS)


def _called(nodes: list[ast.AST]) -> Iterator[str]:
    """``np.sum`` of a module's function, ``.sum`` of a method, ``range`` of a name."""
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            yield f"np.{node.func.attr}" if isinstance(owner, ast.Name) and owner.id == "np" else f".{node.func.attr}"
