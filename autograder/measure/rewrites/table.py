"""What `autograder measure --part rewrites` prints, and what it writes with --json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table

from aics.language import noted, tr
from autograder.measure.mutants.table import percent
from autograder.measure.rewrites.trial import AS_IT_IS, Trial

HEADS = noted("lab | right answers | refused as they are | rewritten | refused | refused, %")


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
    shown = Table(*tr(HEADS).split(" | "), pad_edge=False)
    for heading in shown.columns[1:]:
        heading.justify = "right"
    names = ("answers", "answers_refused", "rewrites", "rewrites_refused")
    whole = {"lab": tr("all"), **{name: sum(row[name] for row in rows) for name in names}}
    for row in (*rows, whole):
        share = percent(row["rewrites_refused"], row["rewrites"], digits=2)
        shown.add_row(row["lab"], *(f"{row[name]:,}" for name in names), share)
    return shown


def found(labs: Sequence[str], trials: Sequence[Trial]) -> RenderableType:
    """Return the table, and below it each that is refused: why, and what was changed."""
    refused = [trial for trial in trials if trial.refused]
    last = tr(
        "{count:,} right answers and rewrites of them, {refused} refused.", count=len(trials), refused=len(refused)
    )
    return Group(table(rows_of(labs, trials)), *map(_line, refused), last)


def _line(trial: Trial) -> str:
    return tr(
        "[bold red]{lab}, {question}, {of}, {rule}[/]: refused: {why}\n{diff}",
        lab=trial.lab,
        question=trial.question,
        of=trial.of,
        rule=tr(AS_IT_IS) if trial.rule == AS_IT_IS else trial.rule,
        why=trial.why,
        diff=escape(trial.diff),
    )
