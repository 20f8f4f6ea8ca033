"""What `autograder measure --part rewrites` prints, and what it writes with --json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table

from autograder.measure.mutants.tally import interval
from autograder.measure.rewrites.trial import AS_IT_IS, Trial

HEADINGS = ("lab", "right answers", "refused as they are", "rewritten", "refused", "refused, %")


def rows_of(labs: Sequence[str], trials: Sequence[Trial]) -> list[dict[str, Any]]:
    """A row of numbers for each lab."""
    return [{"lab": lab, **_counts([trial for trial in trials if trial.lab == lab])} for lab in labs]


def _counts(trials: Sequence[Trial]) -> dict[str, int]:
    own = [trial for trial in trials if trial.rule == AS_IT_IS]
    others = [trial for trial in trials if trial.rule != AS_IT_IS]
    return {
        "answers": len(own),
        "answers_refused": sum(trial.refused for trial in own),
        "rewrites": len(others),
        "rewrites_refused": sum(trial.refused for trial in others),
    }


def written(labs: Sequence[str], trials: Sequence[Trial]) -> dict[str, Any]:
    """All that was found, as JSON holds it: the labs' rows, how often each rule was tried, each trial."""
    tried, refused = Counter(each.rule for each in trials), Counter(each.rule for each in trials if each.refused)
    return {
        "labs": rows_of(labs, trials),
        "rules": [{"rule": rule, "tried": tried[rule], "refused": refused[rule]} for rule in sorted(tried)],
        "trials": [asdict(each) | {"refused": each.refused, "why": each.why} for each in trials],
    }


def table(rows: Sequence[Mapping[str, Any]]) -> RenderableType:
    """Return a table with a line for each lab, and one for all."""
    shown = Table(*HEADINGS, pad_edge=False)
    for heading in shown.columns[1:]:
        heading.justify = "right"
    names = ("answers", "answers_refused", "rewrites", "rewrites_refused")
    whole = {"lab": "all", **{name: sum(row[name] for row in rows) for name in names}}
    for row in (*rows, whole):
        low, high = interval(row["rewrites_refused"], row["rewrites"])
        share = row["rewrites_refused"] / row["rewrites"] if row["rewrites"] else 0
        percent = f"{100 * share:.2f} ({100 * low:.2f} to {100 * high:.2f})"
        shown.add_row(row["lab"], *(f"{row[name]:,}" for name in names), percent)
    return shown


def found(labs: Sequence[str], trials: Sequence[Trial]) -> RenderableType:
    """Return the table, and below it each that is refused: why, and what was changed."""
    refused = [trial for trial in trials if trial.refused]
    lines = [
        f"[bold red]{each.lab}, {each.question}, {each.of}, {each.rule}[/]: refused: {each.why}\n{escape(each.diff)}"
        for each in refused
    ]
    last = f"{len(trials):,} right answers and rewrites of them, {len(refused)} refused."
    return Group(table(rows_of(labs, trials)), *lines, last)
