"""What `autograder measure --part others` prints, and what it writes with --json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table

from autograder.measure.mutants.tally import interval
from autograder.measure.others.compared import Compared
from autograder.measure.others.courses import COURSES
from autograder.measure.others.tally import best_cases, by_question, refused, tallies

#: Percentages stand with their exact 95 % intervals.
HEADINGS = (
    "checks",
    "questions",
    "wrong answers",
    "how many",
    "let through",
    "%",
    "ours",
    "right answers",
    "refused",
    "ours refuse",
)


def table(rows: Sequence[Mapping[str, Any]]) -> RenderableType:
    """Return a table with two lines for each course, and below it where its rules stand."""
    shown = Table(*HEADINGS, pad_edge=False)
    for heading in shown.columns[1:2] + shown.columns[3:]:
        heading.justify = "right"
    for row in rows:
        right = [f"{row[name]:,}" if row["right"] else "" for name in ("right", "refused", "refused_ours")]
        through = [f"{row['through']:,}", _percent(row["through"], row["wrong"]), f"{row['through_ours']:,}"]
        shown.add_row(row["course"], f"{row['questions']}", row["what"], f"{row['wrong']:,}", *through, *right)
    there = {row["course"] for row in rows}
    return Group(shown, *(f"{c.name}: {c.source}\n  {c.rule}." for c in COURSES if c.name in there))


def _percent(part: int, whole: int) -> str:
    low, high = interval(part, whole)
    return f"{100 * part / max(1, whole):.1f} ({100 * low:.1f} to {100 * high:.1f})"


def written(found: Sequence[Compared]) -> dict[str, Any]:
    """All that was found, as JSON holds it: the courses, their sources, the questions, each answer."""
    best = best_cases(found)
    return {
        "courses": tallies(found),
        "sources": [asdict(course) for course in COURSES],
        "questions": by_question(found),
        "answers": [asdict(each) | {"refused": {c: refused(each, c, best) for c in each.wrong}} for each in found],
    }
