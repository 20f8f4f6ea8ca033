"""Lab 7: questions on variables, first values and dropout; points, cases, oracles, tolerances with their reasons."""

from __future__ import annotations

import state_cases
import state_oracles

from aics.check.output import Output, exact
from aics.check.rules import Tolerance
from autograder.course.question import Question

COPIED = Tolerance(
    rtol=1e-6, atol=0, reason="A number that was given, as float32; misconceptions' answers are stored to six digits."
)
FACTOR = Tolerance(
    rtol=1e-5, atol=0, reason="A product or a quotient in float32 (1e-7); the mistakes err by a fifth and more."
)


def _of_draws(largest: str, rtol: float = 0.0, atol: float = 0.0) -> Tolerance:
    """A statistic of random numbers, which may err by chance."""
    reason = f"Chance: the reference erred by {largest} at most (60 draws of the cases); twice as much is allowed."
    return Tolerance(rtol=rtol, atol=atol, reason=reason)


QUESTIONS: list[Question] = [
    Question(
        name="variables",
        points=9,
        cases=state_cases.variables,
        expected=state_oracles.variables,
        returned_bytes=1 << 16,  # names, which are told by yes and no in the end
        outputs=[
            *exact("refusal", dtype="bool", reads="whether a GraphError was raised"),
            *exact("mention of *", dtype="bool", reads="whether the GraphError's message holds this"),
            Output(
                name="value of *",
                dtype="as expected",
                tolerance=COPIED,
                reads="what the variable or the constant holds when the script has ended",
            ),
            *exact("times * is in trainable", reads="how often store.trainable holds this tensor"),
            *exact("length of *", reads="how many entries the store has there"),
            *exact("* in variables", dtype="bool", reads="whether store.variables has an entry of this name"),
            *exact("* is float*", "* is int*", "* is bool", dtype="bool", reads="whether the tensor has this dtype"),
            *exact("* is *", dtype="bool", reads="whether the tensor's node has this name, of all that it could have"),
            *exact("free", dtype="bool", reads="whether the array can still be written to by whom it belongs to"),
            *exact("times", reads="how often the initializer was called"),
            *exact("refused", reads="how often a GraphError was raised"),
        ],
    ),
    Question(
        name="initializers",
        points=5,
        cases=state_cases.initializers,
        expected=state_oracles.initializers,
        returned_bytes=8 << 20,  # three arrays of up to 114,000 numbers, of 8 bytes each at most
        outputs=[
            *exact("fan_in", "fan_out", reads="what fans(shape) returned"),
            Output(name="filled", tolerance=COPIED, reads="what filled(shape, value) returned"),
            *exact("* in float32", dtype="bool", reads="whether the array that came back is float32"),
            *exact("*: same seed, *", dtype="bool", reads="whether two generators of one seed gave the same numbers"),
            *exact("*: another seed, *", dtype="bool", reads="whether a generator of another seed gave other numbers"),
            Output(
                name="*: standard deviation",
                tolerance=_of_draws("0.7 %", rtol=0.016),
                reads="the standard deviation of all numbers that were drawn",
            ),
            Output(
                name="*: mean*",
                tolerance=_of_draws("0.011", atol=0.025),
                reads="how far the mean of the draws lies from where it should be",
            ),
            Output(
                name="*: farthest",
                tolerance=Tolerance(
                    rtol=0.01,
                    reason="The farthest of 100,000 draws lies within 0.04 % of the end (60 draws of the cases); the "
                    "mistakes lie 12 % off and more.",
                ),
                reads="how far from the mean the farthest draw lies",
            ),
            Output(
                name="*: share within*",
                tolerance=_of_draws("24 %", rtol=0.45),
                reads="which fraction of the draws lies close to the farthest one",
            ),
            Output(
                name="*: quantiles",
                tolerance=_of_draws("1.5 %", rtol=0.03),
                reads="below which number 2, 10, 25, 50, 75, 90 and 98 % of the draws lie",
            ),
        ],
    ),
    Question(
        name="dropout",
        points=4,
        cases=state_cases.dropout,
        expected=state_oracles.dropout,
        returned_bytes=1 << 20,  # six runs of two arrays of up to 1200 numbers, of 8 bytes each at most
        outputs=[
            Output(name="in use", tolerance=COPIED, reads="what came of x with is_training False, for each seed"),
            Output(
                name="factor of what is kept",
                tolerance=FACTOR,
                reads="the smallest and the largest factor by which numbers grew in training that did not become 0",
            ),
            Output(
                name="share kept",
                tolerance=_of_draws("0.015", atol=0.03),
                reads="which fraction of the numbers did not become 0 in training",
            ),
            Output(
                name="fraction of masks*",
                tolerance=_of_draws("0.026", atol=0.06),
                reads="in which fraction of places one mask keeps the number and the next one drops it",
            ),
            *exact(
                "same if built anew",
                dtype="bool",
                reads="whether a graph built anew, of the same seeds, began with the same masks",
            ),
            *exact("float32", dtype="bool", reads="whether the output is float32"),
        ],
    ),
]
