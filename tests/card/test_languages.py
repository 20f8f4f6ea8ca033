"""A card in Chinese: its labels stand in a column, a browser knows its language, its pictures have the letters."""

from __future__ import annotations

import re

import numpy as np
import pytest

from aics.card.card import Card, feedback_outputs
from aics.card.finish_line import FinishLine, HandIn, WrittenAnswer
from aics.card.letters import font, has_chinese
from aics.card.notice import Notice
from aics.card.text import WIDTH, says_right
from aics.check.verdict import Evidence, SpeedReading, Verdict
from aics.language import speaking
from aics.language.columns import columns

EVIDENCE = Evidence(
    output="output",
    index=(0, 1),
    expected=np.array([[1.0, 2.0], [3.0, 4.0]]),
    got=np.array([[1.0, 2.5], [3.0, 4.0]]),
    marks=np.array([[False, True], [False, False]]),
    corner=(0, 0),
    wrong=1,
    size=4,
    error=0.5,
    allowed=1e-5,
)
WRONG = Verdict(
    question="relu",
    score=0,
    max_score=5,
    rung="values",
    reason="output 与期望值不同。",
    got="2.5",
    expected="2",
    next_move="盯住这一格：它应该用到用例中的哪些值，实际用了哪些？" * 3,
    misconception="m",
    hint="符号错了。",
    worked=("一", "二", "三"),
    evidence=EVIDENCE,
)
SLOW = Verdict(
    question="pool",
    score=2,
    max_score=5,
    rung="speed",
    speed=SpeedReading(ratio=5, full=3, zero=12, against="参考解答"),
)
RIGHT = Verdict(question="conv", score=8, max_score=8, bonus=True)
LINE = FinishLine([WRONG, SLOW, RIGHT], [WrittenAnswer(name="why", points=3)], HandIn(file="lab.ipynb"))


@pytest.fixture
def _chinese():
    with speaking("zh"):
        yield


@pytest.mark.usefixtures("_chinese")
def test_labels_of_a_terminal_stand_in_one_column_and_no_line_is_too_long():
    lines = Card(WRONG).text().splitlines()
    assert lines[0] == "[-] relu：还不对，0 / 5 分"
    labelled = [line for line in lines if re.match(r"    (期望|实际|下一步) ", line)]
    assert len(labelled) == 3
    assert {columns(line[: re.search(r"\S+ +", line).end()]) for line in labelled} == {16}
    assert max(map(columns, lines)) <= WIDTH


@pytest.mark.usefixtures("_chinese")
def test_the_columns_of_a_finish_line_stand_below_one_another():
    rows = LINE.text().splitlines()[:4]
    assert {
        columns(row[: row.index(word)])
        for row, word in zip(rows, ("还不对", "部分正确", "正确", "未看到"), strict=True)
    } == {10}
    assert {columns(row[: row.index(points)]) for row, points in zip(rows[:2], ("0 /", "2 /"), strict=True)} == {20}
    assert LINE.text().splitlines()[4] == "3 道题中有 1 道正确。其中 3 分由人工评定。合计：2 / 13 分、附加分 +8"


def test_a_browser_is_told_the_language_that_is_not_english():
    for shown in (Card(WRONG), LINE, Notice("一句话。")):
        english = shown._repr_mimebundle_()["text/html"]
        with speaking("zh"):
            chinese = shown._repr_mimebundle_()["text/html"]
        assert ' lang="zh"' in chinese.partition(">")[0]
        assert "lang=" not in english


@pytest.mark.usefixtures("_chinese")
def test_a_page_says_no_word_of_the_cards_own_in_english():
    shown = re.sub(r"<[^>]*>|&\w+;", " ", Card(WRONG).html() + Card(SLOW).html() + LINE.html())
    names, keys = {"output", "relu", "pool", "conv", "why", "lab", "ipynb"}, {"Ctrl", "Mac", "Cmd"}
    assert set(re.findall(r"[A-Za-z]{2,}", shown)) <= names | keys


@pytest.mark.usefixtures("_chinese")
def test_a_feedback_pages_picture_has_the_chinese_words():
    picture = feedback_outputs(WRONG)[1]["data"]
    with speaking("en"):
        assert picture["image/png"] != feedback_outputs(WRONG)[1]["data"]["image/png"]
    assert picture["text/plain"].startswith("output[0:2, 0:2]。output 的 4 个值中有 1 个不对。")


def test_letters_that_pillows_own_font_lacks_are_drawn_with_ours():
    one, other = (bytes(font(20, chinese=True).getmask(letter)) for letter in "期望")
    assert one != other, "two boxes would be alike"
    assert has_chinese("期望")
    assert not has_chinese("expected 2.5")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_text_that_says_right_is_known_in_every_language(language):
    with speaking(language):
        assert says_right(Card(RIGHT).text(), "conv")
        assert not says_right(Card(RIGHT).text(), "con")
        assert not says_right(Card(WRONG).text(), "relu")
