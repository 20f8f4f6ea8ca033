"""What of Python 2 is no Python 3, mended where it stands: print, except, raise and the like.

Found in a text whose strings and comments are blanked out (`autograder.intake.edits.code_only`), since no parser of
Python 3 reads it. The standard library alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from autograder.intake.edits import Mend, code_only

_BEGIN = r"(?P<before>^[ \t]*|[:;][ \t]*)"
_PRINT = re.compile(_BEGIN + r"print\b(?![ \t]*[.=,)\]])", re.M)
_RAISE = re.compile(_BEGIN + r"raise[ \t]+(?P<what>[\w.]+)[ \t]*,[ \t]*", re.M)
_EXEC = re.compile(_BEGIN + r"exec[ \t]+(?![(=])", re.M)
_EXCEPT = re.compile(r"^([ \t]*except[ \t]+(?:\([^)\n]*\)|[\w.]+))([ \t]*,[ \t]*)(\w+[ \t]*:)", re.M)
#: What is replaced as it stands: pattern, what takes its place, how it is said.
_TOKENS = (
    (re.compile(r"<>"), "!=", "<>"),
    (re.compile(r"(?<![\w.])0+([1-7][0-7]*)\b(?!\.)"), r"0o\1", "0777"),
    (re.compile(r"(?<![\w.])(0[xX][0-9a-fA-F]+|[0-9]+)[lL]\b"), r"\1", "10L"),
    (re.compile(r"(?<!\w)[uU](?=[rR]\")"), "", "ur''"),
)
_LAMBDA = re.compile(r"\blambda[ \t]*\((?P<names>[ \t]*\w+(?:[ \t]*,[ \t]*\w+)+)[ \t]*\)[ \t]*:")
_DEF = re.compile(_BEGIN + r"def[ \t]+\w+[ \t]*(?=\()", re.M)
_BODY = re.compile(r"[ \t]*:[ \t]*(?:\n[ \t]*)*")
#: What begins a statement that nothing can stand before on its line.
_COMPOUND = re.compile(r"@|(?:if|for|while|try|with|def|class)\b")
_BACKTICKS = re.compile(r"`([^`\n]+)`")


def mends(text: str) -> Iterator[Mend]:
    """Yield what makes Python 3 of a text in Python 2."""
    code = code_only(text)
    if re.search(r"^ *\t", text, re.M):
        yield from _tabs(text)
    for found in _PRINT.finditer(code):
        start, end = found.end("before"), _end_of_statement(code, found.end())
        if (new := printed(text[found.end() : end])) is not None:
            yield Mend(start=start, end=end, new=new, key="print")
    for found in _RAISE.finditer(code):
        end = _end_of_statement(code, found.end())
        comma = found.end() + _comma(code[found.end() : end])
        traceback = f".with_traceback({text[comma + 1 : end].strip()})" if comma < end else ""
        new = f"raise {found['what']}({text[found.end() : comma].rstrip()}){traceback}"
        yield Mend(start=found.end("before"), end=end, new=new, key="python2", words="raise E, message")
    for found in _EXEC.finditer(code):
        end = _end_of_statement(code, found.end())
        what = [text[found.end() + a : found.end() + b].strip() for a, b in _in_parts(code[found.end() : end])]
        new = f"exec({', '.join(what)})"
        yield Mend(start=found.end("before"), end=end, new=new, key="python2", words="exec code")
    for found in _EXCEPT.finditer(code):
        yield Mend(start=found.start(2), end=found.end(2), new=" as ", key="python2", words="except E, e")
    for found in _LAMBDA.finditer(code):
        end = _end_of_lambda(code, found.end())
        new = f"lambda _: (lambda {found['names']}:{text[found.end() : end]})(*_)"
        yield Mend(start=found.start(), end=end, new=new, key="python2", words="lambda (a, b)")
    for found in _DEF.finditer(code):
        yield from _parameters(text, code, found.end())
    for found in _BACKTICKS.finditer(code):
        new = f"repr({text[found.start(1) : found.end(1)]})"
        yield Mend(start=found.start(), end=found.end(), new=new, key="python2", words="backticks")
    for pattern, new, words in _TOKENS:
        for found in pattern.finditer(code):
            yield Mend(start=found.start(), end=found.end(), new=found.expand(new), key="python2", words=words)


def _parameters(text: str, code: str, start: int) -> Iterator[Mend]:
    """``def f(a, (b, c)):``, from its bracket on: a name for each pair, which the body's first line takes apart."""
    end, at = start + _closing(code[start:]), start + 1
    body = _BODY.match(code, end + 1)
    while body and not _COMPOUND.match(code, body.end()) and at < end:
        first = at + len(code[at:end]) - len(code[at:end].lstrip())
        if code[first] == "(":
            last = first + _closing(code[first:]) + 1
            name, words = "_".join(["", *re.findall(r"\w+", code[first:last])]), "def f(a, (b, c))"
            taken_apart = f"{text[first:last]} = {name}; "
            yield Mend(start=first, end=last, new=name, key="python2", words=words)
            yield Mend(start=body.end(), end=body.end(), new=taken_apart, key="python2", words=words)
        at += _comma(code[at:end]) + 1


def printed(rest: str) -> str | None:
    """Return the call of print that says what follows the statement's name; None where it is a call already."""
    body, blank = rest.strip(), code_only(rest).strip()
    if not body:
        return "print()"
    if blank.startswith("(") and _closing(blank) == len(blank) - 1:
        return None
    file, end = "", ""
    if blank.startswith(">>"):
        comma = _comma(blank)
        file, body = f", file={body[2:comma].strip()}", body[comma + 1 :].strip()
    if body.endswith(","):
        body, end = body[:-1], ', end=" "'
    return f"print({body}{end}{file})" if body else f"print({(end + file).lstrip(', ')})"


def _end_of_statement(code: str, at: int) -> int:
    """Where the statement that goes on at `at` ends: at a line's end or a semicolon outside brackets."""
    depth = 0
    while at < len(code):
        char = code[at]
        depth += (char in "([{") - (char in ")]}")
        if char == "\\" and code[at + 1 : at + 2] == "\n":
            at += 1
        elif depth <= 0 and char in "\n;":
            break
        at += 1
    return len(code[:at].rstrip(" \t")) if at else at


def _end_of_lambda(code: str, at: int) -> int:
    """Where the body of a lambda ends that begins at `at`: at a comma, a line's end or a bracket of what is around."""
    depth = 0
    while at < len(code):
        depth += (code[at] in "([{") - (code[at] in ")]}")
        if depth < 0 or (depth == 0 and code[at] in ",\n;"):
            break
        at += 1
    return at


def _in_parts(code: str) -> list[tuple[int, int]]:
    """The parts of ``code in globals, locals``, each from where to where."""
    found = re.search(r"\bin\b", code)
    if not found:
        return [(0, len(code))]
    comma = found.end() + _comma(code[found.end() :])
    scopes = [(found.end(), comma), (comma + 1, len(code))]
    return [(0, found.start()), *scopes[: 1 + (comma < len(code))]]


def _closing(code: str) -> int:
    """Where the bracket closes that a text begins with."""
    depth = 0
    for at, char in enumerate(code):
        depth += (char in "([{") - (char in ")]}")
        if depth == 0:
            return at
    return -1


def _comma(code: str) -> int:
    """Where the first comma outside brackets stands; the end where there is none."""
    depth = 0
    for at, char in enumerate(code):
        depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 0:
            return at
    return len(code)


def _tabs(text: str) -> Iterator[Mend]:
    """Indentation of tabs, as Python 2 reads it: to the next multiple of eight."""
    for found in re.finditer(r"^ *\t[ \t]*", text, re.M):
        if found.end() < len(text) and text[found.end()] != "\n":
            yield Mend(start=found.start(), end=found.end(), new=found[0].expandtabs(8), key="tabs")
