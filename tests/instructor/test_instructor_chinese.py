"""What instructors read in Chinese: report and pairs as files, live pages in the language that a browser asks for."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from urllib.request import Request, urlopen

import pytest

from aics.check.verdict import Verdict
from aics.language import speaking
from autograder.course import ClassFolder, Lab, labs
from autograder.gradebook.total import Mark
from autograder.intake.called import Called
from autograder.marking.answers import Answers
from autograder.marking.rubric import rubric
from autograder.regrade.taken import take
from autograder.report.page import page as report_page
from autograder.report.reasons import ClassQuestion
from autograder.report.standing import Standing
from tests.browser.servers import chromium
from tests.instructor.chinese_text import english_words, half_width, text_of
from tests.instructor.marked import LAB, QUESTION, page_of, write_class

WHEN = datetime(2026, 1, 1)
WRITTEN = [(lab.name, question) for lab in labs() for question in lab.written]


@pytest.mark.parametrize(("lab", "question"), WRITTEN)
def test_an_answer_is_worth_the_same_in_chinese(lab, question):
    english, chinese = rubric(Lab(lab), question), rubric(Lab(lab), question, "zh")
    assert [each.points for each in chinese.criteria] == [each.points for each in english.criteria]
    assert len(chinese.notes) == len(english.notes)
    for said in (chinese.model, chinese.asked, *(each.text for each in chinese.criteria)):
        assert re.search(r"[\u4e00-\u9fff]", said)


def test_a_language_without_an_edition_is_graded_by_the_english_scheme():
    assert rubric(Lab(LAB), QUESTION, "fr") == rubric(Lab(LAB), QUESTION)


def standing(student: str, *verdicts: Verdict) -> Standing:
    return Standing(
        student=student, called=Called(name="王小明", email="w@example.org"), verdicts={v.question: v for v in verdicts}
    )


def one_class(lab: Lab) -> list[Standing]:
    """A class with every rung, a known mistake, a guess, and everything that there is to look at."""
    asked = [name for name, question in lab.questions.items() if not question.bonus]
    wrong = Verdict(question="relu", score=0, max_score=5, number=1, case="x [2]", rung="values", reason="数值不对。")
    known = replace(wrong, misconception="absolute_value", hint="负的输入变成了正数。")
    rungs = ("allowed", "defined", "raises", "type", "shape", "dtype", "finite", "values", "speed", "stopped")
    found = [
        standing(f"s{n}", replace(wrong, rung=rung, question=name))
        for n, (rung, name) in enumerate(zip(rungs, asked, strict=False))
    ]
    found += [standing("known", known), standing("guess", replace(known, match="first"))]
    found += [standing("blank", replace(wrong, unfilled=True)), standing("best", replace(wrong, score=5, rung=""))]
    failed = Standing(student="failed", failed="无法读取。", late="迟交一天。", regrades=["relu"])
    hand = replace(standing("hand", wrong), marks={"relu": Mark(score=1, max_score=5, by_hand=True)})
    return [*found, failed, hand, replace(found[0], student="level", isolation="isolated")]


@pytest.mark.slow
def test_the_report_is_all_chinese(registered, tmp_path):
    state = ClassFolder(shutil.copytree(registered, tmp_path / "course"))
    lab = Lab(LAB)
    (state.folder / "roster.csv").write_text("id,name\nnobody,李四\n")
    with speaking("zh"):
        found = one_class(lab)
        page = report_page(state, lab, found, [ClassQuestion(q, found) for q in lab.questions.values()], WHEN)
    assert '<html lang="zh">' in page
    ids = {each.student for each in found} | {"nobody", "isolated"}
    assert english_words(text_of(page)) - ids == set()
    assert half_width(text_of(page)) == []


@pytest.fixture(scope="module")
def state(registered, tmp_path_factory) -> ClassFolder:
    """Two answers in words that wait, and a regrade request."""
    state = ClassFolder(shutil.copytree(registered, tmp_path_factory.mktemp("chinese") / "course"))
    write_class(state, ["因为缓存。", "因为寄存器。"])
    asked = state.folder.parent / "asked.csv"
    with asked.open("w", newline="", encoding="utf-8") as file:
        rows = [("student", "lab", "question", "says"), ("student00", LAB, QUESTION, "我都写了。")]
        csv.writer(file).writerows(rows)
    assert not take(state, [asked]).refused
    return state


@pytest.fixture(scope="module")
def address(state, tmp_path_factory) -> Iterator[tuple[str, str]]:
    """Where one server's pages are, and its token."""
    with page_of(state, tmp_path_factory.mktemp("mark"), "--grader", "Tess", "--blind", lab="") as found:
        base, _, token = found.partition("?")
        yield base.rstrip("/"), token


@pytest.mark.slow
@pytest.mark.parametrize("path", ["", f"/{LAB}/{QUESTION}", "/regrades/1"])
def test_one_server_speaks_to_each_browser_in_its_language(address, path):
    base, token = address

    def asked(accepted: str) -> str:
        request = Request(f"{base}{path}?{token}", headers={"Accept-Language": accepted})
        with urlopen(request, timeout=60) as reply:
            return str(reply.read().decode())

    english, chinese = asked("en-US"), asked("zh-CN,zh;q=0.9,en;q=0.5")
    assert '<html lang="en">' in english
    assert '<html lang="zh">' in chinese
    assert "Grading by hand" in english
    assert "人工评分" in chinese
    assert english_words(text_of(chinese)) - {"Tess"} == set()
    assert '<html lang="en">' in asked("fr")


@pytest.mark.slow
@pytest.mark.skipif(not chromium(), reason="no Chromium here: on Debian `apt-get install chromium` brings it")
def test_an_answer_is_graded_by_keyboard_in_chinese(address, browser):
    base, token = address
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{base}/{LAB}/{QUESTION}?{token}")
    page.locator("#place:not(:empty)").wait_for()
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.locator("#said", has_text="已保存").wait_for()
    assert english_words(page.locator("body").inner_text()) == set()
    assert page.locator("#left").inner_text() == "2 份中 1 份待评"
    context.close()


def test_a_decision_is_found_again_whatever_the_next_grader_speaks(state):
    answers = Answers(state, LAB, QUESTION)
    with speaking("zh"):
        chinese = [group.id for group in answers.groups()]
    assert chinese == [group.id for group in answers.groups()]
