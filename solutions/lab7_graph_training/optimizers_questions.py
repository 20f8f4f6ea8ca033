"""Lab 7: questions on optimizers; points, cases, oracles, and tolerances with their reasons."""

from __future__ import annotations

import optimizers_cases
import optimizers_oracles

from aics.check.output import Output
from aics.check.rules import Tolerance
from autograder.course.question import Question

PATH = Tolerance(
    rtol=1e-4,
    atol=0,
    reason="20 steps in float32: right ways lie within 1e-6 of the largest value (measured on 40 draws), the mistakes "
    "beyond 0.01.",
)

QUESTIONS: list[Question] = [
    Question(
        name="optimizers",
        points=10,
        cases=optimizers_cases.optimizers,
        expected=optimizers_oracles.optimizers,
        outputs=[
            Output(
                name="weight ? after each step",
                tolerance=PATH,
                reads="what this variable holds after each of 20 steps",
            ),
            Output(
                name="weight without a gradient",
                tolerance=PATH,
                reads="what the variable holds in the end whose gradient is None",
            ),
        ],
    )
]
