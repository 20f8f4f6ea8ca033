"""Mends course files given as JSON on stdin and prints what came of them; runs alone, executes nothing of them.

Python's parser can be crashed by a text made for it, so it is run in this process, not the grader's.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).parents[2]))
# The package without its `__init__`, which looks for translations: nothing but the standard library is here.
sys.modules["autograder"] = ModuleType("autograder")
sys.modules["autograder"].__path__ = [str(Path(__file__).parents[1])]

from autograder.intake import divisions, edits, known_lines, pictures, published_sizes, python2  # noqa: E402
from autograder.intake.outline_child import FLAGS, limit_itself  # noqa: E402

#: How often a text is looked through: a mend may lie within another, such as one within what is printed.
_ROUNDS = 3


def mended(name: str, text: str) -> dict[str, object]:
    """Return the mended text, the mends as [line, key, words], and what it defines; one that is no Python as it was."""
    said: list[list[object]] = []
    found, tree = text, _tree(text)
    if tree is None:
        found, mends = edits.applied(text, list(python2.mends(text)))
        said, tree = [[mend.line, mend.key, mend.words] for mend in mends], _tree(found)
    if tree is None:
        return {"text": text, "said": [], "defined": [], "blank": [], "second": False}
    defined, blank = sorted(_defined(tree)), sorted(_blank(tree))
    needed, second = "", known_lines.is_second_edition(tree)
    for _ in range(_ROUNDS):
        mine = edits.Source(found, tree)
        known = [*divisions.mends(mine), *known_lines.mends(mine, name), *published_sizes.mends(mine)]
        fresh, mends = edits.applied(found, known)
        tree = _tree(fresh) if mends else None
        if tree is None:
            break
        found = fresh
        said += [[mend.line, mend.key, mend.words] for mend in mends]
        needed = pictures.helpers(mends) or needed
    return {"text": found + needed, "said": said, "defined": defined, "blank": blank, "second": second}


def _tree(text: str) -> ast.Module | None:
    try:
        tree = compile(text, "<hand-in>", "exec", FLAGS)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    return tree if isinstance(tree, ast.Module) else None


def _defined(tree: ast.Module) -> set[str]:
    """Functions, and ``Class.name`` for methods, attributes and what the constructor takes, own or of a class above."""
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    names = {f"{owner}.{name}" for owner in classes for name in _of_class(owner, classes, set())}
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    added = {f"{owner}.{node.name}" for node in functions for owner in _added_to(node)}
    return names | added | {node.name for node in functions} | set(classes)


def _blank(tree: ast.Module) -> Iterator[str]:
    """Functions and methods in which a blank stands, ``self.output = ________``."""
    functions = [("", node) for node in tree.body if isinstance(node, ast.FunctionDef)]
    classes = (node for node in tree.body if isinstance(node, ast.ClassDef))
    methods = [(f"{c.name}.", node) for c in classes for node in c.body if isinstance(node, ast.FunctionDef)]
    for owner, function in functions + methods:
        names = (node.id for node in ast.walk(function) if isinstance(node, ast.Name))
        if any(len(name) >= 4 and not name.strip("_") for name in names):
            yield owner + function.name


def _added_to(node: ast.FunctionDef) -> Iterator[str]:
    """The class that ``@add_to_class(ReLULayer)`` names."""
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and "add_to_class" in ast.unparse(decorator.func):
            yield from (argument.id for argument in decorator.args if isinstance(argument, ast.Name))


def _of_class(owner: str, classes: dict[str, ast.ClassDef], seen: set[str]) -> Iterator[str]:
    """Every name of a class and of those of this file that it is derived from."""
    if owner in seen or owner not in classes:
        return
    seen.add(owner)
    for base in classes[owner].bases:
        yield from _of_class(getattr(base, "id", ""), classes, seen)
    for node in ast.walk(classes[owner]):
        if isinstance(node, ast.FunctionDef):
            yield node.name
            if node.name == "__init__":
                yield from (argument.arg for argument in (*node.args.args, *node.args.kwonlyargs))
        elif isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.attr if isinstance(node, ast.Attribute) else node.id


if __name__ == "__main__":
    limit_itself()
    print(json.dumps([mended(*given) for given in json.load(sys.stdin)]))
