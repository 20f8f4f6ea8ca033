"""What came of grading on a cluster, and of simulating one: kept, and as the tables that docs/cluster.md shows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any

from rich.table import Table

from autograder.course import ROOT

#: The outcome that docs/cluster.md and its picture show.
KEPT = ROOT / "benchmarks" / "cluster.json"


@dataclass(kw_only=True)
class Graded:
    """What came of grading a class.

    Attributes
    ----------
    written, placed : Counter
        How often a hand-in's grades were written, and its page was put in its place.
    rows, failed : list
        Verdicts as `autograder grade --json` writes them; hand-ins that could not be graded.
    reading, turns, results, result : float
        CPU seconds of the command before the first hand-in's turn came; for all turns, in which hand-ins are repaired
        and placed; for all after the first; for each result of a worker, without turns.
    scheduler, wall : float
        CPU seconds of the scheduler; seconds of the clock on the wall.
    workers : mapping
        Lab -> CPU seconds of a worker of this machine for each hand-in, to grade it and for its page.
    """

    written: Counter[str]
    placed: Counter[str]
    rows: list[Mapping[str, object]]
    failed: list[str]
    reading: float
    turns: float
    results: float
    result: float
    wall: float
    scheduler: float = 0.0
    workers: dict[str, list[tuple[float, float]]] = field(default_factory=dict)


def row(name: str, came: Graded, right: Graded, hand_ins: int) -> dict[str, Any]:
    """A line of the first table: what was lost, done twice or judged in another way than by one worker here."""
    through = {handin for handin in came.placed if came.written[handin]}
    return {
        "graded": name,
        "hand_ins": hand_ins,
        "lost": hand_ins - len(through),
        "twice": sum(times > 1 for counts in (came.written, came.placed) for times in counts.values()),
        "verdicts": len(came.rows),
        "changed": len(differing(came, right)),
        "wall": round(came.wall, 1),
        "command": round(came.reading + came.results, 2),
        "scheduler": round(came.scheduler, 2),
    }


def differing(came: Graded, right: Graded) -> list[str]:
    """The verdicts that differ, or are only in one of the two, each with what it was and what came."""
    one, other = ({_verdict(row): row for row in graded.rows} for graded in (right, came))
    names = [name for name in one | other if one.get(name) != other.get(name)]
    return [f"{' '.join(name)}: {_apart(one.get(name), other.get(name))}" for name in names]


def _verdict(row: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(row[key]) for key in ("student", "lab", "question"))


def _apart(was: Mapping[str, object] | None, came: Mapping[str, object] | None) -> str:
    """In what two rows differ."""
    if was is None or came is None:
        return "only one has it"
    return "; ".join(f"{key} {was[key]!r} -> {came[key]!r}" for key in was if was[key] != came[key])


def read_kept(file: Path = KEPT) -> dict[str, Any]:
    """What a run has kept; a line where there is no such file."""
    if not file.exists():
        raise SystemExit(f"{file} is not there: `python benchmarks/cluster.py --kept {file}` makes it.")
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def keep(file: Path, found: Mapping[str, Any]) -> None:
    """Write an outcome, whole or not at all."""
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    fresh.replace(file)


def runs_table(found: Mapping[str, Any]) -> Table:
    """A line for each way in which the class was graded."""
    of, heads = found["class"], ("hand-ins", "lost", "written twice", "verdicts", "changed", "wall s")
    about = f"{of['students']} students' hand-ins of {of['labs']} labs, values only; load before: {of['load']}"
    shown = Table("graded", *heads, "command, CPU s", "scheduler, CPU s", title=f"{found['processor']}, {about}")
    for row in found["runs"]:
        counts = [str(row[name]) for name in ("hand_ins", "lost", "twice", "verdicts", "changed")]
        spent = [f"{row[name] / row['hand_ins']:.3f}" for name in ("command", "scheduler")]
        shown.add_row(row["graded"], *counts, f"{row['wall']:.0f}", *spent)
    return shown


def costs_table(found: Mapping[str, Any]) -> Table:
    """What the simulation starts from."""
    costs = found["costs"]
    heads = ("mean", "least", "most", "workers that keep the command busy")
    shown = Table("CPU seconds a hand-in", *heads, title=found["processor"])
    for lab, measured in costs["workers"].items():
        seconds = [sum(each) for each in measured]
        spread = (mean(seconds), min(seconds), max(seconds))
        shown.add_row(f"a worker, {lab}", *(f"{each:.2f}" for each in spread), f"{found['full'][lab]:.0f}")
    does = {"to read it": costs["reading"], "when its turn comes": costs["turn"]}
    for what, seconds in (does | {"for its two results": 2 * costs["result"]}).items():
        shown.add_row(f"the command, {what}", f"{seconds:.3f}", "", "", "")
    return shown


def simulated_table(found: Mapping[str, Any]) -> Table:
    """A line for each cluster that was simulated."""
    heads = ("workers", "hours", "of them reading", "command busy", "workers busy", "done again")
    title = f"{found['course']:,} students x {len(found['costs']['workers'])} labs, simulated"
    shown = Table("cluster", *heads, title=title)
    for row in found["simulated"]:
        hours = [f"{row[name]:.1f}" for name in ("makespan", "reading")]
        busy = [f"{row[name]:.0%}" for name in ("writer", "busy")]
        shown.add_row(row["cluster"], str(row["workers"]), *hours, *busy, f"{row['again']:,}")
    return shown
