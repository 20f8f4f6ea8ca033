"""Mistakes that few of a class have made, and who made the same one."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aics.check.verdict import Verdict
from aics.language import tr
from autograder.similar.words import say

#: Most that may have made a mistake for it to be rare, as a fraction of those who answered; two always may.
RARE = 0.1
#: Rungs at which an answer says what its author thought. What is missing, slow or stopped may be the machine's doing.
TELLING = frozenset({"allowed", "raises", "type", "shape", "dtype", "finite", "values"})
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?")


@dataclass(frozen=True, kw_only=True)
class Shared:
    """A rare mistake that several made.

    Attributes
    ----------
    question, title : str
        The mistake's name, or what the verdicts say where it has none.
    hint : str
        Its explanation, as students see it; "" where it has no name.
    sure : bool
        False where the name is a guess.
    students : sequence of str
        Those who made it, by id.
    asked : int
        How many of the class answered the question.
    """

    question: str
    title: str
    hint: str
    sure: bool
    students: Sequence[str]
    asked: int

    @property
    def bits(self) -> float:
        """How surprising it is that another one made it too: -log2 of the fraction of the class that did."""
        return -math.log2(len(self.students) / self.asked)


def shared_mistakes(verdicts: Mapping[str, Mapping[str, Verdict]]) -> list[Shared]:
    """Return the rare mistakes that at least two made, the rarest first; `verdicts` are student -> question -> verdict.

    Of a question that fails because an earlier one is wrong nothing is said: that is the earlier one's mistake.
    """
    asked: defaultdict[str, int] = defaultdict(int)
    made: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    example: dict[tuple[str, ...], Verdict] = {}
    for student, verdict in ((student, v) for student, each in sorted(verdicts.items()) for v in each.values()):
        asked[verdict.question] += bool(verdict.max_score) and not verdict.unfilled
        if key := _key(verdict):
            made[key].append(student)
            example.setdefault(key, verdict)
    found = [_shared(example[key], who, asked[key[0]]) for key, who in made.items() if len(who) > 1]
    return sorted((each for each in found if _rare(each)), key=lambda each: (-each.bits, each.question, each.title))


def _rare(shared: Shared) -> bool:
    return len(shared.students) <= max(2.0, RARE * shared.asked) and shared.bits > 0


def _shared(verdict: Verdict, students: Sequence[str], asked: int) -> Shared:
    name = verdict.misconception.replace("_", " ")
    title = say("maybe" if verdict.guessed else "sure", name=name) if name else ""
    return Shared(
        question=verdict.question,
        title=title or _said(verdict),
        hint=tr(verdict.hint) if name else "",
        sure=bool(name) and not verdict.guessed,
        students=students,
        asked=asked,
    )


def _said(verdict: Verdict) -> str:
    return f"{verdict.reason} {verdict.got}".strip() if verdict.rung != "values" else verdict.reason


def _key(verdict: Verdict) -> tuple[str, ...]:
    """What two verdicts have in common that tell of the same mistake; () where a verdict tells of none.

    Hidden cases have other numbers for each student, and so numbers do not count: but for which case it was, and
    about how much of the output was wrong, in tenths.
    """
    if not verdict.max_score or verdict.passed or verdict.unfilled or verdict.cause or verdict.rung not in TELLING:
        return ()
    if verdict.misconception:
        return verdict.question, verdict.misconception, str(verdict.guessed)
    said = _NUMBER.sub("#", f"{verdict.reason} {verdict.got if verdict.rung in ('raises', 'type') else ''}")
    if seen := verdict.evidence:
        said += f"{seen.output} {round(10 * seen.wrong / seen.size) if seen.size else 0}"
    return verdict.question, verdict.rung, str(verdict.number), said
