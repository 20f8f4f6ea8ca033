"""The first line that several entries of a batch need, found with a pencil: text is crossed out, no tree is changed.

A stretch of a line is crossed out, or the two ends of a call around one of its arguments, or a line is added that ends
a loop after its first round. What is left must be Python.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from aics.check.ask import Case, ask
from aics.own.cell import OwnCell

#: A stretch of a line's letters.
Stretch = tuple[int, int]


def first_line_needed(
    cell: OwnCell, lines: range, run: Callable[[str], None], answers: Callable[[Case], Any], cases: Sequence[Case]
) -> int | None:
    """The first line with something that no case but the first needs; `answers` gives what the notebook answers."""
    run(cell.source)
    several, *singles = [(case, answers(case)) for case in cases]
    for line in lines:
        for text in _crossed_out(cell, line):
            alone = _runs(run, text) and all(_alike(answers(case), known) for case, known in singles)
            if alone and not _alike(answers(several[0]), several[1]):
                run(cell.source)
                return line
    run(cell.source)
    return None


def answering(function: Any, names: Mapping[str, object]) -> Callable[[Case], Any]:
    """What a question's code answers to a case, with its warnings kept to itself."""

    def answers(case: Case) -> Any:
        with np.errstate(all="ignore"):
            return ask(function, names, case).values

    return answers


def _alike(one: Any, other: Any) -> bool:
    if one is None or one.keys() != other.keys():
        return False
    return all(one[key].dtype == value.dtype and one[key].shape == value.shape for key, value in other.items()) and all(
        np.allclose(one[key], value, rtol=1e-4, atol=1e-4 * np.abs(value[np.isfinite(value)]).max(initial=0))
        for key, value in other.items()
    )


def _crossed_out(cell: OwnCell, line: int) -> Iterator[str]:
    """The cell's texts with something of a line crossed out."""
    source = cell.source.splitlines()
    text = source[line - 1]
    stripped = text.lstrip()
    if stripped.startswith(("assert ", "raise ", "def ", '"""', "#")) or not stripped:
        return
    if stripped.startswith("for "):
        yield _ended_early(source, line)
    known = set()
    for loop in re.finditer(r"\bfor [\w, ]+ in ([\w.]+|range\(.+?\))(?=[])])", stripped):
        once = f"{stripped[: loop.start(1)]}list({loop[1]})[:1]{stripped[loop.end(1) :]}"
        yield "\n".join([*source[: line - 1], text.replace(stripped, once), *source[line:]])
    for stretches in _stretches(text):
        left = text
        for begin, end in sorted(stretches, reverse=True):
            left = left[:begin] + left[end:]
        left = left if left.strip() else text.replace(stripped, "pass")
        if left not in known and _is_python(left):
            known.add(left)
            yield "\n".join([*source[: line - 1], left, *source[line:]])


def _ended_early(source: list[str], line: int) -> str:
    """The text in which a loop ends behind its first round."""
    indent = len(source[line - 1]) - len(source[line - 1].lstrip())
    inside = [n for n in range(line, len(source)) if source[n].strip()]
    end = next((n for n in inside if len(source[n]) - len(source[n].lstrip()) <= indent), len(source))
    return "\n".join([*source[:end], " " * (indent + 4) + "break", *source[end:]])


def _stretches(text: str) -> Iterator[list[Stretch]]:
    """Tokens that stand together, and what is around an argument of a call."""
    tokens = _tokens(text)
    for first in range(len(tokens)):
        for last in range(first, len(tokens)):
            yield [(tokens[first][1], tokens[last][2])]
    for opening, closing in _brackets(tokens):
        cuts = [n for n in range(opening, closing + 1) if tokens[n][0] in "(,)"]
        for start in range(max(0, opening - 3), opening + 1):
            for before, behind in combinations(cuts, 2):
                yield [(tokens[start][1], tokens[before][2]), (tokens[behind][1], tokens[closing][2])]


def _tokens(text: str) -> list[tuple[str, int, int]]:
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text.strip()).readline):
            if token.string.strip() and token.type != tokenize.COMMENT:
                shift = len(text) - len(text.lstrip())
                found.append((token.string, token.start[1] + shift, token.end[1] + shift))
    except tokenize.TokenError:
        return []
    return found


def _brackets(tokens: list[tuple[str, int, int]]) -> Iterator[tuple[int, int]]:
    opened = []
    for number, (text, _, _) in enumerate(tokens):
        if text == "(":
            opened.append(number)
        elif text == ")" and opened:
            yield opened.pop(), number


def _is_python(line: str) -> bool:
    """Whether a line is Python, and stores into nothing that is no part of the layer."""
    text = line.strip()
    try:
        tree = ast.parse(f"def f():\n {text}" + ("\n  pass" if text.endswith(":") else ""))
    except SyntaxError:
        return False
    stored = [n.value for n in ast.walk(tree) if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)]
    return all(isinstance(each, ast.Name) and each.id == "self" for each in stored)


def _runs(run: Callable[[str], None], text: str) -> bool:
    """Run a cell's text where it is Python."""
    try:
        run(text)
    except SyntaxError:
        return False
    return True
