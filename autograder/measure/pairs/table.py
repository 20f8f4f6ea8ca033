"""What `autograder measure --part pairs` prints, and what it writes with --json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table

from autograder.measure.mutants.table import percent
from autograder.measure.pairs.tally import Measured

HEADINGS = (
    "lab",
    "pairs",
    "no cell",
    "masked",
    "made up",
    "both",
    "caught, %",
    "named, %",
    "wrongly",
    "perhaps",
    "chains",
    "wrong",
)


def rows_of(measured: Sequence[Measured]) -> list[dict[str, Any]]:
    """A row of numbers for each lab."""
    return [
        {
            "lab": each.lab,
            "pairs": len(each.pairs),
            "no cell": each.left_out + each.broken,
            "masked": each.masked,
            "made up": len(each.made_up),
            "both": len(each.real),
            "caught": sum(not trial.alive for trial in each.real),
            "named": len(each.named),
            "wrongly": len(each.wrongly("firm")),
            "perhaps": len(each.wrongly("maybe")),
            "unseen": len(each.unseen),
            "misnamed": len(each.misnamed),
            "chains": len(each.chains),
            "wrong": len(each.misjudged),
            "kept": each.kept,
        }
        for each in measured
    ]


def written(measured: Sequence[Measured]) -> dict[str, Any]:
    """All that was found, as JSON holds it."""
    return {
        "labs": rows_of(measured),
        "pairs": [asdict(t) | {"alive": t.alive, "name": t.name} for each in measured for t in each.trials],
        "chains": [asdict(c) | {"alive": c.alive, "name": c.name} for each in measured for c in each.chains],
    }


def table(rows: Sequence[Mapping[str, Any]]) -> RenderableType:
    """Return a table with a line for each lab."""
    shown = Table(*HEADINGS, pad_edge=False)
    for heading in shown.columns[1:]:
        heading.justify = "right"
    for row in rows:
        caught = percent(row["caught"], row["both"], digits=1)
        named = percent(row["named"], row["both"])
        counts = [f"{row[name]:,}" for name in HEADINGS[1:] if name in row]
        shown.add_row(row["lab"], *counts[:5], caught, named, *counts[5:])
    return shown


def unseen(rows: Sequence[Mapping[str, Any]]) -> RenderableType:
    """Return a table of what becomes of each pair by a check that does not know it, but all others."""
    shown = Table("each pair left out", "both", "named, %", "misnamed", pad_edge=False)
    for row in rows:
        shown.add_row(row["lab"], f"{row['both']:,}", percent(row["unseen"], row["both"]), f"{row['misnamed']:,}")
    return shown


def found(measured: Sequence[Measured]) -> RenderableType:
    """Return the labs' table, and below it a line for each thing that has to be mended."""
    lines = [
        f"[bold red]{each.lab}, {t.question}[/]: {t.one} and {t.other} together lose no points: add a hidden case, "
        "or say in names.toml why this is right"
        for each in measured
        for t in each.uncaught
    ]
    lines += [
        f"[bold red]{each.lab}, {c.question}[/]: below {c.earlier_mistake} in {c.earlier}, "
        f"{c.mistake or 'the solution'} is {'named ' + c.misconception if c.misled else 'not caught'}"
        for each in measured
        for c in each.misjudged
    ]
    lines += [
        f"[bold red]{each.lab}, {entry.question}[/]: {' and '.join(sorted(entry.mistakes))} are listed as right in "
        "names.toml, but a case tells them, or they are no pair"
        for each in measured
        for entry in each.refuted
    ]
    total = sum(len(each.trials) for each in measured)
    rows = rows_of(measured)
    return Group(table(rows), unseen(rows), *lines, f"{total:,} pairs in one cell, {len(lines)} things to mend.")
