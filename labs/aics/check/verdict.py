"""A verdict: what the judge says of one question, as data. Rendering is in `aics.card`."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from aics.language import sentences

#: The judge's ladder; a verdict names the first rung that failed, or "" when all held.
#: "stopped" is the grader's own: the code hung, crashed, or burst a limit of the sandbox.
RUNGS = ("allowed", "defined", "raises", "type", "shape", "dtype", "finite", "values", "speed", "stopped")

#: How a misconception was recognised: it answers every public case just so; only the first failing case just so, so
#: that it is a guess; or two of them together do; or it does together with one of several others.
MATCHES = ("all", "first", "both", "little", "among")
#: Those in which the name is a guess.
GUESSES = ("first", "little", "among")


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Where an answer differs, small enough to look at.

    Attributes
    ----------
    output : str
        Name of the array that differs, such as ``d_weight``.
    index : tuple of int
        First index (C order) at which the error is too large.
    got, expected : (R, C) float64 or bool array
        The 2-D slice of both arrays through `index` (last two axes; vectors become one row), at
        most 16 x 16, cut around `index`.
    marks : (R, C) bool array
        Which cells of the slice are wrong.
    corner : (int, int)
        Row and column of the slice's first cell in the whole array's last two axes.
    wrong, size : int
        How many cells of the whole array are wrong, and how many it has.
    error, allowed : float
        Largest absolute error among the wrong cells, inf or nan where one of them is not finite; and the
        largest error that the tolerance allows, nan where it allows a factor.
    """

    output: str
    index: tuple[int, ...]
    got: np.ndarray
    expected: np.ndarray
    marks: np.ndarray
    corner: tuple[int, int]
    wrong: int
    size: int
    error: float
    allowed: float


@dataclass(frozen=True, kw_only=True)
class SpeedReading:
    """A measured time ratio and the curve that turns it into points (see `aics.check.rules`).

    `against` says in words what the time was compared with.
    """

    ratio: float
    full: float
    zero: float
    against: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The judge's finding on one question.

    Attributes
    ----------
    question : str
        The question's name, its nbgrader grade_id.
    score, max_score : float
        Points earned and to be had, ``0 <= score <= max_score``.
    rung : str
        First rung of the ladder that failed, one of `RUNGS`; "" if none.
    reason : str
        One sentence: what was found.
    cause : str
        The questions that this one builds on and that are not right yet, in a sentence; may be empty.
    got, expected : str
        What came and what should have come, in words; may be empty.
    reads : str
        What the output that failed is, in words; may be empty.
    next_move : str
        What to do next; may be empty.
    misconception, hint : str
        Name of the misconception that the outputs equal, and its explanation; may be empty.
    worked : tuple of str
        The hint worked out, step by step: where to look, the idea, the line. It is shown behind a fold.
    match : str
        What the name rests on, one of `MATCHES`.
    number : int
        Which case failed, from 1; 0 where none did.
    case : str
        The failing case in words, such as ``x [2, 3, 5, 7], stride 2``.
    evidence : Evidence or None
        Where values differ.
    speed : SpeedReading or None
        For questions with a speed rule, once values are right.
    untimed : bool
        Values are right, and a busy machine let nobody say how fast the code is: it has all points until it is timed.
    unfilled : bool
        The stub is untouched; the card says what to do instead of what went wrong.
    bonus : bool
        The points are extra credit.
    own : float or None
        Points of extra credit for what was answered about the own code; None where the lab does not ask.
    notes : tuple of str
        Further remarks, such as a cell that could not run.
    """

    question: str
    score: float
    max_score: float
    rung: str = ""
    reason: str = ""
    cause: str = ""
    got: str = ""
    expected: str = ""
    reads: str = ""
    next_move: str = ""
    misconception: str = ""
    hint: str = ""
    worked: tuple[str, ...] = ()
    match: str = "all"
    number: int = 0
    case: str = ""
    evidence: Evidence | None = None
    speed: SpeedReading | None = None
    untimed: bool = False
    unfilled: bool = False
    bonus: bool = False
    own: float | None = None
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if not 0 <= self.score <= self.max_score:
            raise ValueError(f"{self.question}: score {self.score} is outside 0..{self.max_score}")
        if self.rung and self.rung not in RUNGS:
            raise ValueError(f"{self.question}: no rung {self.rung!r}; there are {', '.join(RUNGS)}")

    @property
    def said(self) -> str:
        """The cause if there is one, which is to be mended first, and the reason."""
        return sentences(self.cause, self.reason)

    @property
    def extra(self) -> float | None:
        """All points of extra credit; None for a question that gives none."""
        if not self.bonus and self.own is None:
            return None
        return (self.score if self.bonus else 0.0) + (self.own or 0.0)

    @property
    def guessed(self) -> bool:
        """Whether a misconception is named that this need not be: by its match, or because there is a cause."""
        return bool(self.misconception) and self.grounds in (*GUESSES, "cause")

    @property
    def grounds(self) -> str:
        """What makes the name sure or a guess: `match`, or ``cause`` where it would be sure if there were none."""
        return "cause" if self.cause and self.match not in GUESSES else self.match

    @property
    def passed(self) -> bool:
        """Whether every point was earned."""
        return self.score == self.max_score and not self.rung
