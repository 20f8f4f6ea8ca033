"""Whether a source is Python 3, and what it defines: read in a process of its own, never executed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aics.language import noted, tr
from autograder.intake.handin import one_line
from autograder.intake.messages import say

_CHILD = Path(__file__).with_name("outline_child.py")
#: The child limits its own CPU time; by the wall's clock it may wait for a core as long as this.
_SECONDS = 600
_LINE = 300  # characters of a line in which a pattern of Python 2 is looked for
Span = tuple[int, int, int, int]

#: Patterns of lines that are no Python 3, and what they are or what Python 3 has instead.
_HINTS = (
    (r"^(<{7}|\|{7}|={7}|>{7})(\s|$)", noted("a mark of an unsolved git conflict: keep one of the two versions")),
    (r"^\s*print\s+[^\s(=]", noted("print is a function in Python 3: print(...)")),
    (r"^\s*print\s*>>", noted("in Python 3: print(..., file=...)")),
    (r"^\s*except\s+[^:]+,\s*\w+\s*:", noted("in Python 3: except Error as name")),
    (r"^\s*raise\s+[\w.]+\s*,", noted("in Python 3: raise Error(message)")),
    (r"^\s*```", noted("a fence of Markdown: in a code cell, code stands without it")),
    (r"`", noted("backticks are gone in Python 3: repr(...)")),
    (r"<>", noted("in Python 3: !=")),
    (r"^\s*exec\s+[^\s(=]", noted("exec is a function in Python 3: exec(...)")),
    (r"\b(0[0-7]+|\d+[lL])\b", noted("in Python 3 numbers are written 0o17, and without L")),
    (r"\bur['\"]", noted("ur'...' is gone in Python 3")),
)


@dataclass(frozen=True, kw_only=True)
class Import:
    """An import statement: ``from module import names`` or ``import names``."""

    span: Span
    module: str
    names: list[tuple[str, str | None]]
    is_from: bool


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A top-level statement.

    Attributes
    ----------
    lines : (int, int)
        Its first and last line, from 1, decorators included.
    binds : frozenset of str
        Names that it defines.
    uses : frozenset of str
        Names that stand in it.
    digest : str
        The same for statements that do the same.
    quiet : bool
        It only defines, names a constant or imports what is always there, so that it cannot stop.
    block : bool
        It only holds others, as `if` and `with` do.
    given : bool
        It imports from the course's own package, as given cells do.
    """

    lines: tuple[int, int]
    binds: frozenset[str]
    uses: frozenset[str]
    digest: str
    quiet: bool
    block: bool
    given: bool


@dataclass(frozen=True, kw_only=True)
class Outline:
    """What a source holds. `complaint` says which line is not Python 3; "" where all is.

    Spans are (line, column, end line, end column), lines from 1, columns in UTF-8 bytes.
    """

    complaint: str = ""
    names: frozenset[str] = frozenset()
    imports: list[Import] = field(default_factory=list)
    guards: list[Span] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)

    @property
    def binds(self) -> frozenset[str]:
        """All names that its statements define."""
        return frozenset[str]().union(*(statement.binds for statement in self.statements))


def outlines(sources: Sequence[str]) -> list[Outline]:
    """Return the outline of each source. Never raises: the outline of a source that crashes the parser says so."""
    return _looked_at(sources)


def complaints(sources: Sequence[str]) -> list[str]:
    """Return for each source which line is not Python 3; "" where all is. Never raises."""
    return [outline.complaint for outline in _looked_at(sources, "--complaints")]


def _looked_at(sources: Sequence[str], *option: str) -> list[Outline]:
    if not sources:
        return []
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-W", "ignore", str(_CHILD), *option],
            input=json.dumps(list(sources)).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=True,
        )
        found = json.loads(done.stdout)
        return [_outline(item, source) for item, source in zip(found, sources, strict=True)]
    except (subprocess.SubprocessError, ValueError, OSError):
        pass
    if len(sources) == 1:
        return [Outline(complaint=tr("it cannot be parsed (too large or nested too deeply)"))]
    half = len(sources) // 2
    return _looked_at(sources[:half], *option) + _looked_at(sources[half:], *option)


def without_ipython_lines(source: str) -> str:
    """Return a cell's source as IPython runs it, with its own lines (``%timeit``, ``!ls``, ``name?``) blanked out.

    IPython takes off what a whole cell is indented by, and prompts that were copied along.
    """
    from IPython.core.inputtransformer2 import classic_prompt, ipython_prompt, leading_indent

    steps: tuple[Callable[[list[str]], list[str]], ...] = (leading_indent, classic_prompt, ipython_prompt)
    lines = source.splitlines(keepends=True)
    blank = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    if text := lines[blank:]:
        for step in steps:
            text = step(text)
    source = "".join([*lines[:blank], *text])
    source = re.sub(r"\A\s*%%\w.*", "", source)
    source = re.sub(r"(?m)^([ \t]*)(?:[%!].*|\w[\w.]*\?{1,2}[ \t]*)$", r"\1pass", source)
    return re.sub(r"(?m)=[ \t]*[%!]\w.*$", "= None", source)


def _outline(item: dict[str, Any], source: str) -> Outline:
    if "message" in item:
        return Outline(complaint=_complaint(item["line"], item["message"], source))
    imports = [
        Import(
            span=_span(found["span"]),
            module="." * found["level"] + (found["module"] or ""),
            names=[(name, alias) for name, alias in found["names"]],
            is_from=found["from"],
        )
        for found in item["imports"]
    ]
    statements = [
        Statement(
            **found | {"lines": tuple(found["lines"])} | {name: frozenset(found[name]) for name in ("binds", "uses")}
        )
        for found in item["statements"]
    ]
    return Outline(
        names=frozenset(item["names"]),
        imports=imports,
        guards=[_span(numbers) for numbers in item["guards"]],
        statements=statements,
    )


def _span(numbers: Sequence[int]) -> Span:
    line, column, end_line, end_column = numbers
    return line, column, end_line, end_column


def _complaint(line: int, message: str, source: str) -> str:
    if line == 0:
        return say("cannot_parse", why=one_line(message, 80))
    lines = source.splitlines()
    text = lines[line - 1][:_LINE] if 0 < line <= len(lines) else ""
    hint = next((hint for pattern, hint in _HINTS if re.search(pattern, text)), "")
    why = tr(hint) or one_line(message, 80)
    if not text.strip():
        return tr("line {line} ({why})", line=line, why=why)
    return tr("line {line}, `{text}` ({why})", line=line, text=one_line(text, 60), why=why)
