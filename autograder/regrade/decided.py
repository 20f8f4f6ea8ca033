"""A decision on a request: points and comment go into the gradebook, and who decided what on which grounds is kept."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime

from autograder.course import ClassFolder, CourseError
from autograder.gradebook.by_hand import give
from autograder.grading.verdict_json import to_json
from autograder.regrade.kept import Decision, Kept, book
from autograder.regrade.opened import Opened, opened
from autograder.regrade.words import say


@dataclass(frozen=True, kw_only=True)
class Deciding:
    """What a person says of a request.

    Attributes
    ----------
    grader : str
        Who decides.
    points : float or None
        What the answer gets; None where the points stay.
    comment : str
        For the student; may be empty.
    again : bool
        Also where it was decided before.
    seen : float or None
        The points that were there when the request was read; None where nobody noted them.
    """

    grader: str
    points: float | None = None
    comment: str = ""
    again: bool = False
    seen: float | None = None


def decide(state: ClassFolder, number: int, how: Deciding) -> tuple[Opened, Decision]:
    """Decide a request, and return it as it was with the decision; CourseError where that cannot be."""
    with book(state) as kept:
        about = opened(state, kept.kept, number)
        _check(about, how, kept.kept)
        decision = _decision(about, how)
        request, points = about.request, None if decision.kept else decision.points
        give(state, request.lab, request.question, [request.student], points, _signed(decision), below=True)
        kept.decide(decision)
    return about, decision


def _check(about: Opened, how: Deciding, kept: Kept) -> None:
    """Raise CourseError where this cannot be decided so."""
    before = kept.decisions.get(about.request.number, ())
    if not how.grader.strip():
        raise CourseError(say("no_grader"))
    if before and not how.again:
        last = before[-1]
        raise CourseError(say("already", number=last.number, when=last.when, grader=last.grader))
    if how.seen is not None and not math.isclose(how.seen, about.points, abs_tol=1e-6):
        raise CourseError(say("meanwhile", before=how.seen, points=about.points))
    if how.points is not None and not about.most:
        raise CourseError(say("not_asked", question=about.request.question))
    if how.points is not None and not 0 <= how.points <= about.most:
        raise CourseError(say("between", question=about.request.question, most=about.most))


def _decision(about: Opened, how: Deciding) -> Decision:
    return Decision(
        number=about.request.number,
        when=datetime.now(UTC).isoformat(timespec="seconds"),
        grader=how.grader.strip(),
        kept=how.points is None,
        before=about.points,
        points=about.points if how.points is None else how.points,
        comment=how.comment.strip(),
        rules=about.rules,
        isolation=about.isolation,
        verdict=to_json(about.verdict) if about.verdict else None,
    )


def _signed(decision: Decision) -> str:
    """What the student reads: the comment, and by whom and how it was decided."""
    key = "signed.kept" if decision.kept else "signed.changed"
    signed = say(key, before=decision.before, points=decision.points, grader=decision.grader)
    return "\n\n".join(filter(None, [decision.comment, signed]))
