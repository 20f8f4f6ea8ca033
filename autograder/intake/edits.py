"""Edits of a text: what is replaced by what, and the mend that each is told as. The standard library alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

#: Strings and comments, in which nothing is mended.
_LITERAL = re.compile(
    r"(?P<string>'''(?:\\.|[^\\])*?'''|\"\"\"(?:\\.|[^\\])*?\"\"\"|'(?:\\.|[^\\'\n])*'|\"(?:\\.|[^\\\"\n])*\")"
    r"|#[^\n]*",
    re.S,
)


@dataclass(frozen=True, kw_only=True, order=True)
class Mend:
    """Characters `start` to `end` are replaced by `new`; `key` and `words` say it (`autograder.intake.mends`)."""

    start: int
    end: int
    new: str
    key: str
    words: str = ""
    line: int = 0


def applied(text: str, mends: Sequence[Mend]) -> tuple[str, list[Mend]]:
    """Return the text with these mends made, and them with their lines; one that touches an earlier one is left out."""
    parts, done, at = list[str](), list[Mend](), 0
    for mend in sorted(mends):
        if mend.start < at:
            continue
        parts += [text[at : mend.start], mend.new]
        at = mend.end
        line = text.count("\n", 0, mend.start) + 1
        done.append(Mend(start=mend.start, end=mend.end, new=mend.new, key=mend.key, words=mend.words, line=line))
    return "".join([*parts, text[at:]]), done


def code_only(text: str) -> str:
    """Return a text of the same length in which strings hold x and comments hold spaces."""
    return _LITERAL.sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    whole = found[0]
    return f'"{"x" * (len(whole) - 2)}"' if found["string"] else " " * len(whole)


class Source:
    """A text with its syntax tree, whose places are counted in lines and UTF-8 bytes."""

    def __init__(self, text: str, tree: ast.Module) -> None:
        """Find where each line begins."""
        self.text, self.tree = text, tree
        self._lines = re.split(r"(?<=\n)", text)
        self._starts = [0, *accumulate(map(len, self._lines))]

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Return the characters of a node."""
        return self._at(node.lineno, node.col_offset), self._at(node.end_lineno or 0, node.end_col_offset or 0)

    def of(self, node: ast.expr | ast.stmt) -> str:
        """Return the text of a node."""
        start, end = self.span(node)
        return self.text[start:end]

    def mend(self, node: ast.expr | ast.stmt, new: str, key: str, words: str = "") -> Mend:
        """Return the mend that replaces a node."""
        start, end = self.span(node)
        return Mend(start=start, end=end, new=new, key=key, words=words)

    def _at(self, line: int, column: int) -> int:
        return self._starts[line - 1] + len(self._lines[line - 1].encode()[:column].decode())
