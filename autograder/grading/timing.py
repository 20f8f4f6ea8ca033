"""Measure how long a student's code takes beside the reference's, from outside both processes.

CPU time of all processes of a sandbox around one ask, on fresh inputs, alternating sides, every
timed answer checked. The cost of carrying the arrays there and back is measured in the reference's
sandbox and taken off both. While one side runs the other is stopped, and neither may fork.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from aics.check.ask import Answer
from aics.check.rules import SpeedLimits
from autograder.course.question import Case
from autograder.grading.bench import Side
from autograder.grading.line import Blank, Line, NoAnswer

ROUNDS = 16
#: A round more is run until the best two times of a side lie this close together.
SETTLED = 0.03
MOST_ROUNDS = 24
#: Echoes of which the quickest says what the way of the arrays costs.
ECHOES = 8
#: Below this share of the wall's time, a student's CPU time is not believed and the wall counts.
BELIEVABLE = 0.25
#: Seconds and bytes of arrays that one timed answer may take.
SECONDS = 10.0
ROOM = 1 << 26
#: A reading ends after three rounds where it is this many times beyond all points, and in any case after
#: so many seconds.
HOPELESS = 2.0
READING_SECONDS = 20.0
FEWEST_ROUNDS = 3

#: ``right(case, expected, answer)``: whether a timed answer is what the reference answered.
Right = Callable[[Case, Mapping[str, np.ndarray], Answer], bool]


class WrongWhenTimed(Exception):
    """A timed answer was not right; holds the case, the reference's outputs and the answer."""

    def __init__(self, case: Case, expected: Mapping[str, np.ndarray], answer: Answer) -> None:
        """Keep what the judge needs for its verdict."""
        super().__init__("wrong when timed")
        self.case, self.expected, self.answer = case, expected, answer


class ReferenceSilent(Exception):
    """The reference did not answer: the grader's own trouble, and no fault of the student's."""


def speed_ratio(
    student: Side,
    reference: Side,
    question: str,
    draw: Callable[[], Case],
    right: Right,
    limits: SpeedLimits,
) -> float:
    """Time of the student's code over the reference's, net of transfer.

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
        A reading above the ratio for full points is measured again and the better one counts.

    Raises WrongWhenTimed for a wrong answer on a timed case, NoAnswer where the student's side gives
    none, ReferenceSilent where the reference gives none.
    """
    duel = _Duel(student, reference, question, right, HOPELESS * limits.zero)
    try:
        for side in (student, reference):
            side.kernel.freeze_forks()
            side.kernel.end_others()
        duel.turn(draw(), student_first=True)  # warm-up: first calls pay for imports and caches
        carried = duel.echo(draw())
        ratio = duel.reading(draw, carried)
        if ratio > limits.full:
            carried = min(carried, duel.echo(draw()))
            ratio = min(ratio, duel.reading(draw, carried))
        return ratio
    finally:
        for side in (student, reference):
            side.kernel.resume()
            side.kernel.thaw_forks()


class _Duel:
    def __init__(self, student: Side, reference: Side, question: str, right: Right, hopeless: float) -> None:
        self._student, self._reference = student, reference
        self._question, self._right, self._hopeless = question, right, hopeless
        self._outputs: dict[str, Blank] = {}

    def turn(self, case: Case, student_first: bool) -> tuple[Time, Time]:
        """Times of the student and of the reference on one case, in either order."""
        sides = (self._student, self._reference) if student_first else (self._reference, self._student)
        came = {}
        for side in sides:
            came[side.kernel] = self._timed(side, lambda line: line.ask(self._question, case, SECONDS, ROOM))
        (answer, own), (known, other) = came[self._student.kernel], came[self._reference.kernel]
        if known.values is None:
            raise ReferenceSilent("died")
        self._outputs = {n: {"dtype": v.dtype.str, "shape": list(v.shape)} for n, v in known.values.items()}
        if not self._right(case, known.values, answer):
            raise WrongWhenTimed(case, known.values, answer)
        return own, other

    def reading(self, draw: Callable[[], Case], carried: float) -> float:
        """The ratio of the two sides' best times over several rounds."""
        own: list[Time] = []
        other: list[float] = []
        ends = time.monotonic() + READING_SECONDS
        while len(own) < MOST_ROUNDS and (
            len(own) < ROUNDS or not (_settled([t.cpu for t in own]) and _settled(other))
        ):
            if own and time.monotonic() > ends:
                break
            if len(own) >= FEWEST_ROUNDS and _cost(own) > self._hopeless * min(other):
                break
            times = self.turn(draw(), student_first=len(own) % 2 == 0)
            own.append(times[0])
            other.append(times[1].cpu)  # the reference hides no work: only its CPU time counts
        floor = 0.05 * min(other)  # a difference of two measurements: never let it reach zero
        return max(_cost(own) - carried, floor) / max(min(other) - carried, floor)

    def echo(self, case: Case) -> float:
        """Seconds that the arrays' way there and back takes, without any work."""
        return min(
            self._timed(self._reference, lambda line: line.echo(case, self._outputs, SECONDS, ROOM))[1].cpu
            for _ in range(ECHOES)
        )

    def _timed(self, side: Side, call: Callable[[Line], Answer]) -> tuple[Answer, Time]:
        rival = self._reference if side is self._student else self._student
        rival.kernel.pause()
        side.kernel.resume()
        wall, cpu = time.perf_counter_ns(), side.kernel.cpu_ns()
        try:
            answer = call(side.line)
        except NoAnswer as silence:
            if side is self._reference:
                raise ReferenceSilent(silence.why) from silence
            raise
        cpu, wall = side.kernel.cpu_ns() - cpu, time.perf_counter_ns() - wall
        return answer, Time(cpu / 1e9, wall / 1e9)


class Time(NamedTuple):
    """Seconds of one timed ask: CPU time of the whole sandbox, and the wall's."""

    cpu: float
    wall: float


def _cost(times: list[Time]) -> float:
    """The best CPU time; the best wall time where CPU is clearly below that in every round.

    One round says nothing: a busy machine makes any wall time long, never all of many.
    """
    cpu, wall = min(t.cpu for t in times), min(t.wall for t in times)
    return cpu if cpu >= BELIEVABLE * wall else wall


def _settled(times: list[float]) -> bool:
    best = sorted(times)[:2]
    return best[1] - best[0] <= SETTLED * best[0]
