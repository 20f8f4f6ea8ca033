"""What there is to say of when a hand-in came; nothing here needs nbgrader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from aics.language import sentences, words

SAID = {
    "late": "Handed in {when}, {late} after it was due.",
    "late.free": "Handed in {when}, {late} after it was due: {free:g} of {all:g} late days are used for it.",
    "called": "The learning management system calls it late. Without a time and a due date, nothing is taken off.",
    "penalty": "That takes {points:g} off the {score:g} points.",
    "nothing": "Nothing is taken off.",
}
UNITS = {"d": "{number} d", "h": "{number} h", "min": "{number} min"}
say, say_length = words(SAID), words(UNITS)


@dataclass(frozen=True, kw_only=True)
class Lateness:
    """What there is to say of when a hand-in came; said in the language that is spoken then.

    Attributes
    ----------
    when : str
        When it came, by the course's clock; "" where it was not late.
    seconds, free, all_free : float
        How late it was; late days used for it, and those that everybody has.
    points, score : float
        What that takes off, of which score.
    called : bool
        Whether nothing is known but that a learning management system calls it late.
    """

    when: str = ""
    seconds: float = 0.0
    free: float = 0.0
    all_free: float = 0.0
    points: float = 0.0
    score: float = 0.0
    called: bool = False

    @property
    def said(self) -> str:
        """The sentences on it; "" where it was not late."""
        if not self.when:
            return say("called") if self.called else ""
        key, late = "late.free" if self.free else "late", _length(self.seconds)
        came = say(key, when=self.when, late=late, free=self.free, all=self.all_free)
        cost = say("penalty", points=round(self.points, 2), score=self.score) if self.points else say("nothing")
        return sentences(came, cost)


def _length(seconds: float) -> str:
    """Say a length of time as people do: ``1 d 3 h``, ``20 min``."""
    minutes = max(1, round(timedelta(seconds=seconds) / timedelta(minutes=1)))
    parts = ((minutes // 1440, "d"), (minutes % 1440 // 60, "h"), (minutes % 60, "min"))
    return " ".join(say_length(unit, number=number) for number, unit in [part for part in parts if part[0]][:2])
