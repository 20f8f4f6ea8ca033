"""The messages that code marks for itself: ``tr("...")``, ``plural``, ``noted``, and tables given to ``words``."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from aics.language import tr
from autograder.authoring.translate.message import Message
from autograder.course.paths import CourseError

_IN_TEMPLATE = re.compile(r'"([^"{}]*(?:\{\w+\}[^"{}]*)*)"\s*\|\s*tr\b')
_MARKS = {"tr", "noted", "plural", "words"}


def marked(path: Path, where: str) -> Iterator[Message]:
    """Yield what a file marks; CourseError names a line that marks something other than a text written out there."""
    tree = ast.parse(path.read_text("utf-8"))
    tables = {name: value for node in tree.body for name, value in _assigned(node)}
    marks = _MARKS & {name for node in tree.body for name in _imported(node)}
    for node in ast.walk(tree) if marks else ():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in marks and node.args:
            try:
                yield from _messages(node, tables, where)
            except ValueError as error:
                about = {"path": path, "line": node.lineno, "mark": node.func.id, "error": error}
                raise CourseError(tr("{path}, line {line}: {mark}(...) {error}", **about)) from None


def marked_in_template(path: Path, where: str) -> Iterator[Message]:
    """Yield what a Jinja template says: ``{{ "..." | tr }}``."""
    for found in _IN_TEMPLATE.finditer(path.read_text("utf-8")):
        yield Message(found[1], where)


def _messages(call: ast.Call, tables: dict[str, ast.expr], where: str) -> Iterator[Message]:
    assert isinstance(call.func, ast.Name)
    first = call.args[0]
    if call.func.id == "words":
        table = tables.get(first.id, first) if isinstance(first, ast.Name) else first
        if not isinstance(table, ast.Dict):
            raise ValueError(tr("takes a table that is written out in this file"))
        said = {_text(key): _text(value) for key, value in zip(table.keys, table.values, strict=True) if key}
        counted = {key: f"{key}.one" for key, text in said.items() if "{count}" in text and f"{key}.one" in said}
        for key, text in said.items():
            if key in counted:
                yield Message(said[counted[key]], f"{where}:{key}", many=text)
            elif key not in counted.values():
                yield Message(text, f"{where}:{key}")
    elif call.func.id == "plural":
        yield Message(_text(first), where, many=_text(call.args[1]))
    elif call.func.id == "noted" or isinstance(first, ast.Constant | ast.JoinedStr | ast.BinOp):
        yield Message(_text(first), where)


def _text(node: ast.expr) -> str:
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        raise ValueError(tr('takes one text that is written out: "..." and "..." below each other, no f"...", no +'))
    return node.value


def _imported(node: ast.stmt) -> list[str]:
    ours = isinstance(node, ast.ImportFrom) and (node.module or "").startswith("aics.language")
    return [each.name for each in node.names] if ours and isinstance(node, ast.ImportFrom) else []


def _assigned(node: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
        yield node.target.id, node.value
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Name):
                yield target.id, node.value
