"""What `autograder measure` prints, and what it writes with --json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table

from aics.language import noted, tr, words
from autograder.measure.mutants.tally import Measured, interval
from autograder.measure.mutants.trial import Trial

#: Percentages stand with their exact 95 % intervals.
HEADS = noted(
    "lab | mutants | no mistakes | told, % | unexplained | named, % | perhaps named, % | not named, % | cases | spare"
)
#: What has to be mended.
MEND = {
    "alive": "[bold red]{lab}, {question}, line {line}[/]: no hidden case tells it\n{diff}",
    "unsteady": "[bold red]{lab}, {question}, line {line}[/]: the first draw of hidden cases does not tell it, draw "
    "{draw} does\n{diff}",
    "refuted": "[bold red]{lab}, {question}, line {line}[/]: listed as no mistake, but told by a case\n{diff}",
    "unused": "[bold red]{lab}, {question}[/]: listed as no mistake, but no mutant: {code}",
}
say = words(MEND)


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
    shown = Table(*tr(HEADS).split(" | "), pad_edge=False)
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
    ends = {name: f"{100 * value:.{digits}f}" for name, value in (("share", share), ("low", low), ("high", high))}
    return tr("{share} ({low} to {high})", **ends)


def found(measured: Sequence[Measured]) -> RenderableType:
    """Return the labs' table, and below it the diff of every mutant that needs a case or a reason."""
    lines = [_told("alive", trial) for each in measured for trial in each.unexplained]
    lines += [_told("unsteady", trial) for each in measured for trial in each.unsteady]
    lines += [_told("refuted", trial) for each in measured for trial in each.refuted]
    lines += [
        say("unused", lab=each.lab, question=entry.question, code=escape(entry.now))
        for each in measured
        for entry in each.unused
    ]
    total = sum(len(each.trials) for each in measured)
    left = sum(len(each.unexplained) for each in measured)
    last = tr("{total:,} mutants, {left} that no case tells and nothing explains.", total=total, left=left)
    return Group(table(rows_of(measured)), *lines, last)


def _told(what: str, trial: Trial) -> str:
    about = {"lab": trial.lab, "question": trial.question, "line": trial.line}
    return say(what, draw=trial.told_on, diff=escape(trial.diff), **about)
