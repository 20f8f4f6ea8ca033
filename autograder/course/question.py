"""What the instructor knows about a question: its points, its cases, its oracle and its rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from aics.check.output import Output
from aics.check.rules import SpeedLimits
from autograder.course.original import ASKED, Original
from autograder.course.parameters import Drawn, Parameters, bound

#: One input set: keyword arguments of the question's ask, arrays or plain values; where it is hidden, a `Counted` too.
Case = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Speed:
    """A question's speed rule.

    Parameters
    ----------
    case : callable
        ``case(rng) -> Case``: a fresh input of the timed size; its working set fits the cache.
    limits : SpeedLimits
        Ratio to the reference (the notebook's own solution) for full and for no points.
    reason : str
        Why these limits: which right solutions they leave room for, with measured ratios.
    advice : str
        What whoever is too slow should try next; true for any slow code, whether it has a loop or not.
    """

    case: Callable[[np.random.Generator], Case]
    limits: SpeedLimits
    reason: str
    advice: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """A graded test cell.

    Parameters
    ----------
    name : str
        The nbgrader grade_id; also the name of its ask in ``aics.<lab>.asks`` and of the stub
        cell that it grades.
    points : float
        Points of a right answer.
    cases : callable
        ``cases(rng) -> list of Case``. The same function draws the public cases (fixed seed) and
        the hidden ones, so every draw must cover what the misconceptions get wrong.
    hidden : callable, optional
        ``hidden(rng) -> list of Case``: cases that the grader alone asks, after the others. They are for work that is
        not to be done and leaves no trace in any array: here the grader counts it, or it lacks what it needs. They are
        also for answers, such as yes and no, that would be the same on every draw of the others.
    expected : callable
        ``expected(**case) -> dict of arrays``: the oracle, float64, from the definition.
    outputs : sequence of Output
        What each output must be: kind, tolerance, and how a person reads it. The first whose name covers an
        output counts, so one with the name ``*`` stands last, or alone.
    speed : Speed, optional
        Where the points also depend on the time.
    bonus : bool
        The points are extra credit.
    returned_bytes : int
        Room for what an ask returns where a measure computes less from it; otherwise what is expected says it.
    allowed : sequence of str
        What this question's code may use beyond NumPy, harmless parts of the standard library and the lab's
        ``ALLOWED``: modules or names of modules, such as ``"PIL"`` (see `aics.check.imports`).
    builds_on : sequence of str
        Questions whose code this one runs too, or may: where both are wrong, the card names them.
    original : Original, optional
        How the original course asks it; a question without one is no question of that course.
    parameters : Parameters, optional
        What of it may differ from student to student. `cases`, `hidden` and `expected` get those that they name as
        keywords, and have the default's values as defaults. A question whose speed counts has none.
    """

    name: str
    points: float
    cases: Callable[[np.random.Generator], list[Case]]
    expected: Callable[..., dict[str, np.ndarray]]
    outputs: Sequence[Output]
    hidden: Callable[[np.random.Generator], list[Case]] | None = None
    speed: Speed | None = None
    bonus: bool = False
    returned_bytes: int = 0
    allowed: Sequence[str] = ()
    builds_on: Sequence[str] = ()
    original: Original | None = None
    parameters: Parameters | None = None

    def having(self, drawn: Drawn | None) -> Question:
        """The question with these parameters; itself where none are given."""
        if not drawn:
            return self
        hidden = self.hidden and bound(self.hidden, drawn)
        return replace(self, cases=bound(self.cases, drawn), expected=bound(self.expected, drawn), hidden=hidden)

    def hidden_cases(self, rng: np.random.Generator) -> list[Case]:
        """The cases that decide: those of a fresh draw, and what the grader alone asks."""
        return [*self.cases(rng), *(self.hidden(rng) if self.hidden else ())]

    def of_original(self, how: str = ASKED) -> Question:
        """The question as the original course asks it; itself where that makes no difference.

        how : what the line in its stub cell says, `marked`
        """
        original = self.original and self.original.asked(how)
        if original is None or not original.differs:
            return self

        def expected(**case: object) -> dict[str, np.ndarray]:
            wanted = self.expected(**case)
            return {name: wanted[name] for name in wanted if name not in original.without}

        cases, outputs = original.cases or self.cases, (*original.outputs, *self.outputs)
        return replace(self, cases=cases, expected=expected, outputs=outputs, hidden=None)


@dataclass(frozen=True, kw_only=True)
class Written:
    """A question answered in prose and graded by a person in formgrader.

    `parameters`: what of its text may differ from student to student.
    """

    name: str
    points: float
    parameters: Parameters | None = None
