"""A lab's solution with one question's code broken in the ways that students' code is, and which questions run it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from autograder.authoring.namespace import solution_cells
from autograder.course import Lab

Change = Callable[[ast.FunctionDef], list[ast.stmt]]
#: What notes, in an instrumented solution, whose code has run.
RAN = "_questions_that_ran"


def variants_of(lab: Lab, question: str) -> Iterator[tuple[str, str]]:
    """Name and source of each wrong way: all known mistakes, and code that raises, returns or keeps nothing."""
    yield from ((v.name, v.source) for v in lab.misconceptions if v.question == question and not v.slow)
    source = dict(solution_cells(lab))[f"{question}_code"]
    for name, change in (("raises", _raising), ("returns nothing", _returning_nothing), ("keeps nothing", _forgetful)):
        yield name, _changed(source, change)


def noted(source: str, question: str) -> str:
    """The source with a note of the question at the start of each function."""
    return _changed(source, lambda node: [*ast.parse(f"{RAN}.add({question!r})").body, *node.body])


def raising(source: str, question: str) -> str:
    """The source with functions that note the question in a list, and raise."""
    return _changed(source, lambda node: [*_noted(question), *_raising(node)])


def returning(source: str, question: str, value: str) -> str:
    """The source with functions that note the question in a list, and return the value of this expression."""
    return _changed(source, lambda _node: [*_noted(question), *ast.parse(f"return {value}").body])


def _noted(question: str) -> list[ast.stmt]:
    return ast.parse(f"{RAN}.append({question!r})").body


def _changed(source: str, change: Change) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.body = change(node)
    return ast.unparse(tree)


def _raising(_node: ast.FunctionDef) -> list[ast.stmt]:
    return ast.parse("raise ValueError('a student has made a mistake')").body


def _returning_nothing(_node: ast.FunctionDef) -> list[ast.stmt]:
    return ast.parse("return None").body


def _forgetful(node: ast.FunctionDef) -> list[ast.stmt]:
    """All but the lines that keep something as an attribute of self."""
    return [line for line in node.body if not (isinstance(line, ast.Assign) and _kept(line))] or [ast.Pass()]


def _kept(line: ast.Assign) -> bool:
    owners = [target.value for target in line.targets if isinstance(target, ast.Attribute)]
    return any(isinstance(owner, ast.Name) and owner.id == "self" for owner in owners)
