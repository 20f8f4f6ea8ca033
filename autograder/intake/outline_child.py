"""Parses sources given as JSON on stdin and prints their outlines, or their --complaints; executes nothing of them.

Python's parser can be crashed by a text made for it, so it is run in this process, not the grader's.
"""

from __future__ import annotations

import ast
import json
import sys
from hashlib import sha256

#: What every installation of the course has.
ALWAYS_THERE = sys.stdlib_module_names | {"aics", "numpy"}
#: Statements that only hold others.
BLOCKS = (ast.With, ast.AsyncWith, ast.For, ast.AsyncFor, ast.While, ast.If, ast.Try)
#: What the value of a constant is made of.
LITERALS: tuple[type[ast.AST], ...] = (ast.Constant, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.UnaryOp, ast.BinOp)
LITERALS += (ast.unaryop, ast.operator, ast.expr_context)
FLAGS = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


def outline(source: str) -> dict[str, object]:
    """Return the names defined at top level, imports and main guards with their spans, and statements; or the error."""
    try:
        tree = compile(source, "<hand-in>", "exec", FLAGS)
        statements = [statement(node) for node in tree.body]
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
    return {"names": names, "imports": imports, "guards": guards, "statements": statements}


def complaint(source: str) -> dict[str, object]:
    """Return the error of a source, or an outline with nothing in it."""
    try:
        compile(source, "<hand-in>", "exec", FLAGS)
    except SyntaxError as error:
        return {"line": error.lineno or 0, "message": error.msg or "not Python 3"}
    except (ValueError, MemoryError, RecursionError) as error:
        return {"line": 0, "message": str(error) or "nested too deeply"}
    return {"names": [], "imports": [], "guards": [], "statements": []}


def statement(node: ast.stmt) -> dict[str, object]:
    """Return a top-level statement's lines, the names that it binds, a digest, and what kind it is."""
    first = min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", []))])
    modules = [getattr(node, "module", None) or ""] if isinstance(node, ast.ImportFrom) else []
    modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    tops = {module.partition(".")[0] for module in modules}
    return {
        "lines": [first, node.end_lineno],
        "binds": sorted(bound(node)),
        "uses": sorted({each.id for each in ast.walk(node) if isinstance(each, ast.Name)}),
        "digest": sha256(ast.dump(node).encode("utf-8", "replace")).hexdigest(),
        "quiet": is_quiet(node, tops),
        "block": isinstance(node, BLOCKS),
        "given": bool(tops) and tops <= {"aics"},
    }


def bound(node: ast.stmt) -> set[str]:
    """Return the names that a top-level statement binds; ``ReLULayer.forward`` where it sets one of a class."""
    if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
        return {node.name}
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    inner = list(ast.walk(node))
    names = {each.id for each in inner if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    for each in inner:
        if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store) and isinstance(each.value, ast.Name):
            names.add(f"{each.value.id}.{each.attr}")
        elif isinstance(each, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            names.add(each.name)
    return names


def is_quiet(node: ast.stmt, tops: set[str]) -> bool:
    """Return whether a statement only defines, names a constant, or imports what is always there: it cannot stop."""
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return tops <= ALWAYS_THERE
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.Expr)):
        value = node.value
        return value is None or isinstance(value, ast.Lambda) or all(isinstance(e, LITERALS) for e in ast.walk(value))
    return isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Pass))


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
    look = complaint if sys.argv[1:] == ["--complaints"] else outline
    print(json.dumps([look(source) for source in given]))
