"""What lab 2 asks in prose, and how much wrong and right code each of its questions is proved with."""

from __future__ import annotations

from autograder.course import Lab
from tests.labs.known_code import fewest

LAB = Lab("lab2_layers")


def test_every_question_is_proved_with_enough_code() -> None:
    mistakes, ways = fewest(LAB)
    assert mistakes >= 4
    assert ways >= 1


def test_the_written_questions_and_their_points() -> None:
    assert {written.name: written.points for written in LAB.written.values()} == {"img2col_why": 10}


def test_ten_points_are_a_bonus() -> None:
    assert [question.points for question in LAB.questions.values() if question.bonus] == [10]
    assert len([question for question in LAB.questions.values() if not question.bonus]) == 13
