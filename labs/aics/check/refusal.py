"""The verdict on a question whose code uses what it may not: the first rung of the judge's ladder."""

from __future__ import annotations

from aics.check.ask import TEXT_LIMIT
from aics.check.imports import NotAllowed
from aics.check.judge import Rule
from aics.check.messages import say
from aics.check.verdict import Verdict
from aics.language import listed


def not_allowed(rule: Rule, found: NotAllowed) -> Verdict:
    """The verdict on a question whose code uses what it may not (see `aics.check.imports`)."""
    may = say("allowed.harmless")
    if rule.allowed:
        may = say("allowed.more", harmless=may, more=listed(rule.allowed))
    kind = "allowed.hidden" if found.hidden else "allowed"
    return Verdict(
        question=rule.name,
        score=0,
        max_score=rule.points,
        bonus=rule.bonus,
        rung="allowed",
        reason=say(kind, allowed=may, module=found.module[:TEXT_LIMIT]),
        got=say("allowed.got", cell=found.cell, number=found.number, line=found.line[:TEXT_LIMIT]),
        expected=may,
        next_move=say("allowed.next"),
    )
