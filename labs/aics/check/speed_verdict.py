"""The judge's last rung: what a measured time makes of a verdict with right values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from aics.check.judge import Mistake, Rule
from aics.check.messages import say
from aics.check.verdict import SpeedReading, Verdict
from aics.language import tr


def judge_speed(
    verdict: Verdict,
    rule: Rule,
    ratio: float,
    *,
    against: str,
    mistakes: Sequence[Mistake] = (),
    looped: Callable[[], bool] = lambda: True,
) -> Verdict:
    """Turn a verdict with right values into one that also weighs the measured time ratio.

    `against` is a key of the message table that says what the time was compared with; ``looped()`` says
    whether the code has a loop of Python's own. Raises ValueError where the rule has no limits.
    """
    if rule.limits is None:
        raise ValueError(f"{rule.name} has no speed limits")
    share = rule.limits.share(ratio)
    reading = SpeedReading(ratio=ratio, full=rule.limits.full, zero=rule.limits.zero, against=say(f"against.{against}"))
    score = round(verdict.max_score * share, 2)
    if share == 1:
        return replace(verdict, score=score, speed=reading)
    slow = None if share else next((m for m in mistakes if m.slow and (not m.loops or looped())), None)
    return replace(
        verdict,
        score=score,
        rung="speed",
        reason=say("speed.partly" if share else "speed.none"),
        next_move=tr(rule.advice) or say("speed.next"),
        speed=reading,
        misconception=slow.name if slow else "",
        hint=tr(slow.hint) if slow else "",
        worked=tuple(map(tr, slow.worked)) if slow else (),
    )


def not_timed(verdict: Verdict, against: str) -> Verdict:
    """A verdict with right values whose time could not be measured: nothing is lost, and the verdict says so."""
    return replace(verdict, untimed=True, notes=(*verdict.notes, say(f"untimed.{against}")))
