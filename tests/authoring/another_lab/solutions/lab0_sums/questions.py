"""Lab 0's questions in notebook order: points, cases, oracles and tolerances."""

from __future__ import annotations

import cases
import oracles

from aics.check.output import Output
from aics.check.rules import Tolerance
from autograder.course.question import Question, Written

SUMS = [Output(tolerance=Tolerance(rtol=1e-6, atol=0, reason="Small whole numbers add up exactly in float32."))]
QUESTIONS = [
    Question(name="twice", points=40, cases=cases.rows, expected=oracles.twice, outputs=SUMS),
    Question(name="running_total", points=60, cases=cases.rows, expected=oracles.running_total, outputs=SUMS),
    Written(name="why", points=5),
]
