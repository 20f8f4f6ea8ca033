"""Verdicts on what is not asked of the original course's files: it was never asked there, or it is not in them."""

from __future__ import annotations

from aics.check.judge import Rule
from aics.check.messages import MESSAGES, say
from aics.check.verdict import Verdict
from aics.language import values_in
from autograder.course.original import ABSENT, LEFT_OUT, NOT_ASKED
from autograder.grading.steps import Step


def unasked(rule: Rule, step: Step) -> Verdict | None:
    """The verdict on a question that cannot be asked of these files; None where it is asked."""
    if step.original == NOT_ASKED:
        return Verdict(question=rule.name, score=0, max_score=0, bonus=rule.bonus, reason=say("not_asked"))
    if step.original.startswith(ABSENT):
        reason = say("not_in_file", names=step.original.removeprefix(ABSENT))
    elif step.original.startswith(LEFT_OUT):
        reason = say("left_out", why=step.original.removeprefix(LEFT_OUT))
    else:
        return None
    return Verdict(
        question=rule.name,
        score=0,
        max_score=rule.points,
        bonus=rule.bonus,
        rung="defined",
        reason=reason,
        next_move=say("not_in_file.next"),
    )


def absent(reason: str) -> str:
    """What a verdict's reason says is not in the file; "" where it says another thing."""
    return next(iter(values_in(MESSAGES["not_in_file"], reason) or ()), "")
