"""What `autograder measure` prints, and what it writes with --json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table

from autograder.measure.mutants.tally import Measured, interval
from autograder.measure.mutants.trial import Trial

#: Percentages stand with their exact 95 % intervals.
HEADINGS = (
    "lab",
    "mutants",
    "no mistakes",
    "told, %",
    "unexplained",
    "named, %",
    "perhaps named, %",
    "not named, %",
    "cases",
    "spare",
)


def rows_of(measured: Sequence[Measured]) -> list[dict[str, Any]]:
    """A row of numbers for each lab."""
    return [
        {
            "lab": each.lab,
            "mutants": len(each.trials),
            "told": each.killed,
            "equivalent": each.equivalent,
            "unexplained": len(each.unexplained),
            "firm": each.named["firm"],
            "maybe": each.named["maybe"],
            "none": each.named["none"],
            "cases": sum(matrix.cases for matrix in each.matrices),
            "spare": sum(len(matrix.redundant) for matrix in each.matrices),
        }
        for each in measured
    ]


def written(measured: Sequence[Measured]) -> dict[str, Any]:
    """All that was found, as JSON holds it: the labs' rows, each question's cases, each mutant."""
    return {
        "labs": rows_of(measured),
        "questions": [asdict(m) | {"redundant": m.redundant} for each in measured for m in each.matrices],
        "mutants": [_entry(each, trial) for each in measured for trial in each.trials],
    }


def _entry(measured: Measured, trial: Trial) -> dict[str, Any]:
    why = next((each.why for each in measured.listed if trial.alive and each.means(trial)), "")
    return asdict(trial) | {"alive": trial.alive, "name": trial.name, "equivalent": why}


def table(rows: Sequence[Mapping[str, Any]]) -> RenderableType:
    """Return a table with a line for each lab."""
    shown = Table(*HEADINGS, pad_edge=False)
    for heading in shown.columns[1:]:
        heading.justify = "right"
    for row in rows:
        told = percent(row["told"], row["mutants"] - row["equivalent"], digits=1)
        names = [percent(row[name], row["told"]) for name in ("firm", "maybe", "none")]
        counts = [f"{row[name]:,}" for name in ("mutants", "equivalent", "unexplained", "cases", "spare")]
        shown.add_row(row["lab"], *counts[:2], told, counts[2], *names, *counts[3:])
    return shown


def percent(part: int, whole: int, digits: int = 0) -> str:
    """A share in percent with its exact 95 % interval."""
    share = part / whole if whole else 0
    low, high = interval(part, whole)
    return f"{100 * share:.{digits}f} ({100 * low:.{digits}f} to {100 * high:.{digits}f})"


def found(measured: Sequence[Measured]) -> RenderableType:
    """Return the labs' table, and below it the diff of every mutant that needs a case or a reason."""
    lines = [_told("no hidden case tells it", trial) for each in measured for trial in each.unexplained]
    lines += [
        _told(f"the first draw of hidden cases does not tell it, draw {trial.told_on} does", trial)
        for each in measured
        for trial in each.unsteady
    ]
    lines += [_told("listed as no mistake, but told by a case", trial) for each in measured for trial in each.refuted]
    lines += [
        f"[bold red]{each.lab}, {entry.question}[/]: listed as no mistake, but no mutant: {escape(entry.now)}"
        for each in measured
        for entry in each.unused
    ]
    total = sum(len(each.trials) for each in measured)
    left = sum(len(each.unexplained) for each in measured)
    return Group(
        table(rows_of(measured)), *lines, f"{total:,} mutants, {left} that no case tells and nothing explains."
    )


def _told(what: str, trial: Trial) -> str:
    return f"[bold red]{trial.lab}, {trial.question}, line {trial.line}[/]: {what}\n{escape(trial.diff)}"
