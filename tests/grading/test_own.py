"""What a sandbox sends as questions about a cell is taken as data, and only where it can be such questions."""

from __future__ import annotations

import socket
import threading
from typing import Any

import pytest

from aics.check import wire
from aics.check.verdict import Verdict
from aics.own.asked import Asked
from autograder.grading.line import Line
from autograder.grading.own import own_questions_of, with_own
from autograder.grading.steps import Step

SOURCE = "def f(x):\n    y = x.T\n    return y\n"
STEPS = [Step(place=0, grade_id="relu_code", source=SOURCE)]
ONE = Asked(kind="shape", function="f", line=2, name="y", case=1, right=(3, 2))


def answered(tmp_path, reply: dict[str, Any] | bytes, steps: list[Step] = STEPS) -> list[Asked]:
    """What the grader takes from a process that answers with this, over the socket that a sandbox has."""
    line = Line(tmp_path)

    def sandbox() -> None:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(line.path))
            wire.receive(connection)
            if isinstance(reply, bytes):
                connection.sendall(reply)
            else:
                wire.send(connection, reply)

    other = threading.Thread(target=sandbox)
    other.start()
    try:
        line.connect(lambda: 5.0, lambda: False)
        return own_questions_of(line, "relu", steps, lambda: 5.0)
    finally:
        line.close()
        other.join()


def test_proper_questions_are_taken(tmp_path):
    assert answered(tmp_path, {"own": [ONE.told()]}) == [ONE]


@pytest.mark.parametrize(
    "reply",
    [
        {},
        {"own": None},
        {"own": "text"},
        {"own": [ONE.told()] * 3},
        {"own": [ONE.told() | {"line": 99}]},
        {"own": [ONE.told() | {"function": "g"}]},
        {"own": [ONE.told() | {"right": "<script>"}]},
        {"own": [[[[]]]]},
        {"own": [ONE.told() | {"name": "n" * 10**5}]},
        b"no frame at all, but long enough to be read as one",
        b"",
    ],
)
def test_anything_else_is_no_question(reply, tmp_path):
    assert answered(tmp_path, reply) == []


def graded(*cells: str, points: float = 0.5, asked: tuple[Asked, ...] = (ONE,)) -> Verdict:
    steps = [*STEPS, *(Step(place=n, grade_id="", source=cell) for n, cell in enumerate(cells, 1))]
    return with_own(Verdict(question="relu", score=5, max_score=5), asked, steps, points)


def test_all_answered_rightly_gives_the_points():
    assert graded('check.own("relu", (3, 2))').own == 0.5
    assert graded('check.own("relu", (3, 2), (3, 2))', asked=(ONE, ONE)).own == 0.5


@pytest.mark.parametrize(
    "cell", ["", 'check.own("relu", (2, 3))', 'check.own("flatten", (3, 2))', 'check.own("relu", (3, 2), (3, 2))']
)
def test_anything_less_or_more_gives_none_and_takes_none(cell):
    verdict = graded(cell)
    assert (verdict.own, verdict.score) == (0, 5)


def test_half_of_the_answers_give_no_half_of_the_points():
    verdict = graded('check.own("relu", (3, 2), 7)', asked=(ONE, ONE))
    assert verdict.own == 0
    assert verdict.notes == ("About the own code 1 of 2 answered rightly: +0 bonus.",)


def test_without_points_it_is_only_said():
    assert graded('check.own("relu", (3, 2))', points=0).notes == ("About the own code 1 of 1 answered rightly.",)


def test_where_nothing_can_be_asked_nothing_is_said():
    assert graded(asked=()).notes == ()
