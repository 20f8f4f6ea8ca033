"""What a student answered about the own code: the literals of the last ``check.own("relu", (2, 3))`` that is handed in.

Nothing of it is run. The text between the brackets is short, so that no parser can be brought down by it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from aics.own.asked import Asked
from autograder.grading.steps import Step

#: Letters of the answers together.
LETTERS = 200
_CALL = re.compile(rf"""^[ \t]*check\.own\(\s*["'](\w+)["']\s*,([^#\n]{{1,{LETTERS}}})\)[ \t]*(?:#.*)?$""", re.M)


def own_answers(steps: Sequence[Step], question: str) -> list[object]:
    """The answers that were handed in last for a question; empty where there are none that can be read."""
    calls = [answers for step in steps for name, answers in _CALL.findall(step.source) if name == question]
    try:
        read = ast.literal_eval(f"({calls[-1]},)") if calls else ()
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return []
    return list(read)


def rightly_answered(asked: Sequence[Asked], answers: Sequence[object]) -> list[bool]:
    """Of each question whether it was answered rightly."""
    given = [*answers[: len(asked)], *([None] * (len(asked) - len(answers)))]
    return [one.holds(answer) is True for one, answer in zip(asked, given, strict=True)]
