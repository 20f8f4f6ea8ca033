"""One question over a whole class: how many had it right, why the others did not, and at which case."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from aics.check.verdict import Verdict
from aics.language import tr
from autograder.course.question import Question
from autograder.report.standing import Standing
from autograder.report.words import SAID, say

#: How far from a limit of speed, as a fraction of it, a ratio is near it.
NEAR = 0.1


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One way to lose points, and who lost them so.

    Attributes
    ----------
    title : str
        The mistake's name, or what went wrong.
    sure : bool
        False where the name of a mistake is a guess.
    hint : str
        The mistake's explanation, as students see it; may be empty.
    example : str
        The sentence of one student's verdict.
    standings : sequence of Standing
        By id.
    lost : float
        Points lost in all.
    """

    title: str
    sure: bool
    hint: str
    example: str
    standings: Sequence[Standing]
    lost: float


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A measured time ratio, and whose."""

    standing: Standing
    ratio: float
    near: bool


@dataclass(frozen=True)
class ClassQuestion:
    """One question and all the class's verdicts on it."""

    question: Question
    standings: Sequence[Standing]

    @property
    def name(self) -> str:
        """The question's name."""
        return self.question.name

    @cached_property
    def _asked(self) -> list[tuple[Standing, Verdict]]:
        found = [(s, s.verdicts[self.name]) for s in self.standings if self.name in s.verdicts]
        return [(standing, verdict) for standing, verdict in found if verdict.max_score]

    def given(self, standing: Standing, verdict: Verdict) -> float:
        """Points as the gradebook has them, where a person may have set others than the grader's."""
        mark = standing.marks.get(self.name)
        return verdict.score if mark is None else mark.extra if self.question.bonus else mark.score

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many are right, partly right, wrong, untouched, and were not asked."""
        count = Counter(self.status(standing) for standing in self.standings)
        return {name: count[name] for name in ("right", "partly", "wrong", "untouched", "unasked")}

    def status(self, standing: Standing) -> str:
        """One of the names of `counts`; "" where there is no verdict."""
        verdict = standing.verdicts.get(self.name)
        if verdict is None:
            return ""
        if not verdict.max_score:
            return "unasked"
        score = self.given(standing, verdict)
        if score >= verdict.max_score:
            return "right"
        return "untouched" if verdict.unfilled else "partly" if score > 0 else "wrong"

    @property
    def average(self) -> float:
        """Mean points of those who were asked."""
        return float(np.mean([self.given(s, v) for s, v in self._asked])) if self._asked else 0.0

    @cached_property
    def reasons(self) -> list[Reason]:
        """Why points were lost: what cost the class most comes first."""
        groups: defaultdict[tuple[str, bool], list[tuple[Standing, Verdict]]] = defaultdict(list)
        for standing, verdict in self._asked:
            if self.given(standing, verdict) < verdict.max_score:
                groups[_title(standing, verdict)].append((standing, verdict))
        reasons = [self._reason(title, sure, who) for (title, sure), who in groups.items()]
        return sorted(reasons, key=lambda reason: (-reason.lost, reason.title))

    def _reason(self, title: str, sure: bool, who: Sequence[tuple[Standing, Verdict]]) -> Reason:
        first = who[0][1]
        lost = sum(verdict.max_score - self.given(standing, verdict) for standing, verdict in who)
        hint = tr(first.hint) if first.misconception else ""
        example = "" if first.unfilled else first.said
        standings = [standing for standing, _ in who]
        return Reason(title=title, sure=sure, hint=hint, example=example, standings=standings, lost=round(lost, 2))

    @cached_property
    def failed_first(self) -> dict[int, list[tuple[Standing, Verdict]]]:
        """The case that failed, from 1 -> whose verdict is on it."""
        found: defaultdict[int, list[tuple[Standing, Verdict]]] = defaultdict(list)
        for standing, verdict in self._asked:
            if verdict.number:
                found[verdict.number].append((standing, verdict))
        return dict(sorted(found.items()))

    @cached_property
    def cases(self) -> int:
        """How many hidden cases there are, in the draw that has the seed 0."""
        return len(self.question.hidden_cases(np.random.default_rng(0)))

    @property
    def untripped(self) -> list[int]:
        """The cases at which no answer failed first."""
        return [number for number in range(1, self.cases + 1) if number not in self.failed_first]

    @property
    def everybody_at(self) -> int:
        """The case that no answer got past; 0 where there is none, or fewer than three tried."""
        answers = [verdict for _, verdict in self._asked if not verdict.unfilled]
        places = {verdict.number for verdict in answers}
        return places.pop() if len(answers) > 2 and len(places) == 1 else 0

    @cached_property
    def readings(self) -> list[Reading]:
        """Measured times, the fastest first."""
        timed = [(verdict.speed.ratio, standing) for standing, verdict in self._asked if verdict.speed]
        timed.sort(key=lambda each: each[0])
        return [Reading(standing=standing, ratio=ratio, near=self._near(ratio)) for ratio, standing in timed]

    def _near(self, ratio: float) -> bool:
        if not self.question.speed:
            return False
        limits = self.question.speed.limits
        return any(abs(ratio / limit - 1) <= NEAR for limit in (limits.full, limits.zero))


def _title(standing: Standing, verdict: Verdict) -> tuple[str, bool]:
    """What a lost point is counted under, and whether that is sure."""
    mark = standing.marks.get(verdict.question)
    if mark and mark.by_hand:
        return say("reason.by_hand"), True
    if verdict.unfilled:
        return say("reason.untouched"), True
    if verdict.misconception:
        key = "reason.maybe" if verdict.guessed else "reason.known"
        return say(key, name=verdict.misconception.replace("_", " ")), not verdict.guessed
    key = f"reason.{verdict.rung}"
    return say(key if key in SAID else "reason.other"), True
