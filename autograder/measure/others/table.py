"""What `autograder measure --part others` prints, and what it writes with --json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table

from aics.language import noted, tr
from autograder.measure.mutants.table import percent
from autograder.measure.others.compared import Compared
from autograder.measure.others.courses import COURSES, Course
from autograder.measure.others.tally import WRONG, best_cases, by_question, refused, tallies

#: Percentages stand with their exact 95 % intervals.
HEADS = noted(
    "checks | questions | wrong answers | how many | let through | % | ours | right answers | refused | ours refuse"
)
#: What of wrong answers there is, in the order of `WRONG`.
KINDS = noted("mistakes | mutants")


def table(rows: Sequence[Mapping[str, Any]]) -> RenderableType:
    """Return a table with two lines for each course, and below it where its rules stand."""
    shown = Table(*tr(HEADS).split(" | "), pad_edge=False)
    for heading in shown.columns[1:2] + shown.columns[3:]:
        heading.justify = "right"
    kinds = dict(zip(WRONG, tr(KINDS).split(" | "), strict=True))
    for row in rows:
        right = [f"{row[name]:,}" if row["right"] else "" for name in ("right", "refused", "refused_ours")]
        through = [f"{row['through']:,}", percent(row["through"], row["wrong"], digits=1), f"{row['through_ours']:,}"]
        named = tr(row["course"]), f"{row['questions']}", kinds[row["what"]]
        shown.add_row(*named, f"{row['wrong']:,}", *through, *right)
    there = {row["course"] for row in rows}
    return Group(shown, *(_source(course) for course in COURSES if course.name in there))


def _source(course: Course) -> str:
    return tr("{name}: {source}\n  {rule}.", name=tr(course.name), source=course.source, rule=tr(course.rule))


def written(found: Sequence[Compared]) -> dict[str, Any]:
    """All that was found, as JSON holds it: the courses, their sources, the questions, each answer."""
    best = best_cases(found)
    return {
        "courses": tallies(found),
        "sources": [asdict(course) for course in COURSES],
        "questions": by_question(found),
        "answers": [asdict(each) | {"refused": {c: refused(each, c, best) for c in each.wrong}} for each in found],
    }
