"""Requests as people read them in a terminal, and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from textwrap import indent
from typing import Any

from rich.markup import escape
from rich.table import Table

from aics.card.card import Card
from aics.language import sentences
from autograder.course import ClassFolder
from autograder.grading.verdict_json import to_json
from autograder.intake.handin import one_line
from autograder.regrade.kept import Decision, Kept, Request
from autograder.regrade.opened import Opened
from autograder.regrade.words import say

COLUMNS = ("number", "when", "student", "question", "says", "state")


def table(requests: Sequence[Request], kept: Kept) -> Table:
    """Return a line for each request."""
    shown = Table(*(say(column) for column in COLUMNS), title=say("list"), title_justify="left", pad_edge=False)
    for request in requests:
        question = f"{request.question} ({request.lab})"
        cells = (str(request.number), request.when[:10], request.student, question, one_line(request.says, 90))
        shown.add_row(*map(escape, cells), state(kept.decisions.get(request.number, ())))
    return shown


def state(decisions: Sequence[Decision]) -> str:
    """Return what became of a request, in a word or two."""
    return outcome(decisions[-1]) if decisions else say("state.open")


def outcome(decision: Decision) -> str:
    """Return whether the points of a decision stayed, in a word."""
    return say(became(decision))


def became(decision: Decision) -> str:
    """Return which of the words for an outcome is meant."""
    return "kept" if decision.kept else "changed"


def row(request: Request, kept: Kept) -> dict[str, Any]:
    """Return a request and its decisions as JSON's types."""
    decisions = [asdict(decision) for decision in kept.decisions.get(request.number, ())]
    return {**asdict(request), "open": not decisions, "decisions": decisions}


def opened_row(about: Opened) -> Mapping[str, Any]:
    """Return an opened request as JSON's types, with the verdict."""
    return {
        **asdict(about.request),
        "points": about.points,
        "max_points": about.most,
        "by_hand": about.mark.by_hand,
        "verdict": to_json(about.verdict) if about.verdict else None,
        "rules": about.rules,
        "changed_since": about.changed,
        "isolation": about.isolation,
        "answer": about.answer,
        "open": not about.decisions,
        "decisions": [asdict(decision) for decision in about.decisions],
    }


def text(state: ClassFolder, about: Opened) -> str:
    """Return all of a request, for a terminal."""
    request = about.request
    title = say("title", number=request.number, name=about.name, question=request.question, lab=request.lab)
    says = indent(request.says or say("says_nothing"), "    ")
    parts = [title, f"{say('asked', when=request.when[:10], source=request.source)}\n{says}", gradebook_line(about)]
    parts += [*_verdict(about), *rules_lines(state, about), *(decision_text(each) for each in about.decisions)]
    if not about.decisions:
        parts.append(say("how", number=request.number))
    return "\n\n".join(parts)


def gradebook_line(about: Opened) -> str:
    """Return the points that the gradebook has, and by whom."""
    key = "points.bonus" if about.bonus else "points"
    by = "waiting" if about.mark.waiting else "person" if about.mark.by_hand else "grader"
    return say(f"gradebook.{by}", points=say(key, points=about.points, most=about.most))


def verdict_line(about: Opened) -> str:
    """Return what stands above the verdict, or in its place."""
    if about.verdict:
        return say("verdict", when=about.made, isolation=about.isolation)
    return say("words" if about.most else "no_verdict")


def rules_lines(state: ClassFolder, about: Opened) -> Iterator[str]:
    """Yield the version of the rules, what has changed since, and how to ask again."""
    if not about.rules:
        return
    changed = {"rules": "rules.changed", "hand-in": "rules.handin"}.get(about.changed, "rules.same")
    yield sentences(say("rules", version=about.rules), say(changed))
    if about.changed:
        yield f"    {again(state, about)}"


def again(state: ClassFolder, about: Opened) -> str:
    """Return the command that asks the question again; another hand-in is graded whole."""
    request = about.request
    key = "again" if about.changed == "rules" else "again.whole"
    names = {"student": request.student, "lab": request.lab, "question": request.question}
    return say(key, submitted=state.submitted, **names)


def decision_text(decision: Decision) -> str:
    """Return who decided what, and what the student was told."""
    what = {"before": decision.before, "points": decision.points}
    line = say(f"decision.{became(decision)}", when=decision.when, grader=decision.grader, **what)
    return f"{line}\n{say('decision.comment', comment=decision.comment)}" if decision.comment else line


def _verdict(about: Opened) -> Iterator[str]:
    line = verdict_line(about)
    yield f"{line}\n{Card(about.verdict).text()}" if about.verdict else line
    if about.answer:
        yield f"{say('answer')}\n{indent(about.answer, '    ')}"
    yield say("evidence", page=about.page, notebook=about.notebook)
