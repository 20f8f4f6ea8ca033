"""The finish line says what is right, what is open, the true maximum, and what to hand in."""

from __future__ import annotations

import pytest

from aics.card.finish_line import ClosedAnswer, FinishLine, HandIn, InExam, WrittenAnswer
from aics.card.sketch import Sketch
from aics.check.verdict import SpeedReading, Verdict
from tests.card.test_card import Tags

SPEED = SpeedReading(ratio=9, full=3, zero=12, against="a stand-in")
RIGHT = Verdict(question="relu", score=5, max_score=5)
PARTLY = Verdict(question="conv", score=5.5, max_score=8, rung="speed", reason="Slow.", speed=SPEED)
WRONG = Verdict(question="pool", score=0, max_score=4, rung="values", reason="Off by one.")
OPEN = Verdict(question="flatten", score=0, max_score=3, rung="raises", unfilled=True, reason="Waiting.")
BONUS = Verdict(question="winograd", score=4, max_score=10, bonus=True, rung="speed", reason="Slow.")
FILLED = WrittenAnswer(name="why", points=6, filled=True)
EMPTY = WrittenAnswer(name="how", points=4, filled=False)


def shown(line: FinishLine) -> tuple[str, str]:
    """Its words in a terminal and in a notebook."""
    page = Tags(line.html())
    assert not page.open
    return line.text(), page.words


def test_every_question_and_written_answer_has_its_row_and_its_state() -> None:
    line = FinishLine([RIGHT, PARTLY, WRONG, OPEN, BONUS], [FILLED, EMPTY])
    for words in shown(line):
        for said in ("relu", "conv", "partly", "not yet", "to do", "filled in", "empty", "Off by one.", "? / 6 points"):
            assert said in words
        assert "9x the reference's time; full points up to 3x" in words
    marks = [text[:3] for text in line.text().splitlines()[:7]]
    assert marks == ["[+]", "[~]", "[-]", "[ ]", "[~]", "[=]", "[ ]"]


def test_the_maximum_counts_written_answers_and_leaves_the_bonus_apart() -> None:
    line = FinishLine([RIGHT, PARTLY, BONUS], [FILLED, EMPTY])
    assert line.totals() == ["10.5 / 23 points", "+4 of 10 bonus"]
    for words in shown(line):
        assert "A person gives 10 of the points." in words


@pytest.mark.parametrize(
    ("verdicts", "written", "complete"),
    [
        ([RIGHT], [], True),
        ([RIGHT, BONUS], [FILLED], True),
        ([RIGHT, PARTLY], [FILLED], False),
        ([RIGHT], [EMPTY], False),
        ([RIGHT], [WrittenAnswer(name="why", points=6)], False),
        ([RIGHT, OPEN], [], False),
    ],
)
def test_complete_is_what_can_be_right_without_the_bonus(verdicts, written, complete) -> None:
    assert FinishLine(verdicts, written).complete is complete


def test_what_is_open_is_counted_before_the_file_to_hand_in_is_named() -> None:
    handin = HandIn(file="~/labs/lab.ipynb", warnings=["Save first."], receipt="Receipt 1.", log="Log.")
    for words in shown(FinishLine([RIGHT, PARTLY, WRONG, OPEN, BONUS], [EMPTY], handin)):
        assert "Not finished: 1 to do, 1 not right yet, 1 partly, 1 of the written answers empty." in words
        assert words.index("Save first.") < words.index("then hand in this file: ") < words.index("Receipt 1.")
        assert "~/labs/lab.ipynb" in words


def test_a_file_that_is_not_known_is_called_an_example() -> None:
    for words in shown(FinishLine([RIGHT], [], HandIn(file="lab.ipynb", found=False))):
        assert "hand in its file, such as " in words


def test_the_log_is_a_picture_with_words() -> None:
    page = FinishLine([RIGHT], [], HandIn(file="lab.ipynb", way=Sketch(10, 10, "The way."))).html()
    assert 'aria-label="The way."' in page


def test_a_table_of_nothing_shows_nothing_wrong() -> None:
    assert "0 of 0" in FinishLine([]).text()
    assert not Tags(FinishLine([]).html()).open


UNTIL = "2099-01-01 12:00 UTC+08:00"
CLOSED = [
    ClosedAnswer(name="conv", points=8, filled=True),
    ClosedAnswer(name="flatten", points=3, filled=False),
    ClosedAnswer(name="winograd", points=10, filled=False, bonus=True),
]


def test_in_an_exam_answers_without_a_check_have_their_rows_and_nothing_is_summed_up() -> None:
    line = FinishLine([RIGHT, WRONG], [FILLED], HandIn(file="x.ipynb"), InExam(until=UNTIL, closed=CLOSED))
    for words in shown(line):
        for said in ("? / 8 points", "? / 3 points", "+? of 10 bonus", "Right, as far as checks work: 1 of 2."):
            assert said in words
        assert "Filled in without a check: 1 of 3." in words
        assert f"points from {UNTIL} on" in words
        assert "Not finished: 1 not right yet, 1 of the answers without a check empty." in words
        assert "/ 26 points" not in words
        assert "/ 15 points" not in words
    assert [text[:3] for text in line.text().splitlines()[:6]] == ["[+]", "[-]", "[=]", "[ ]", "[ ]", "[=]"]


@pytest.mark.parametrize(
    ("verdicts", "closed", "complete"),
    [([RIGHT], CLOSED[:1], True), ([WRONG], CLOSED[:1], False), ([], CLOSED, False), ([], CLOSED[::2], True)],
)
def test_an_exam_is_complete_when_all_is_answered_and_what_a_check_sees_is_right(verdicts, closed, complete) -> None:
    line = FinishLine(verdicts, [], None, InExam(until=UNTIL, closed=closed))
    assert line.complete is complete
    assert ("Every answer is filled in" in line.left()) is complete


def test_where_the_file_was_not_found_nobody_looked_at_answers_without_a_check() -> None:
    line = FinishLine([], [], None, InExam(until=UNTIL, closed=[ClosedAnswer(name="conv", points=8)]))
    assert line.summary() == ["The notebook's file was not found: answers without a check that were not looked at: 1."]
    assert line.left() == "Not finished: 1 of the answers without a check not seen. It can be handed in as it is."
