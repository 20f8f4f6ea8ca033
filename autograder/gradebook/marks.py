"""What the gradebook has of a hand-in, as its feedback page shows it; read by the writer, used by a worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Scores and comments of one hand-in.

    Attributes
    ----------
    scores : mapping
        grade_id -> (points given, points at most).
    comments : mapping
        grade_id -> what stands below the answer; None where nothing does.
    score, max_score, late_penalty : float
        Of the whole hand-in; the penalty is not taken off yet.
    late : str
        What is to be said of when it came; "" where it is not late.
    """

    scores: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    comments: Mapping[str, str | None] = field(default_factory=dict)
    score: float = 0.0
    max_score: float = 0.0
    late_penalty: float = 0.0
    late: str = ""

    def put_into(self, notebook: NotebookNode) -> None:
        """Write scores and comments beside the cells that they are of, where the page's template looks for them."""
        for cell in notebook.cells:
            mark = cell.metadata.get("nbgrader", {})
            if mark.get("solution"):
                mark["comment"] = self.comments.get(mark["grade_id"])
            if mark.get("grade"):
                mark["score"], mark["points"] = self.scores[mark["grade_id"]]

    @property
    def totals(self) -> dict[str, Any]:
        """The totals by the names that the page's template has for them."""
        return {
            "score": self.score - self.late_penalty,
            "max_score": self.max_score,
            "late_penalty": self.late_penalty,
        }
