"""What becomes of two known mistakes of one question in one cell."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from aics.check.ask import Answer
from aics.check.judge import Mistake
from aics.check.naming import alike, end_alike
from autograder.authoring.cell import cell_of
from autograder.authoring.pairs import NO_NAME, Pair
from autograder.course import Lab
from autograder.measure.bank import Bank
from autograder.measure.fresh import Fresh, named_in
from autograder.measure.judging import Asked, Judged, Judging, Replies

#: What a pair is: two mistakes of which both show, two of which one hides the other, or lines that do not fit together.
REAL, MASKED, BROKEN = "real", "masked", "broken"
#: What is known of a pair whose process died.
DIED: dict[str, Any] = {"judged": None, "kind": REAL, "unseen": {"seen": True}}


@dataclass(frozen=True, kw_only=True)
class PairTrial(Judged):
    """What became of a pair.

    Attributes
    ----------
    kind : str
        `REAL`, `MASKED` or `BROKEN`.
    true : bool
        Where the check names a mistake: it is one of the two, or answers what the pair does on fresh cases too.
    unseen, unseen_true : str, bool
        How it is named, and whether truly, by a check that does not know this pair, but all others: what a student
        gets whose two mistakes nobody has put together before.
    """

    lab: str
    question: str
    one: str
    other: str
    kind: str
    true: bool = False
    unseen: str = "none"
    unseen_true: bool = False

    @property
    def real(self) -> bool:
        """Both mistakes show."""
        return self.kind == REAL


def trials(lab: Lab, question: str, pairs: Sequence[Pair]) -> Iterator[PairTrial]:
    """Yield what becomes of each pair of one question. CourseError where the solution itself does not pass."""
    judging, alone, fresh = Judging(lab, question), Bank(lab, question, (0,)), Fresh(lab, question)
    public = {mistake.name: mistake for mistake in judging.public.mistakes}
    with judging.prepared(cell_of(lab, question).source):
        for pair in pairs:
            known = [(alone.known(name)[0], public[name]) for name in (pair.one, pair.other)]
            found = judging.tried(pair.source, partial(_found, judging, known, pair)) or DIED
            judged = judging.judged_of(found["judged"])
            unseen = Judged(rungs=(), **found["unseen"])
            yield PairTrial(
                **vars(judged),
                lab=lab.name,
                question=question,
                one=pair.one,
                other=pair.other,
                kind=found["kind"],
                true=_true(judging, fresh, pair, judged),
                unseen=unseen.name,
                unseen_true=_true(judging, fresh, pair, unseen),
            )


def _true(judging: Judging, fresh: Fresh, pair: Pair, judged: Judged) -> bool:
    names = named_in(judged.misconception)
    return bool(names) and ({*names} <= {pair.one, pair.other} or fresh.bear_out(judging, pair.source, judged))


def _found(judging: Judging, known: Sequence[tuple[Mistake, Mistake]], pair: Pair, asked: Asked) -> dict[str, Any]:
    replies = judging.replies(asked)
    own = itertools.combinations_with_replacement((pair.one, pair.other), 2)
    unseen = judging.own_check(replies.public, {f"{one} and {other}" for one, other in own})
    return {"judged": judging.verdict_on(replies), "kind": _kind(judging, replies, known), "unseen": unseen}


def _kind(judging: Judging, replies: Replies, known: Sequence[tuple[Mistake, Mistake]]) -> str:
    """Compare a pair's replies with those of each of the two alone, on hidden cases and on public ones."""
    answers = [*replies.hidden, *(replies.public or ())]
    alone: list[list[Answer | str]] = [[*hidden.answers, *public.answers] for hidden, public in known]
    if any(_same(judging, answers, each) for each in alone):
        return MASKED
    raised = [{_raised(answer) for answer in each} for each in (answers, *alone)]
    return BROKEN if any(name in raised[0] and name not in raised[1] | raised[2] for name in NO_NAME) else REAL


def _same(judging: Judging, answers: Sequence[Answer | str], known: Sequence[Answer | str]) -> bool:
    return len(answers) == len(known) and all(
        isinstance(a, Answer) and isinstance(b, Answer) and alike(judging.public.rule, a, b) and end_alike(a, b)
        for a, b in zip(answers, known, strict=True)
    )


def _raised(answer: Answer | str) -> str:
    return answer.raised.type if isinstance(answer, Answer) and answer.raised else ""
