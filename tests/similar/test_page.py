"""The page of a class of sixty with planted copies, in a real browser: both themes, keyboard, narrow, on paper."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from aics.language import speaking
from autograder.course import ClassFolder, Lab
from autograder.intake.called import Called
from autograder.report.standing import Standing
from autograder.similar.found import Found, found
from autograder.similar.page import page as page_of_pairs
from benchmarks.planted import Planted
from benchmarks.ranked import class_answers
from tests.browser.readable import ENOUGH, contrasts
from tests.browser.servers import chromium
from tests.instructor.chinese_text import english_words, half_width, text_of
from tests.similar.conftest import SMALL

if not chromium():
    pytest.skip("no Chromium here: on Debian `apt-get install chromium` brings it", allow_module_level=True)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def compared(sixty: Planted) -> Found:
    """Sixty compared, of whom six copied; a name tries to act on their page."""
    names = {student: Called(name=f"Student {student[-3:]} 张三") for student in sixty.students}
    names[next(iter(sixty.copies))[0]] = Called(name="<script>window.ran = 1</script><b>Bo</b>")
    standings = {s: Standing(student=s, called=names[s], verdicts=each.verdicts) for s, each in sixty.students.items()}
    return found(Lab(SMALL), class_answers(sixty), standings, 30)


@pytest.fixture(scope="module")
def path(compared: Found, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their page."""
    folder = tmp_path_factory.mktemp("pairs")
    text = page_of_pairs(ClassFolder(folder), Lab(SMALL), compared, datetime(2026, 1, 1))
    (folder / "pairs.html").write_text(text, "utf-8")
    return folder / "pairs.html"


@pytest.mark.parametrize("width", [1280, 420])
def test_nothing_is_asked_for_nothing_runs_and_nothing_reaches_over_the_edge(page, path, width):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert asked == [path.as_uri()]
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_can_be_read(page, path, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('#pair-1, #pair-2').forEach(each => each.open = true)")
    assert {words: ratio for words, ratio in contrasts(page.locator("body")).items() if ratio < ENOUGH} == {}


def test_both_answers_stand_side_by_side_and_one_below_the_other_where_there_is_no_room(page, path):
    page.goto(path.as_uri())
    page.locator("#pair-1 summary").click()
    left, right = (page.locator("#pair-1 .sides").first.locator("figure").nth(n) for n in (0, 1))
    assert left.bounding_box()["y"] == right.bounding_box()["y"]
    assert left.bounding_box()["x"] < right.bounding_box()["x"]
    assert left.locator("mark").count()
    page.set_viewport_size({"width": 420, "height": 900})
    assert left.bounding_box()["y"] < right.bounding_box()["y"]


def test_the_keyboard_alone_leads_to_a_pair_and_opens_it(page, path):
    page.goto(path.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.parentElement.id") == "pair-1"
    page.keyboard.press("Enter")
    assert page.locator("#pair-1").evaluate("each => each.open")


def test_on_paper_every_pair_is_open(page, path):
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    shown = page.locator("#pair-2 pre").first
    assert shown.is_visible()
    assert shown.bounding_box()["height"] > 5
    assert not page.locator("nav").is_visible()
    assert page.locator(".evidence").is_visible()


def test_in_chinese_it_is_all_chinese(sixty, compared, tmp_path):
    with speaking("zh"):
        compared = found(Lab(SMALL), class_answers(sixty), compared.standings, 30)
        text = text_of(page_of_pairs(ClassFolder(tmp_path), Lab(SMALL), compared, datetime(2026, 1, 1)))
    of_hints = {"float", "hidden", "reshape", "self", "transpose"}  # code that a hint speaks of
    assert english_words(text) - of_hints - {"Student", "student", "script", "window"} == set()
    assert half_width(text) == []
