"""Code that the bank does not hold, and the name that the student's own check gives it all the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aics.language import tr
from autograder.authoring.cell import cell_of
from autograder.course import Lab
from autograder.measure.fresh import Fresh
from autograder.measure.judging import Judged, Judging
from autograder.measure.mutants.trial import mutants_of


@dataclass(frozen=True)
class HeldOut:
    """A known mistake left out of the bank, by its name `left_out`, or a mutant: the lines `was` became `now`."""

    question: str
    source: str
    left_out: str = ""
    was: str = ""
    now: str = ""

    @property
    def called(self) -> str:
        """What a person calls it."""
        if self.left_out:
            return tr("{mistake}, left out", mistake=self.left_out)
        return f"{self.was} -> {self.now}" if self.now else tr("{lines} -> nothing", lines=self.was)


@dataclass(frozen=True, kw_only=True)
class NameTrial(Judged):
    """What became of code that was held out; `true`: what it is named is what it is, as far as answers can say.

    Hidden cases were asked of mistakes that were left out; of mutants the first part of the measurement does that.
    """

    lab: str
    held_out: HeldOut
    true: bool = False


def held_out(lab: Lab, question: str, limit: int = 0) -> list[HeldOut]:
    """Every known mistake of a question and every mutant; with `limit`, so many of each. Those of speed are no part."""
    known = [v for v in lab.misconceptions if v.question == question and not v.slow]
    left_out = [HeldOut(question, v.source, left_out=v.name) for v in known[: limit or None]]
    return left_out + [HeldOut(question, m.source, was=m.was, now=m.now) for m in mutants_of(lab, question, limit)]


def trials(lab: Lab, question: str, chosen: Sequence[HeldOut]) -> Iterator[NameTrial]:
    """Yield what becomes of each piece of code. CourseError where the solution itself does not pass."""
    judging, fresh = Judging(lab, question), Fresh(lab, question)
    with judging.prepared(cell_of(lab, question).source):
        for each in chosen:
            judged = judging.judged(each.source, {each.left_out}, hidden=bool(each.left_out))
            true = bool(judged.misconception) and fresh.bear_out(judging, each.source, judged)
            yield NameTrial(**vars(judged), lab=lab.name, held_out=each, true=true)
