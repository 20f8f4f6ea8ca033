"""What a hand-in comes to, defined once for the terminal, the report, its tables, grades.csv and formgrader's lists.

Points for code, points for answers in words, extra credit and the price of lateness are counted apart: extra credit
never stands in for an answer that nobody has read yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import reduce

from aics.language import tr, words
from autograder.course import Lab

SAID = {
    "points": "{points:g} of {most:g} points",
    "bonus": "{points:g} bonus",
    "penalty": "{points:g} off for lateness",
    "waiting": "{points:g} more wait for a person",
}
say = words(SAID)


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What the gradebook has of one graded cell.

    Attributes
    ----------
    score, max_score : float
        Points given, by the grader or by a person; points that there are. Extra credit is in neither.
    extra : float
        Points of extra credit.
    waiting : bool
        A person is to give or to confirm the points.
    by_hand : bool
        A person gave them.
    """

    score: float
    max_score: float
    extra: float = 0.0
    waiting: bool = False
    by_hand: bool = False


@dataclass(frozen=True, kw_only=True)
class Total:
    """The points of one hand-in.

    Attributes
    ----------
    points, out_of : float
        For code: given, and to be had.
    written, written_out_of : float
        For answers in words: given, and to be had.
    waiting : float
        Of `written_out_of`, what nobody has graded yet.
    bonus : float
        Extra credit.
    penalty : float
        What lateness takes off.
    """

    points: float = 0.0
    out_of: float = 0.0
    written: float = 0.0
    written_out_of: float = 0.0
    waiting: float = 0.0
    bonus: float = 0.0
    penalty: float = 0.0

    @classmethod
    def of(cls, code: Iterable[Mark], words: Iterable[Mark] = (), penalty: float = 0.0) -> Total:
        """Add up the marks of cells with code and of answers in words."""
        code, words = list(code), list(words)
        read = [mark for mark in words if not mark.waiting]
        return cls(
            points=sum(mark.score for mark in code),
            out_of=sum(mark.max_score for mark in code),
            written=sum(mark.score for mark in read),
            written_out_of=sum(mark.max_score for mark in words),
            waiting=sum(mark.max_score for mark in words) - sum(mark.max_score for mark in read),
            bonus=sum(mark.extra for mark in (*code, *words)),
            penalty=penalty,
        )

    @classmethod
    def of_lab(cls, lab: Lab, marks: Mapping[str, Mark], unasked: Collection[str], penalty: float) -> Total:
        """Add up what a hand-in has; of the original course's files, what that course does not ask is not counted.

        In a lab that is none of these, such as one of the instructor's own in the same gradebook, all counts as code.
        """
        written = lab.written if lab.folder.exists() else ()
        words = [] if unasked else [marks[name] for name in written if name in marks]
        code = [mark for name, mark in marks.items() if name not in written and name not in unasked]
        return cls.of(code, words, penalty)

    @classmethod
    def summed(cls, totals: Collection[Total], over: float = 1.0) -> Total:
        """Add up several hand-ins, each kind of points apart; `over`: what the sums are divided by."""
        return cls(**{part.name: sum(getattr(each, part.name) for each in totals) / over for part in fields(cls)})

    @classmethod
    def mean(cls, totals: Collection[Total]) -> Total:
        """Average several hand-ins; nothing where there are none."""
        return cls.summed(totals, over=len(totals) or 1.0)

    @property
    def score(self) -> float:
        """All that was given so far, extra credit too, less what lateness takes off."""
        return max(0.0, self.raw - self.penalty)

    @property
    def raw(self) -> float:
        """The same before lateness takes anything off."""
        return self.points + self.written + self.bonus

    @property
    def graded(self) -> float:
        """Points without extra credit, of what is graded so far."""
        return self.points + self.written

    @property
    def graded_out_of(self) -> float:
        """What these are out of."""
        return self.out_of + self.written_out_of - self.waiting

    @property
    def share(self) -> float:
        """The fraction of the points that was given, between 0 and 1; lateness counts, extra credit does not."""
        return max(0.0, self.graded - self.penalty) / self.graded_out_of if self.graded_out_of else 0.0

    @property
    def said(self) -> str:
        """All of it in words, in which nothing stands for another."""
        points = say("points", points=round(self.graded, 2), most=self.graded_out_of)
        more = [*_said(bonus=self.bonus), *self.beside]
        return reduce(lambda said, then: tr("{said}, {more}", said=said, more=then), more, points)

    @property
    def beside(self) -> list[str]:
        """In words what `figure` does not have: what lateness takes off, what waits for a person."""
        return _said(penalty=self.penalty, waiting=self.waiting)

    @property
    def figure(self) -> str:
        """Points of what is graded so far, out of what that is; extra credit beside them: ``100 / 100 + 10``."""
        bonus = f" + {round(self.bonus, 2):g}" if self.bonus else ""
        return f"{round(self.graded, 2):g} / {round(self.graded_out_of, 2):g}{bonus}"

    @property
    def written_figure(self) -> str:
        """The same of answers in words alone, of all of them; ``?`` is what nobody has graded yet: ``3 + ? / 10``."""
        read = self.written_out_of > self.waiting or not self.waiting
        parts = [f"{round(self.written, 2):g}"] * read + ["?"] * bool(self.waiting)
        return f"{' + '.join(parts)} / {round(self.written_out_of, 2):g}"


def _said(**parts: float) -> list[str]:
    return [say(name, points=round(points, 2)) for name, points in parts.items() if points]
