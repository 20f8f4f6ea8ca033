"""Lab 7: questions on walks through a graph, forwards and backwards; points, cases, oracles and tolerances."""

from __future__ import annotations

import planning_cases
import planning_oracles

from aics.check.output import Output, exact
from aics.check.rules import SpeedLimits, Tolerance
from autograder.course.question import Question, Speed

TOWERS = Speed(
    case=planning_cases.timed_walk,
    limits=SpeedLimits(full=6, zero=13),
    reason="Right ways measured 1.0 to 2.9 (a stack of iterators 1.2, counted 1.6, Python's graphlib 2.9), which "
    "leaves them twice that and more. Looking in a list reads 22 to 56, the less the more others use the caches; a "
    "node once for each consumer 120 to 390. Ratios: one thread, CPU clock, 2 cores shared with other work.",
    advice="How often is each node looked at, and how long does one look take? A list is searched from its start each "
    "time; a set or a dict is not.",
)
GRADIENTS = Tolerance(
    rtol=1e-5,
    atol=1e-6,
    reason="Sums and products of a few float32 numbers in any order; the long chain adds up a thousand ones, which is "
    "exact.",
)

QUESTIONS: list[Question] = [
    Question(
        name="walk",
        points=5,
        cases=planning_cases.walk,
        expected=planning_oracles.walk,
        outputs=[
            *exact("refusal", dtype="bool", reads="whether a GraphError was raised"),
            *exact("nodes named", dtype="bool", reads="of each node in the circle, whether the message holds its name"),
            *exact(
                "nodes that came",
                reads="the nodes that were returned, by their place in the plan (from 0), sorted; walk after walk",
            ),
            *exact(
                "numbers of the fetches",
                reads="what the fetches come to if the nodes run in the returned order; first walk, then last",
            ),
        ],
        speed=TOWERS,
    ),
    Question(
        name="gradients",
        points=13,
        cases=planning_cases.gradients,
        expected=planning_oracles.gradients,
        outputs=[
            *exact("refusal", dtype="bool", reads="whether a GraphError was raised"),
            *exact("mention of *", dtype="bool", reads="whether the GraphError's message holds this name"),
            *exact("list", dtype="bool", reads="whether a list was returned"),
            *exact("None in the list", dtype="bool", reads="of each wanted tensor, whether None was returned for it"),
            Output(
                name="gradient of *",
                tolerance=GRADIENTS,
                reads="what the returned tensor comes to when the graph runs on fresh numbers",
            ),
            *exact(
                "nodes whose rule was called", reads="how often, node by node in the plan's order, sources left out"
            ),
            *exact("nodes outside the scope gradients", reads="how many of the added nodes are not in this name scope"),
            *exact("more sums than needed", reads="how many nodes Add were made beyond one less than a tensor's uses"),
        ],
        returned_bytes=400_000,
    ),
]
