"""Kept readings of code whose true time is known, and the table of how often they are wrong.

A reading is wrong where it gives fewer points than 1.25 times the true time earns (docked), or more than the 1.6th part
of it (paid: work that is repeated finds warm caches). Of a slow mistake it is known only that it earns nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

import numpy as np
from rich.table import Table

from aics.check.rules import BAND, SpeedLimits
from autograder import whole
from autograder.course import ROOT, Lab, Variant, labs
from autograder.course.question import Question
from autograder.grading.reading import Reading

#: The readings that docs/trust.md quotes.
KEPT = ROOT / "benchmarks" / "verdicts.json"
#: True time of one side over the other's -> how often each repeats its work.
SLOWDOWNS = {"0.5": (1, 2), "1": (1, 1), "1.5": (3, 2), "3": (3, 1), "8": (8, 1)}
#: The line of all slow mistakes.
MISTAKES = "slow mistakes"
#: So many times quicker than its true time may work read that is repeated.
WARM = 1.6

#: "question, loops, slow-down" -> readings
Kept = dict[str, list[Reading]]
Asked = tuple[Lab, Question]


def speed_questions() -> dict[str, Asked]:
    """All questions whose time counts, with their labs."""
    return {q.name: (lab, q) for lab in labs() for q in lab.questions.values() if q.speed}


def slow_mistakes(lab: Lab, question: Question) -> list[Variant]:
    """The known mistakes whose values are right and whose time is not."""
    return [v for v in lab.misconceptions if v.slow and v.question == question.name]


def key(question: str, loops: int, way: str) -> str:
    """The name of some readings: of a question's slow-down or slow mistake, beside so many loops."""
    return f"{question}, {loops}, {way}"


def read_kept(file: Path) -> tuple[str, Kept]:
    """The processor and the readings that a run has kept."""
    found = json.loads(file.read_text("utf-8"))
    rows = {
        name: [Reading(ratio=ratio, control=control) for ratio, control in rows]
        for name, rows in found["readings"].items()
    }
    return found["processor"], rows


def keep(file: Path, kept: Kept, processor: str) -> None:
    """Write all readings of this processor down; the file is written whole or not at all."""
    rows = {name: [[round(r.ratio, 3), round(r.control, 3)] for r in rows] for name, rows in kept.items()}
    whole.write_text(file, json.dumps({"processor": processor, "readings": rows}) + "\n")


@dataclass
class Counted:
    """What the gradings of one line of the table gave, as shares of the points."""

    given: list[float] = field(default_factory=list)
    due: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    docked: int = 0
    paid: int = 0

    def add(self, readings: Sequence[Reading], true: float, limits: SpeedLimits) -> None:
        """Count these readings of code whose time is so many times the reference's."""
        standing = [limits.share(r.ratio) for r in readings if r.stands(limits)]
        self.given += standing
        self.due += [limits.share(true)] * len(readings)
        self.ratios += [r.ratio for r in readings]
        self.docked += sum(share < limits.share(true * BAND) for share in standing)
        self.paid += sum(share > limits.share(true / WARM) for share in standing)

    def cells(self) -> list[str]:
        """Gradings, what they read, points given and due, and the shares that were docked, paid and put off."""
        number = len(self.ratios)
        spread = " ".join(f"{ratio:.2f}" for ratio in np.quantile(self.ratios, [0.05, 0.5, 0.95]))
        given, due = (f"{mean(shares):.1%}" if shares else "-" for shares in (self.given, self.due))
        wrong = (self.docked, self.paid, number - len(self.given))
        return [f"{number}", spread, given, due, *(f"{count / number:.1%}" for count in wrong)]


def table(kept: Kept, asked: Mapping[str, Asked], processor: str, each: bool = False) -> tuple[Table, bool]:
    """A line for each slow-down and crowd, or for each question as well; and whether no grading was wrong."""
    lines: dict[tuple[str, ...], Counted] = defaultdict(Counted)
    for name, readings in kept.items():
        question, loops, way = name.split(", ")
        true = float(way) if way in SLOWDOWNS else np.inf
        line = (question, way, loops) if each else (way if way in SLOWDOWNS else MISTAKES, loops)
        if question in asked and readings:
            lines[line].add(readings, true, asked[question][1].speed.limits)
    shown = Table(
        *(["question"] if each else []),
        *("slow-down", "busy loops", "gradings", "read 5 50 95 %", "points given", "due", "docked", "paid", "put off"),
        title=f"{processor}, {len(asked)} speed questions",
    )
    order = [*SLOWDOWNS, MISTAKES]
    for line in lines if each else sorted(lines, key=lambda line: (order.index(line[0]), int(line[1]))):
        shown.add_row(*line, *lines[line].cells())
    return shown, not any(counted.docked + counted.paid for counted in lines.values())
