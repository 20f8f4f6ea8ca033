"""Code in a page, in Pygments' colours: what looks alike is marked alike, and what looks like the text is not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pygments
from pygments.filter import Filter
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import PythonLexer
from pygments.styles import get_style_by_name
from pygments.token import STANDARD_TYPES, Number, Operator, Text, Token, _TokenType

STYLE = get_style_by_name("default")
CLASS = "highlight"
#: What is not marked: text, and what only is a little greyer, such as the sign of a sum, yet is a third of all marks.
PLAIN = (Token, Operator, Number)


class Alike(Filter):
    """Takes each kind of token for the first of those that look the same."""

    def filter(self, lexer: Lexer, stream: Iterator[tuple[_TokenType, str]]) -> Iterator[tuple[_TokenType, str]]:  # noqa: ARG002
        """Yield each token with the kind that it looks like."""
        for kind, text in stream:
            yield Text if text.isspace() else _alike(kind), text


def highlighted(code: str) -> str:
    """Return Python code as HTML."""
    lexer, formatter = _tools()
    page: str = pygments.highlight(code, lexer, formatter)
    return page


@lru_cache
def styles() -> str:
    """Return the rules for the marks in such code."""
    marks = {STANDARD_TYPES[kind] for kind in _first().values()}
    rules = HtmlFormatter(style=STYLE, nobackground=True).get_style_defs(f".{CLASS}").splitlines()
    marked = (rule.partition(" /*")[0] for rule in rules if rule.startswith(f".{CLASS} "))
    return "\n".join(rule for rule in marked if rule.split()[1][1:] in marks)


@lru_cache
def _tools() -> tuple[PythonLexer, HtmlFormatter[str]]:
    lexer = PythonLexer(stripall=True)
    lexer.add_filter(Alike())
    return lexer, HtmlFormatter(cssclass=f"{CLASS} hl-python3")


@lru_cache(maxsize=1000)
def _alike(kind: _TokenType) -> _TokenType:
    look = _look(kind)
    return Text if look in map(_look, PLAIN) else _first()[look]


@lru_cache
def _first() -> dict[str, _TokenType]:
    found: dict[str, _TokenType] = {}
    for kind, _ in STYLE:
        found.setdefault(_look(kind), kind)
    return found


def _look(kind: _TokenType) -> str:
    return repr(STYLE.style_for_token(kind))
