"""What lab 6 asks in prose, and how much wrong and right code each of its questions is proved with."""

from __future__ import annotations

from autograder.course import Lab
from tests.labs.known_code import fewest

LAB = Lab("lab6_mixed_sparse")


def test_every_question_is_proved_with_enough_code() -> None:
    mistakes, ways = fewest(LAB)
    assert mistakes >= 6
    assert ways >= 2


def test_the_written_questions_and_their_points() -> None:
    assert {written.name: written.points for written in LAB.written.values()} == {
        "mixed_precision_how": 5,
        "sparse_how": 5,
    }


def test_every_output_says_what_it_is() -> None:
    outputs = [output for question in LAB.questions.values() for output in question.outputs]
    assert len(outputs) > 60
    assert all(output.reads for output in outputs)
