"""What a student added to a released cell: typed into it, or merged with it."""

from __future__ import annotations

from itertools import pairwise

from autograder.intake.outline import Outline


def code_added(source: str, outline: Outline, released: Outline, *, looked_at: bool) -> str:
    """Return the statements of an edited locked cell that the released one does not have, "" where none is an answer.

    Statements that define nothing are kept beside others only: alone they are a call tried out, or an older
    edition's. Of a cell that is only looked at (`looked_at`) definitions are kept and nothing else. What cannot
    be parsed is kept whole.
    """
    if outline.complaint:
        return source
    known = {statement.digest for statement in released.statements}
    added = [statement for statement in outline.statements if statement.digest not in known and not statement.given]
    if looked_at:
        added = [statement for statement in added if statement.binds and statement.quiet]
    if not any(statement.binds for statement in added):
        return ""
    lines = source.split("\n")
    pieces = ["\n".join(lines[first - 1 : last]) for first, last in (statement.lines for statement in added)]
    gaps = ["\n\n\n" if "\n" in before + after else "\n" for before, after in pairwise(pieces)]
    return "".join(piece + gap for piece, gap in zip(pieces, [*gaps, ""], strict=True))


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
