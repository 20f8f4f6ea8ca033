"""Have questions about a student's cell made in the sandbox, by running it; what comes back is taken as data."""

from __future__ import annotations

import json

from aics.check import wire
from aics.own.asked import Asked
from aics.own.cell import LONGEST
from autograder.grading.line import Line, NoAnswer

#: Questions about one cell, and bytes of its text as it travels.
MOST, BYTES = 2, 60_000


def own_questions_of(line: Line, question: str, source: str, left: wire.Left) -> list[Asked]:
    """The questions about a question's cell, with what the code gives; none where the sandbox sends anything else.

    The student's code shares a process with what makes them and could forge them, as it could forge an answer: whatever
    is sent is a question of a known kind, about a line of the cell, with an answer of that kind's form.
    """
    if len(source) > LONGEST or len(json.dumps(source)) > BYTES:
        return []
    try:
        told = line.tell({"do": "own", "question": question, "source": source}, left).get("own")
        asked = [Asked.of(each) for each in told] if isinstance(told, list) and len(told) <= MOST else []
    except (NoAnswer, ValueError):
        return []
    return asked if all(each.fits(source) for each in asked) else []
