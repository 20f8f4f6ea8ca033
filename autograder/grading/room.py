"""How much a reply of a student's code may hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from autograder.course.question import Question

#: A reply may hold this many bytes beyond four times what is expected.
SPARE_ROOM = 2 << 20

#: A question's outputs, by name.
Outputs = Mapping[str, np.ndarray]


def room_of(question: Question, expected: Sequence[Outputs]) -> int:
    """Bytes of arrays that one reply to a question may hold."""
    most = max(4 * sum(8 * np.size(v) for v in wanted.values()) for wanted in expected)
    return SPARE_ROOM + max(most, question.returned_bytes)
