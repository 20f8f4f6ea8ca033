"""Who gave what by hand, and when: a line of JSON for each decision, kept beside the gradebook for good."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.course import ClassFolder


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One decision on all who wrote the same.

    Attributes
    ----------
    when : str
        Time in UTC, ISO 8601.
    grader : str
        Who took it.
    question, group : str
        The question, and the group's id.
    students : sequence of str
    criteria : sequence of float
        Points for each criterion of the rubric, in its order.
    points : float
    comment : str
        As it was typed.
    """

    when: str
    grader: str
    question: str
    group: str
    students: Sequence[str]
    criteria: Sequence[float]
    points: float
    comment: str


def path_of(state: ClassFolder, lab: str) -> Path:
    """Where a lab's decisions are kept."""
    return state.folder / "marking" / f"{lab}.jsonl"


def keep(state: ClassFolder, lab: str, decision: Decision) -> None:
    """Add a decision; what was kept before stays."""
    path = path_of(state, lab)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(decision), ensure_ascii=False) + "\n")


def last(state: ClassFolder, lab: str, question: str) -> dict[str, Decision]:
    """Return group -> the last decision on it; a line that cannot be read is left out."""
    path, found = path_of(state, lab), dict[str, Decision]()
    for line in path.read_text("utf-8", errors="replace").split("\n") if path.exists() else ():
        try:
            decision = Decision(**json.loads(line))
        except (ValueError, TypeError):
            continue
        if decision.question == question:
            found[decision.group] = decision
    return found
