"""The known wrong and right code of a lab's questions."""

from __future__ import annotations

from autograder.course import Lab
from autograder.course.variant import Variant


def known_code(lab: Lab, question: str) -> tuple[list[Variant], list[Variant]]:
    """A question's misconceptions, and its other right ways."""
    mistakes, ways = (
        [variant for variant in variants if variant.question == question]
        for variants in (lab.misconceptions, lab.alternatives)
    )
    return mistakes, ways


def fewest(lab: Lab) -> tuple[int, int]:
    """The misconceptions and the other right ways that the lab's least covered questions have."""
    mistakes, ways = zip(*(map(len, known_code(lab, question)) for question in lab.questions), strict=True)
    return min(mistakes), min(ways)
