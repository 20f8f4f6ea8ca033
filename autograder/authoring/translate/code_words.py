"""The words in a code cell that its reader sees: comments, docstrings, and strings that are sentences.

What stands between nbgrader's marks of a solution is no student's to read, and is left as it is.
"""

from __future__ import annotations

import ast
import io
import json
import re
import textwrap
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.authoring.translate.message import Translator

_BEGIN, _END = "### BEGIN SOLUTION", "### END SOLUTION"
_WORDS = re.compile(r"[A-Za-z]{2,}[,:;]? +\(?[A-Za-z]")
_BLANK = re.compile(r"\{[^{}]*\}")
_LETTERS = re.compile(r"[A-Za-z]{2}")
_IDENTIFIER = re.compile(r"\w*_\w*|\w+\.\w+")
#: Arguments of pictures that are shown as they are, in cells to look at.
_SHOWN = {"title", "titles", "label", "labels", "names", "caption", "question"}


@dataclass(frozen=True)
class Piece:
    """A message in a cell, the characters `start` to `end` that say it, and the margin below its first line."""

    text: str
    start: int
    end: int
    kind: str
    margin: str = ""

    def said(self, text: str) -> str:
        """The source code that says `text` here."""
        if self.kind == "comment":
            return f"\n{self.margin}".join(f"# {line}".rstrip() for line in text.split("\n"))
        if self.kind == "docstring":
            return f"\n{self.margin}".join(text.split("\n")).replace(f"\n{self.margin}\n", "\n\n")
        return ("f" if self.kind == "f-string" else "") + json.dumps(text, ensure_ascii=False)


def pieces(source: str, *, look: bool = False) -> list[Piece]:
    """Return the messages of a cell's source in order; `look`: a cell whose labels are shown, single words too."""
    hidden = _solutions(source)
    found = [piece for piece in (*_comments(source), *_strings(source, look)) if not hidden & {_line(source, piece)}]
    return sorted(found, key=lambda piece: piece.start)


def translated(source: str, translate: Translator, *, look: bool = False) -> str:
    """Return the cell's source with its messages in another language, and every other character as it is."""
    for piece in reversed(pieces(source, look=look)):
        if (text := translate(piece.text)) != piece.text:
            source = source[: piece.start] + piece.said(text) + source[piece.end :]
    return source


def _line(source: str, piece: Piece) -> int:
    return source.count("\n", 0, piece.start)


def _solutions(source: str) -> set[int]:
    """The numbers of the lines of solutions, from 0, with the marks around them."""
    inside, found = False, set()
    for number, line in enumerate(source.split("\n")):
        inside = inside or line.strip() == _BEGIN
        found |= {number} if inside else set()
        inside = inside and line.strip() != _END
    return found


def _comments(source: str) -> Iterator[Piece]:
    """Comments; those on lines of their own that follow each other are one message."""
    places, lines = _places(source), source.split("\n")
    block: Piece | None = None
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT:
            continue
        (row, column), start = token.start, places[token.start[0] - 1] + token.start[1]
        alone = not lines[row - 1][:column].strip() and token.string.strip() not in (_BEGIN, _END)
        text = token.string.removeprefix("#").removeprefix(" ")
        if block and alone and source[block.end : start] == f"\n{block.margin}" and len(block.margin) == column:
            block = Piece(f"{block.text}\n{text}", block.start, start + len(token.string), "comment", block.margin)
            continue
        if block:
            yield block
        block = Piece(text, start, start + len(token.string), "comment", " " * column)
    if block:
        yield block


def _strings(source: str, look: bool) -> Iterator[Piece]:
    tree = ast.parse(source)
    docstrings = {id(node.body[0].value) for node in ast.walk(tree) if _has_docstring(node)}  # type: ignore[attr-defined]
    shown = _labels(tree) if look else set()
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    parts -= {id(node) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)}
    parts |= {id(part) for node in ast.walk(tree) for part in _of_exception(node)}
    for node in ast.walk(tree):
        if id(node) in docstrings:
            yield _docstring(source, node)  # type: ignore[arg-type]
        elif isinstance(node, ast.JoinedStr) and id(node) not in parts and _LETTERS.search(text := _template(node)):
            if _WORDS.search(_BLANK.sub("x", text)) or id(node) in shown:
                yield Piece(text, *_span(source, node), "f-string")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            label = id(node) in shown and _is_label(node.value)
            if label or _WORDS.search(node.value):
                yield Piece(node.value, *_span(source, node), "string")


def _of_exception(node: ast.AST) -> Iterator[ast.AST]:
    """What an exception says, by which known mistakes are told apart; but for the stub's own, which is replaced."""
    if isinstance(node, ast.Assert) and node.msg:
        yield from ast.walk(node.msg)
    elif isinstance(node, ast.Raise) and node.exc and "NotImplementedError" not in ast.dump(node.exc):
        yield from ast.walk(node.exc)


def _is_label(text: str) -> bool:
    return bool(_LETTERS.search(text)) and not _IDENTIFIER.fullmatch(text)


def _has_docstring(node: ast.AST) -> bool:
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    return isinstance(node, kinds) and ast.get_docstring(node, clean=False) is not None


def _docstring(source: str, node: ast.Constant) -> Piece:
    """A docstring's text as its source spells it, without the quotation marks and the margin."""
    start, end = _span(source, node)
    quote = re.match(r"\w*(\"\"\"|'''|\"|')", source[start:end])
    assert quote, source[start:end]
    start, end = start + quote.end(), end - len(quote[1])
    first, newline, rest = source[start:end].partition("\n")
    return Piece(first + newline + textwrap.dedent(rest), start, end, "docstring", " " * node.col_offset)


def _template(node: ast.JoinedStr) -> str:
    """An f-string's text with what it puts in, as its source has it."""
    return ast.unparse(ast.JoinedStr(node.values))[2:-1] if _plain(node) else ""


def _plain(node: ast.JoinedStr) -> bool:
    """Whether the f-string's text needs no escapes, so that it can stand in a message as it is."""
    texts = [part.value for part in node.values if isinstance(part, ast.Constant)]
    return not any(set("\n\\'\"") & set(str(text)) for text in texts)


def _labels(tree: ast.AST) -> set[int]:
    """What is shown as it stands: keys of dictionaries, and titles and names that are handed to pictures."""
    nodes: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            nodes += [key for key in node.keys if key]
        elif isinstance(node, ast.keyword) and node.arg in _SHOWN:
            nodes += node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else [node.value]
    return {id(node) for node in nodes}


def _span(source: str, node: ast.expr) -> tuple[int, int]:
    """Where a node begins and ends, in characters."""
    places, lines = _places(source), source.split("\n")

    def place(row: int, column: int) -> int:
        return places[row - 1] + len(lines[row - 1].encode()[:column].decode())

    end = place(node.end_lineno or node.lineno, node.end_col_offset or 0)
    return place(node.lineno, node.col_offset), end


def _places(source: str) -> list[int]:
    """Where each line begins."""
    found = [0]
    for line in source.split("\n"):
        found.append(found[-1] + len(line) + 1)
    return found
