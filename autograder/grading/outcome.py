"""How long a run may take, and what it brings."""

from __future__ import annotations

from dataclasses import dataclass, field

from aics.check.verdict import Verdict
from aics.own.asked import Asked


@dataclass(frozen=True, kw_only=True)
class Patience:
    """Seconds, of an `Allowance`, that a cell, a question's public or hidden cases, and a whole hand-in may take."""

    cell: float = 20.0
    question: float = 10.0
    hand_in: float = 240.0


@dataclass(kw_only=True)
class Outcome:
    """What a run brought: verdicts by question, outputs by the step's number, and the cells that failed.

    `own_checks` holds what the notebook's own check said of each question, for trusted code only; `own` the questions
    about the cells of right answers, where they were asked for.
    """

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    outputs: dict[int, list[dict[str, object]]] = field(default_factory=dict)
    failed_cells: list[str] = field(default_factory=list)
    own_checks: dict[str, dict[str, object]] = field(default_factory=dict)
    own: dict[str, list[Asked]] = field(default_factory=dict)
