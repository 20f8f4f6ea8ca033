"""What `autograder measure --part names` prints, and what it writes with --json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table

from aics.language import noted, tr, words
from autograder.measure.mutants.table import percent
from autograder.measure.names.tally import GOAL, Measured
from autograder.measure.names.trial import NameTrial

HEADS = noted(
    "lab | left out | caught, % | named | perhaps named | mutants | mutants named | perhaps | true, % | perhaps true, %"
)
#: What has to be mended.
MEND = {
    "uncaught": "[bold red]{lab}, {question}[/]: {code} loses no points: add a hidden case",
    "wrongly": "[bold red]{lab}, {question}[/]: {code} is named {name}, and is not that: add a public case that tells "
    "the two",
    "unused": "[bold red]{lab}, {question}[/]: names.toml speaks of the name {name} of {code}, which is not given",
}
say = words(MEND)


def rows_of(measured: Sequence[Measured]) -> list[dict[str, Any]]:
    """A row of numbers for each lab."""
    return [_row(each) for each in measured]


def _row(each: Measured) -> dict[str, Any]:
    left_out, every = each.left_out, each.trials
    mutants = [trial for trial in every if not trial.held_out.left_out]
    named = {how: each.named(how) for how in ("firm", "maybe")}
    return {
        "lab": each.lab,
        "left out": len(left_out),
        "caught": len(left_out) - len(each.uncaught),
        "left out, firm": sum(trial in named["firm"] for trial in left_out),
        "left out, maybe": sum(trial in named["maybe"] for trial in left_out),
        "mutants": len(mutants),
        "mutants, firm": sum(trial in named["firm"] for trial in mutants),
        "mutants, maybe": sum(trial in named["maybe"] for trial in mutants),
        "firm": len(named["firm"]),
        "firm, wrong": len(each.wrongly("firm")),
        "maybe": len(named["maybe"]),
        "maybe, wrong": len(each.wrongly("maybe")),
    }


def written(measured: Sequence[Measured]) -> dict[str, Any]:
    """All that was found, as JSON holds it; of mutants those that are named."""
    shown = [
        (each, trial) for each in measured for trial in each.trials if trial.held_out.left_out or trial.name != "none"
    ]
    return {"labs": rows_of(measured), "code": [_entry(each, trial) for each, trial in shown]}


def _entry(measured: Measured, trial: NameTrial) -> dict[str, Any]:
    code = {name: value for name, value in vars(trial.held_out).items() if name != "source"}
    said = {name: value for name, value in vars(trial).items() if name != "held_out"}
    return code | said | {"name": trial.name, "by answers": trial.true, "true": measured.true(trial)}


def table(rows: Sequence[Mapping[str, Any]]) -> RenderableType:
    """Return a table with a line for each lab."""
    shown = Table(*tr(HEADS).split(" | "), pad_edge=False)
    for heading in shown.columns[1:]:
        heading.justify = "right"
    for row in rows:
        counts = [f"{row[name]:,}" for name in row if name.startswith(("left out", "mutants"))]
        true = [percent(row[how] - row[f"{how}, wrong"], row[how]) for how in ("firm", "maybe")]
        shown.add_row(row["lab"], counts[0], percent(row["caught"], row["left out"]), *counts[1:], *true)
    return shown


def found(measured: Sequence[Measured]) -> RenderableType:
    """Return the labs' table, and below it a line for each thing that is wrong."""
    lines = [_line("uncaught", each, trial) for each in measured for trial in each.uncaught]
    lines += [_line("wrongly", each, trial) for each in measured for trial in each.wrongly("firm")]
    lines += [
        say("unused", lab=each.lab, question=e.question, name=e.named, code=escape(e.left_out or e.now))
        for each in measured
        for e in each.unused
    ]
    firm, wrong = (sum(len(found) for found in each) for each in _firm(measured))
    last = tr(
        "{firm:,} firm names, {wrong} of them wrong; at least {goal:.0%} must be true in every lab.",
        firm=firm,
        wrong=wrong,
        goal=GOAL,
    )
    return Group(table(rows_of(measured)), *lines, last)


def _firm(measured: Sequence[Measured]) -> tuple[list[list[NameTrial]], list[list[NameTrial]]]:
    return [each.named("firm") for each in measured], [each.wrongly("firm") for each in measured]


def _line(what: str, measured: Measured, trial: NameTrial) -> str:
    code = trial.held_out
    return say(what, lab=measured.lab, question=code.question, code=escape(code.called), name=trial.misconception)
