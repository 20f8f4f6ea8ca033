"""Lab 7: questions on the gradient of each operator; points, cases, oracles, and tolerances with their reasons."""

from __future__ import annotations

import rules_cases
import rules_oracles

from aics.check.output import Output, exact
from aics.check.rules import Tolerance
from autograder.course.question import Question

GRADIENT = Tolerance(
    rtol=1e-4,
    atol=1e-4,
    reason="float32 kernels, sums of up to 280 products: off by 7e-7 of a case's largest entry, 2e-5 at most (measured "
    "on 60 draws). The mistakes err above 1e-3.",
)

QUESTIONS: list[Question] = [
    Question(
        name="op_gradients",
        points=10,
        cases=rules_cases.op_gradients,
        expected=rules_oracles.op_gradients,
        outputs=[
            *exact("tuple", dtype="bool", reads="whether the rule returned a tuple"),
            *exact("entries", reads="how many entries the rule returned: one for each input of the node"),
            *exact("None for labels", dtype="bool", reads="whether the entry for the labels is None"),
            Output(
                name="gradient of *",
                tolerance=GRADIENT,
                reads="the gradient of the loss with respect to this input, once a session has run the rule's nodes",
            ),
        ],
    ),
]
