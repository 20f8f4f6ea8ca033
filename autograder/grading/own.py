"""Have questions about a student's cell made in the sandbox, by running it; what comes back is taken as data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from aics.check import wire
from aics.check.verdict import Verdict
from aics.own.asked import Asked
from aics.own.cell import LONGEST
from aics.own.messages import say
from aics.own.written import written_answers
from autograder.course.question import Case
from autograder.grading.line import Line, NoAnswer
from autograder.grading.steps import Step

#: Questions about one cell, and bytes of its text as it travels.
MOST, BYTES = 2, 60_000


def own_questions_of(
    line: Line, question: str, steps: Sequence[Step], left: wire.Left, cases: Sequence[Case] = ()
) -> list[Asked]:
    """The questions about a question's cell, with what the code gives; none where the sandbox sends anything else.

    cases : the public cases, where the sandbox does not have them: those of a student's own parameters

    The student's code shares a process with what makes them and could forge them, as it could forge an answer: whatever
    is sent is a question of a known kind, about a line of the cell, with an answer of that kind's form.
    """
    source = next((step.source for step in steps if step.grade_id == f"{question}_code"), "")
    if len(source) > LONGEST or len(json.dumps(source)) > BYTES:
        return []
    try:
        packed = [wire.pack(case) for case in cases]
        trees, arrays = [[tree, len(more)] for tree, more in packed], [array for _, more in packed for array in more]
        header = {"do": "own", "question": question, "source": source, "cases": trees}
        told = line.tell(header, left, arrays).get("own")
        asked = [Asked.of(each) for each in told] if isinstance(told, list) and len(told) <= MOST else []
    except (NoAnswer, ValueError):
        return []
    return asked if all(each.fits(source) for each in asked) else []


def with_own(verdict: Verdict, asked: Sequence[Asked], steps: Sequence[Step], points: float) -> Verdict:
    """A right answer's verdict with its extra credit, all of it or none, and with a note on what was answered."""
    if not asked:
        return replace(verdict, own=0.0)
    answers = written_answers([step.source for step in steps], verdict.question)
    right = sum(one.holds(answer) is True for one, answer in zip(asked, answers, strict=False))
    due = points if right == len(asked) == len(answers) else 0.0
    note = say("graded" if points else "graded.no_points", right=right, count=len(asked), due=f"{due:g}")
    return replace(verdict, own=due, notes=(*verdict.notes, note))
