"""The record of one hand-in: its verdicts, each with the key that it holds for, and what its cells showed.

Records lie beside the gradebook, so that a killed grading goes on where it was, and a question whose key is still the
same is not asked again. They say nothing of the gradebook: whether a grade is there is asked of the gradebook.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aics.check.verdict import Verdict
from autograder import whole
from autograder.grading.verdict_json import from_json, to_json

#: A notebook cell's outputs, as nbformat has them.
Outputs = list[dict[str, object]]


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A verdict and the key that it holds for."""

    key: str
    verdict: Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One verdict as it is exported (``--json``)."""

    student: str
    lab: str
    question: str
    score: float
    max_score: float
    reason: str
    misconception: str
    speed: float | None
    isolation: str
    bonus: bool = False
    rung: str = ""
    unfilled: bool = False
    untimed: bool = False
    own: float = 0.0
    cause: str = ""


@dataclass(frozen=True, kw_only=True)
class Record:
    """What grading one hand-in brought.

    Attributes
    ----------
    student, lab, isolation : str
    judged : mapping
        Question -> verdict and key, in the lab's order.
    outputs : mapping
        The number of a step -> what its cell showed when it ran last.
    """

    student: str
    lab: str
    isolation: str
    judged: Mapping[str, Judged]
    outputs: Mapping[int, Outputs]

    @property
    def rows(self) -> list[Row]:
        """The verdicts as rows of a table."""
        return [self._row(judged.verdict) for judged in self.judged.values()]

    def outdated(self, keys: Mapping[str, str]) -> list[str]:
        """The questions whose verdict is missing, waits to be timed, or does not hold for these keys."""
        known = {name: judged.key for name, judged in self.judged.items() if not judged.verdict.untimed}
        return [name for name, key in keys.items() if known.get(name) != key]

    @property
    def untimed(self) -> list[str]:
        """The questions whose code no quiet moment was found to time."""
        return [name for name, judged in self.judged.items() if judged.verdict.untimed]

    @classmethod
    def load(cls, path: Path) -> Record | None:
        """The record at `path`, or None where there is none that can be read."""
        try:
            data = json.loads(path.read_text("utf-8"))
            judged = {
                name: Judged(key=entry["key"], verdict=from_json(entry["verdict"]))
                for name, entry in data["judged"].items()
            }
            outputs = {int(number): shown for number, shown in data["outputs"].items()}
            return cls(
                student=data["student"], lab=data["lab"], isolation=data["isolation"], judged=judged, outputs=outputs
            )
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def save(self, path: Path) -> None:
        """Write the record whole or not at all."""
        judged = {name: {"key": each.key, "verdict": to_json(each.verdict)} for name, each in self.judged.items()}
        data = {"student": self.student, "lab": self.lab, "isolation": self.isolation, "judged": judged}
        whole.write_text(path, json.dumps({**data, "outputs": self.outputs}))

    def _row(self, verdict: Verdict) -> Row:
        return Row(
            student=self.student,
            lab=self.lab,
            question=verdict.question,
            score=verdict.score,
            max_score=verdict.max_score,
            reason=verdict.said,
            misconception="" if verdict.guessed else verdict.misconception,
            speed=round(verdict.speed.ratio, 3) if verdict.speed else None,
            isolation=self.isolation,
            bonus=verdict.bonus,
            rung=verdict.rung,
            unfilled=verdict.unfilled,
            untimed=verdict.untimed,
            own=verdict.own or 0.0,
            cause=verdict.cause,
        )
