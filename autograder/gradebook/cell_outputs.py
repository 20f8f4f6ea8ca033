"""A verdict as what a test cell shows: the card, then the score as the plain number that nbgrader reads."""

from __future__ import annotations

from dataclasses import replace

from aics.card.card import feedback_outputs
from aics.check.verdict import Verdict
from aics.language import tr
from autograder.grading.record import Outputs


def outputs_of(verdict: Verdict, isolation: str) -> Outputs:
    """The test cell's outputs.

    A bonus is worth nothing in nbgrader's own sum; its points go to the gradebook as extra credit.
    """
    noted = replace(verdict, notes=(*verdict.notes, tr("Isolation level: {isolation}.", isolation=isolation)))
    number: dict[str, object] = {
        "output_type": "execute_result",
        "execution_count": None,
        "data": {"text/plain": repr(auto_score(verdict))},
        "metadata": {"aics": {} if verdict.extra is None else {"bonus": verdict.extra}},
    }
    return [*feedback_outputs(noted), number]


def auto_score(verdict: Verdict) -> float:
    """What nbgrader records as the automatic score."""
    return 0.0 if verdict.bonus else float(verdict.score)
