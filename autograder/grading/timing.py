"""Measure how long a student's code takes beside the reference's, from outside both processes.

What all processes of a sandbox spend from one ask until they have stopped, on fresh inputs, in strict alternation, so
that each side finds the caches as the other does. Every timed answer is checked. Echoes show the cost of carrying the
arrays there and back. While one side runs the other stands still, and neither may fork.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np

from aics.check.ask import Answer
from aics.check.rules import SpeedLimits
from aics.check.wire import Left
from autograder.course.question import Case
from autograder.grading.bench import Side
from autograder.grading.line import Blank, Line, NoAnswer
from autograder.grading.reading import Reading, Round, Time, read
from autograder.sandbox.books import own_waiting

#: Rounds of a reading; twice as many before anyone loses a point, and at most three times.
ROUNDS = 16
#: Echoes before the first round and whenever a reading goes on.
ECHOES = 6
#: Seconds, of an `Allowance`, and bytes of arrays that one timed answer may take.
SECONDS = 10.0
ROOM = 1 << 26
#: A reading ends after four rounds where it is this many times beyond all points, and in any case after
#: both sides have used so many seconds.
HOPELESS = 1.3
READING_SECONDS = 8.0
FEWEST_ROUNDS = 4

#: ``right(case, expected, answer)``: whether a timed answer is what the reference answered.
Right = Callable[[Case, Mapping[str, np.ndarray], Answer], bool]
#: ``call(line, left)``: one exchange with a sandbox.
Call = Callable[[Line, Left], Answer]


class WrongWhenTimed(Exception):
    """A timed answer was not right; holds the case, the reference's outputs and the answer."""

    def __init__(self, case: Case, expected: Mapping[str, np.ndarray], answer: Answer) -> None:
        """Keep what the judge needs for its verdict."""
        super().__init__("wrong when timed")
        self.case, self.expected, self.answer = case, expected, answer


class ReferenceSilent(Exception):
    """The reference did not answer: the grader's own trouble, and no fault of the student's."""


def speed_reading(
    student: Side,
    reference: Side,
    question: str,
    draw: Callable[[], Case],
    right: Right,
    limits: SpeedLimits,
) -> Reading:
    """Time of the student's code over the reference's, net of transfer, with its control.

    Parameters
    ----------
    student, reference : Side
    question : str
        The question whose ask is timed.
    draw : callable
        ``draw() -> case``: a fresh input at each call.
    right : callable
        ``right(case, expected, answer)``: whether the student's answer matches the reference's.
    limits : SpeedLimits
        A reading above the ratio for full points goes on for as many rounds again.

    Raises WrongWhenTimed for a wrong answer on a timed case, NoAnswer where the student's side gives
    none, ReferenceSilent where the reference gives none, FreezeError where something started or did not stand still.
    """
    duel = _Duel(student, reference, question, right)
    with _alone(student), _alone(reference):
        duel.round(draw())  # warm-up: first calls pay for imports and caches
        rounds: list[Round] = []
        echoes: list[Time] = []
        while len(rounds) < FEWEST_ROUNDS or not _enough(rounds, read(rounds, echoes), limits, duel.used):
            if len(rounds) % ROUNDS == 0:
                echoes += [duel.echo(draw()) for _ in range(ECHOES)]
            rounds.append(duel.round(draw()))
            if len(rounds) % 2 == 0 and secrets.randbits(1):
                rounds[-2:] = rounds[:-3:-1]  # so that nobody knows which half of the control it will be in
        return read(rounds, echoes)


@contextmanager
def _alone(side: Side) -> Iterator[None]:
    """Let nothing be in a sandbox but what was there first, and nothing start; it stands still but for its turns."""
    with side.kernel.frozen():
        side.kernel.end_others()
        side.kernel.pause()
        try:
            yield
        finally:
            side.kernel.resume()


def _enough(rounds: Sequence[Round], reading: Reading, limits: SpeedLimits, used: float) -> bool:
    """Whether more rounds would say nothing new, or there is no time for more."""
    if reading.ratio > HOPELESS * reading.control * limits.zero or used > READING_SECONDS:
        return True
    wanted = ROUNDS if reading.ratio <= limits.full else 2 * ROUNDS
    return len(rounds) >= wanted and (reading.stands(limits) or len(rounds) >= 3 * ROUNDS)


class _Duel:
    """Two sandboxes that are timed in turn; `used` adds up the seconds that both have used so far."""

    def __init__(self, student: Side, reference: Side, question: str, right: Right) -> None:
        self._student, self._reference = student, reference
        self._question, self._right = question, right
        self._outputs: dict[str, Blank] = {}
        self.used = 0.0

    def round(self, case: Case) -> Round:
        """The times of both sides on one case."""
        answer, student = self._ask(self._student, case)
        known, reference = self._ask(self._reference, case)
        if known.values is None:
            raise ReferenceSilent("died")
        if not self._right(case, known.values, answer):
            raise WrongWhenTimed(case, known.values, answer)
        self._outputs = {n: {"dtype": v.dtype.str, "shape": list(v.shape)} for n, v in known.values.items()}
        return Round(student=student, reference=reference)

    def echo(self, case: Case) -> Time:
        """The time that the arrays' way there and back takes."""
        return self._timed(self._reference, lambda line, left: line.echo(case, self._outputs, left, ROOM))[1]

    def _ask(self, side: Side, case: Case) -> tuple[Answer, Time]:
        return self._timed(side, lambda line, left: line.ask(self._question, case, left, ROOM))

    def _timed(self, side: Side, call: Call) -> tuple[Answer, Time]:
        side.kernel.resume()
        left = side.kernel.allowance(SECONDS).left
        waited, before = own_waiting(), side.kernel.spent()
        try:
            answer = call(side.line, left)
        except NoAnswer as silence:
            if side is self._reference:
                raise ReferenceSilent(silence.why) from silence
            raise
        came = time.monotonic()
        side.kernel.pause()
        spent = side.kernel.spent() - before
        late = spent.wall - (came - before.wall) + own_waiting() - waited  # asleep then, it waits for the grader
        self.used += spent.used
        return answer, Time(cpu=spent.cpu, asleep=max(spent.asleep - late, 0.0))
