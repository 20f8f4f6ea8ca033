"""What is written down as answers: the literals of a ``check.own("relu", (2, 3), 5)`` that stands in a cell.

Nothing of it is run, for the notebook and the grader read the same text; it is short, so that no parser can be brought
down by it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

#: Letters of the answers together.
LETTERS = 200
_CALL = re.compile(rf"""^[ \t]*check\.own\(\s*["'](\w+)["']\s*,([^#]{{1,{LETTERS}}}?)\)[ \t]*(?:#.*)?$""", re.M)


def written_answers(sources: Sequence[str], question: str) -> list[object]:
    """The answers in the last call for a question; empty where there is none, or one that is no literals."""
    calls = [answers for source in sources for name, answers in _CALL.findall(source) if name == question]
    try:
        read = ast.literal_eval(f"({calls[-1].strip().rstrip(',')},)") if calls else ()
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return []
    return list(read)
