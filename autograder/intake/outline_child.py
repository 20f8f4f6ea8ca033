"""Parses sources given as JSON on stdin and prints their outlines; runs alone, executes nothing of them.

Python's parser can be crashed by a text made for it, so it is run in this process, not the grader's.
"""

from __future__ import annotations

import ast
import json
import sys

FLAGS = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


def outline(source: str) -> dict[str, object]:
    """Return the names defined at top level, and imports and main guards with their spans; or the error."""
    try:
        tree = compile(source, "<hand-in>", "exec", FLAGS)
    except SyntaxError as error:
        return {"line": error.lineno or 0, "message": error.msg or "not Python 3"}
    except (ValueError, MemoryError, RecursionError) as error:
        return {"line": 0, "message": str(error) or "nested too deeply"}
    top = [node for node in tree.body if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))]
    names = [node.name for node in top]
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        names += [target.id for target in targets if isinstance(target, ast.Name)]
    imports: list[dict[str, object]] = []
    guards: list[list[int | None]] = []
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            imports.append(
                {
                    "span": span(node),
                    "module": getattr(node, "module", None),
                    "level": getattr(node, "level", 0),
                    "names": [[alias.name, alias.asname] for alias in node.names],
                    "from": isinstance(node, ast.ImportFrom),
                }
            )
        elif isinstance(node, ast.If) and is_main_guard(node.test):
            guards.append(span(node.test))
    return {"names": names, "imports": imports, "guards": guards}


def span(node: ast.expr | ast.stmt) -> list[int | None]:
    """Return where a node stands: line, column, end line, end column."""
    return [node.lineno, node.col_offset, node.end_lineno, node.end_col_offset]


def is_main_guard(test: ast.expr) -> bool:
    """Return whether a condition is ``__name__ == "__main__"``."""
    if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.ops[0], ast.Eq):
        return False
    sides = [test.left, test.comparators[0]]
    names = [side.id for side in sides if isinstance(side, ast.Name)]
    texts = [side.value for side in sides if isinstance(side, ast.Constant)]
    return names == ["__name__"] and texts == ["__main__"]


def limit_itself() -> None:
    """Limit this process's time and memory, where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    limit_itself()
    given = json.load(sys.stdin)
    print(json.dumps([outline(source) for source in given]))
