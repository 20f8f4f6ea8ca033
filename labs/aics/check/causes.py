"""Which other question may be why one fails: a mistake that follows from question to question is told as one.

What follows from an earlier mistake can look like a mistake of one's own: beside a cause, a name is a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from aics.check.messages import say
from aics.check.verdict import Verdict
from aics.language import listed


def with_cause(verdict: Verdict, builds_on: Iterable[str], verdict_on: Callable[[str], Verdict | None]) -> Verdict:
    """The verdict with the questions that its own builds on and that are not right yet.

    Beside one that is too slow those are named that are too slow too, as their time is a part of its own. Nothing is
    said where the answer is right, its stub is empty, or its own code is not there or not allowed.
    """
    own = verdict.unfilled or verdict.rung in ("allowed", "defined")
    alike = _wrong if _wrong(verdict) else _slow
    if own or not alike(verdict):
        return replace(verdict, cause="")
    first = [name for name in builds_on if alike(verdict_on(name))]
    key = f"cause.{'slow' if _slow(verdict) else 'one' if len(first) == 1 else 'several'}"
    return replace(verdict, cause=say(key, names=listed(first)) if first else "")


def with_causes(builds_on: Mapping[str, Iterable[str]], verdicts: Mapping[str, Verdict]) -> dict[str, Verdict]:
    """All verdicts on a lab, each with its cause; `builds_on` names for each question those that it builds on."""
    return {name: with_cause(verdict, builds_on.get(name, ()), verdicts.get) for name, verdict in verdicts.items()}


def _wrong(verdict: Verdict | None) -> bool:
    """Whether points were lost by wrong or missing values; slow code is right enough for what builds on its values."""
    return verdict is not None and verdict.score < verdict.max_score and verdict.rung not in ("", "speed")


def _slow(verdict: Verdict | None) -> bool:
    """Whether points were lost by time alone."""
    return verdict is not None and verdict.score < verdict.max_score and verdict.rung == "speed"
