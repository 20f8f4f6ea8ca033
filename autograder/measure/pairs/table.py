"""What `autograder measure --part pairs` prints, and what it writes with --json."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import reduce
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table

from aics.language import noted, tr, words
from autograder.measure.mutants.table import percent
from autograder.measure.pairs.depending import ChainTrial
from autograder.measure.pairs.tally import Measured

HEADS = noted(
    "lab | pairs | no cell | masked | made up | both | caught, % | named, % | wrongly | perhaps | chains | wrong"
)
#: The counts among them, as a row has them: in front of the percentages, and behind.
FIRST, LAST = ("pairs", "no cell", "masked", "made up", "both"), ("wrongly", "perhaps", "chains", "wrong")
#: What has to be mended.
MEND = {
    "uncaught": "[bold red]{lab}, {question}[/]: {one} and {other} together lose no points: add a hidden case, or say "
    "in names.toml why this is right",
    "misled": "[bold red]{lab}, {question}[/]: below {earlier_mistake} in {earlier}, {mistake} is named {name}",
    "misled.solution": "[bold red]{lab}, {question}[/]: below {earlier_mistake} in {earlier}, the solution is named "
    "{name}",
    "missed": "[bold red]{lab}, {question}[/]: below {earlier_mistake} in {earlier}, {mistake} is not caught",
    "refuted": "[bold red]{lab}, {question}[/]: {mistakes} are listed as right in names.toml, but a case tells them, "
    "or they are no pair",
}
say = words(MEND)


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
    shown = Table(*tr(HEADS).split(" | "), pad_edge=False)
    for heading in shown.columns[1:]:
        heading.justify = "right"
    for row in rows:
        caught = percent(row["caught"], row["both"], digits=1)
        named = percent(row["named"], row["both"])
        first, last = ([f"{row[name]:,}" for name in names] for names in (FIRST, LAST))
        shown.add_row(row["lab"], *first, caught, named, *last)
    return shown


def unseen(rows: Sequence[Mapping[str, Any]]) -> RenderableType:
    """Return a table of what becomes of each pair by a check that does not know it, but all others."""
    shown = Table(*tr("each pair left out | both | named, % | misnamed").split(" | "), pad_edge=False)
    for row in rows:
        shown.add_row(row["lab"], f"{row['both']:,}", percent(row["unseen"], row["both"]), f"{row['misnamed']:,}")
    return shown


def found(measured: Sequence[Measured]) -> RenderableType:
    """Return the labs' table, and below it a line for each thing that has to be mended."""
    lines = [
        say("uncaught", lab=each.lab, question=t.question, one=t.one, other=t.other)
        for each in measured
        for t in each.uncaught
    ]
    lines += [_misjudged(each, chain) for each in measured for chain in each.misjudged]
    lines += [
        say("refuted", lab=each.lab, question=entry.question, mistakes=_both(entry.mistakes))
        for each in measured
        for entry in each.refuted
    ]
    total = sum(len(each.trials) for each in measured)
    rows = rows_of(measured)
    last = tr("{total:,} pairs in one cell, {count} things to mend.", total=total, count=len(lines))
    return Group(table(rows), unseen(rows), *lines, last)


def _misjudged(measured: Measured, chain: ChainTrial) -> str:
    about = {"question": chain.question, "earlier": chain.earlier, "earlier_mistake": chain.earlier_mistake}
    key = "missed" if not chain.misled else "misled" if chain.mistake else "misled.solution"
    return say(key, lab=measured.lab, mistake=chain.mistake, name=chain.misconception, **about)


def _both(mistakes: Iterable[str]) -> str:
    return reduce(lambda one, other: tr("{one} and {other}", one=one, other=other), sorted(mistakes))
