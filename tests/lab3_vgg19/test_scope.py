"""What lab 3 asks in prose, and how much wrong and right code each of its questions is proved with."""

from __future__ import annotations

from autograder.course import Lab
from tests.labs.known_code import fewest

LAB = Lab("lab3_vgg19")


def test_every_question_is_proved_with_enough_code() -> None:
    mistakes, ways = fewest(LAB)
    assert mistakes >= 5
    assert ways >= 2


def test_the_written_questions_and_their_points() -> None:
    assert {written.name: written.points for written in LAB.written.values()} == {"cost_why": 10}
