"""The record of one run: kept beside the gradebook, so that a killed grading goes on where it was.

A record is good for as long as its key holds: the hand-in's cells, the lab's questions and
reference data, and the isolation level. Scores reach the gradebook from records only.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from nbformat import NotebookNode

from aics.card.card import feedback_outputs
from aics.check.verdict import Verdict
from autograder.course import ROOT, Lab
from autograder.grading.attempt import Outcome

#: Raise it when judging changes in a way that the files below do not show.
FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class Row:
    """One verdict as it is stored and exported (``--json``)."""

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


@dataclass(frozen=True, kw_only=True)
class Record:
    """What a run of one hand-in left: rows, the outputs to show, remarks, and whether it is in the gradebook."""

    key: str
    rows: list[Row]
    outputs: dict[str, list[dict]]
    cards: dict[str, list[dict]]
    remarks: list[str] = field(default_factory=list)
    recorded: bool = False

    @classmethod
    def of(cls, key: str, student: str, lab: Lab, outcome: Outcome, isolation: str) -> Record:
        """The record of an attempt's outcome."""
        return cls(
            key=key,
            rows=[_row(student, lab, verdict, isolation) for verdict in outcome.verdicts.values()],
            outputs=outcome.outputs,
            cards={name: _card(verdict, isolation) for name, verdict in outcome.verdicts.items()},
            remarks=list(outcome.failed_cells),
        )

    @classmethod
    def load(cls, path: Path) -> Record | None:
        """The record at `path`, or None where there is none that can be read."""
        try:
            data = json.loads(path.read_text("utf-8"))
            return cls(**{**data, "rows": [Row(**row) for row in data["rows"]]})
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def save(self, path: Path) -> None:
        """Write the record whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}.new")
        fresh.write_text(json.dumps(asdict(self)), "utf-8")
        fresh.replace(path)

    def in_gradebook(self) -> Record:
        """The same record, marked as written to the gradebook."""
        return replace(self, recorded=True)


def key_of(lab: Lab, notebook: NotebookNode, isolation: str, values_only: bool = False) -> str:
    """Fingerprint of all that a run's verdicts follow from."""
    cells = [[c.cell_type, c.metadata.get("nbgrader", {}).get("grade_id", ""), c.source] for c in notebook.cells]
    digest = hashlib.sha256(json.dumps([FORMAT, cells, isolation, values_only]).encode())
    for path in (lab.folder / "questions.py", lab.folder / "notebook.py", lab.reference, ROOT / "labs/aics/judge.py"):
        digest.update(path.read_bytes())
    digest.update(Path(lab.asks.__file__).read_bytes())
    return digest.hexdigest()


def _row(student: str, lab: Lab, verdict: Verdict, isolation: str) -> Row:
    return Row(
        student=student,
        lab=lab.name,
        question=verdict.question,
        score=verdict.score,
        max_score=verdict.max_score,
        reason=verdict.reason,
        misconception=verdict.misconception,
        speed=round(verdict.speed.ratio, 3) if verdict.speed else None,
        isolation=isolation,
        bonus=verdict.bonus,
        rung=verdict.rung,
        unfilled=verdict.unfilled,
    )


def _card(verdict: Verdict, isolation: str) -> list[dict]:
    """The test cell's outputs: the card, then the score as the plain number that nbgrader reads.

    A bonus is worth nothing in nbgrader's own sum; its points go to the gradebook as extra credit.
    """
    noted = replace(verdict, notes=(*verdict.notes, f"Isolation level: {isolation}."))
    score = 0.0 if verdict.bonus else float(verdict.score)
    number = {
        "output_type": "execute_result",
        "execution_count": None,
        "data": {"text/plain": repr(score)},
        "metadata": {"aics": {"bonus": verdict.score} if verdict.bonus else {}},
    }
    return [*feedback_outputs(noted), number]
