"""The pairs of a class as one page that needs nothing beside it, and as JSON's types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from markupsafe import Markup

from aics.language import listed
from autograder.course import ClassFolder, Lab
from autograder.report.page import environment
from autograder.similar.answers import OWN
from autograder.similar.found import Found
from autograder.similar.mistakes import RARE, Shared
from autograder.similar.pairs import Alike, Pair
from autograder.similar.words import say

TEMPLATES = Path(__file__).parent / "templates"
#: Bars that the pairs' bits are counted in, at most.
BARS = 20
#: Questions with fewer bits are named and not shown.
LITTLE = 2.0


@dataclass(frozen=True, kw_only=True)
class Bar:
    """How many pairs have at least `low` and less than `high` bits; `height` is 1 for the longest bar."""

    low: float
    high: float
    count: int
    height: float


def page(state: ClassFolder, lab: Lab, found: Found, when: datetime) -> str:
    """Return the page, in HTML."""
    known = {"names": names, "made_by": made_by, "called": called, "sides": sides, "little_shared": little_shared}
    return (
        environment(TEMPLATES, say=say, **known)
        .get_template("similar.html")
        .render(
            lab=lab,
            folder=state.submitted,
            when=f"{when:%Y-%m-%d %H:%M}",
            found=found,
            bars=bars(found.bits),
            middle=float(np.median(found.bits)),
            rare=RARE,
            little=LITTLE,
        )
    )


def names(found: Found, students: Iterable[str]) -> str:
    """Return the names of students in a row."""
    return listed(found.standings[student].name for student in students)


def made_by(found: Found, pair: Pair, mistake: Shared) -> str:
    """Return how many made a mistake, and who besides the pair."""
    others = [student for student in mistake.students if student not in (pair.one, pair.other)]
    counts = {"count": len(mistake.students), "asked": mistake.asked, "bits": mistake.bits}
    return say("mistake.others", names=names(found, others), **counts) if others else say("mistake.count", **counts)


def called(question: str) -> str:
    """Return what a place in the hand-in is called."""
    return say("own_cells") if question == OWN else question


def little_shared(pair: Pair) -> list[str]:
    """Return the questions that are named and not shown."""
    return [called(alike.question) for alike in pair.alike if alike.bits < LITTLE]


def sides(found: Found, pair: Pair, alike: Alike) -> Sequence[tuple[str, Markup]]:
    """Return both answers to a question, each with its student's name; what they share is marked."""
    people = [found.standings[student].name for student in (pair.one, pair.other)]
    prints = found.code.get(alike.question)
    if prints and {pair.one, pair.other} <= prints.places.keys():
        return list(zip(people, prints.marked(pair.one, pair.other), strict=True))
    cells = [found.answers.students[student].cells.get(alike.question, "") for student in (pair.one, pair.other)]
    return [(name, Markup.escape(cell)) for name, cell in zip(people, cells, strict=True)]


def bars(bits: np.ndarray) -> list[Bar]:
    """Return how the bits of all pairs are spread; a bar's length grows with the root of its count."""
    most = float(bits.max(initial=0))
    width = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if most < BARS * step or step == 1000)
    counts, edges = np.histogram(bits, bins=np.arange(0, most + width + 1e-9, width))
    highest = max(1, int(counts.max(initial=1)))
    return [
        Bar(low=float(low), high=float(low + width), count=int(count), height=float(np.sqrt(count / highest)))
        for low, count in zip(edges, counts, strict=False)
    ]


def as_rows(found: Found) -> list[dict[str, object]]:
    """Return a row for each pair that is shown, as JSON's types."""
    return [_row(found, pair) for pair in found.pairs]


def _row(found: Found, pair: Pair) -> dict[str, object]:
    return {
        "students": [pair.one, pair.other],
        "bits": round(pair.bits, 2),
        "next": [round(pair.next_one, 2), round(pair.next_other, 2)],
        "same_file": found.same_file(pair),
        "questions": [_alike(each) for each in pair.alike],
    }


def _alike(alike: Alike) -> Mapping[str, object]:
    made = alike.mistake
    return {
        "question": alike.question or None,
        "bits": round(alike.bits, 2),
        "shared": round(alike.part, 3),
        "pairs_as_alike": round(alike.as_alike, 5),
        "mistake": {"title": made.title, "sure": made.sure, "students": [*made.students], "asked": made.asked}
        if made
        else None,
    }
