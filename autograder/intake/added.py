"""What a student added to a released cell: typed into it, or merged with it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, zip_longest

from autograder.intake.outline import Outline, Statement


def code_added(source: str, outline: Outline, released: Outline, *, looked_at: bool) -> tuple[str, str]:
    """Return what an edited locked cell has and the released one has not: above the released statements, and below.

    Statements that define nothing are kept beside others only: alone they are a call tried out, or an older
    edition's. Of a cell that is only looked at (`looked_at`) definitions and assignments are kept and nothing
    else. What cannot be parsed is kept whole.
    """
    if outline.complaint:
        return "", source
    known = {statement.digest for statement in released.statements}
    first = min((s.lines[0] for s in outline.statements if s.digest in known), default=len(source))
    added = [statement for statement in outline.statements if statement.digest not in known and not statement.given]
    if looked_at:
        added = [statement for statement in added if statement.binds and not statement.block]
    if not any(statement.binds for statement in added):
        return "", ""
    above = [statement for statement in added if statement.lines[0] < first]
    return _text(source, above), _text(source, added[len(above) :])


def _text(source: str, statements: Sequence[Statement]) -> str:
    lines = source.split("\n")
    pieces = ["\n".join(lines[first - 1 : last]) for first, last in (each.lines for each in statements)]
    gaps = ["\n\n\n" if "\n" in before + after else "\n" for before, after in pairwise(pieces)]
    return "".join(map("".join, zip_longest(["", *gaps], pieces, fillvalue="")))


def text_added(source: str, released: str) -> str:
    """Return the lines that were added to a released text which is still there whole; "" where it is not."""
    rest = [line.rstrip() for line in released.strip().split("\n")]
    added: list[str] = []
    for line in source.strip().split("\n"):
        if rest and line.rstrip() == rest[0]:
            rest.pop(0)
        else:
            added.append(line)
    return "" if rest else "\n".join(added).strip()
