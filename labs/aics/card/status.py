"""The outcomes that a card shows, each by a word, a shape and a colour."""

from __future__ import annotations

from dataclasses import dataclass

from aics.card.words import number, say
from aics.check.verdict import Verdict


@dataclass(frozen=True)
class Status:
    """One outcome, which is never shown by its colour alone.

    Attributes
    ----------
    key : str
        Entry of `aics.card.words.CARD_WORDS`.
    symbol, mark : str
        Its shape on a page, and in plain ASCII for a terminal.
    colour : str
        White text on it has a contrast of at least 4.5.
    tone : str
        Bootstrap's name for it: feedback pages drop our styles but have Bootstrap's classes.
    """

    key: str
    symbol: str
    mark: str
    colour: str
    tone: str

    @property
    def word(self) -> str:
        """Return the status in words."""
        return say(self.key)


RIGHT = Status("right", "\u2713", "[+]", "#19795a", "success")
PARTLY = Status("partly", "\u25d0", "[~]", "#8a6100", "info")
NOT_YET = Status("not_yet", "\u2715", "[-]", "#b5480f", "warning")
TO_DO = Status("to_do", "\u25cb", "[ ]", "#4f6478", "default")
NOT_ASKED = Status("not_asked", "\u2013", "[ ]", "#4f6478", "default")
#: What a written answer is, before a person has read it.
FILLED = Status("filled", "\u25cf", "[=]", "#2f5f8f", "info")
EMPTY = Status("empty", "\u25cb", "[ ]", "#4f6478", "default")
NOT_SEEN = Status("not_seen", "?", "[?]", "#4f6478", "default")

#: What a question can be, by key.
EVERY = {status.key: status for status in (RIGHT, PARTLY, NOT_YET, TO_DO, NOT_ASKED)}


def status_of(verdict: Verdict) -> Status:
    """Return the status of a verdict."""
    if verdict.unfilled:
        return TO_DO
    if not verdict.max_score:
        return NOT_ASKED
    if verdict.passed:
        return RIGHT
    return PARTLY if verdict.score > 0 else NOT_YET


def points_words(score: float, max_score: float, *, bonus: bool = False) -> str:
    """Return points as a card shows them: ``6.5 / 8 points``, ``+10 bonus``."""
    if bonus:
        key = "bonus" if score == max_score else "bonus_part"
    else:
        key = "points_of_one" if max_score == 1 else "points"
    return say(key, score=number(score), max_score=number(max_score))
