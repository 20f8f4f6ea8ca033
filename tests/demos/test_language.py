"""A page speaks one language, all of it: which one is asked for, and what the stage says in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from aics.demos import visitor
from aics.demos.choosers import PLAY
from aics.demos.demo import Demo
from aics.demos.found import found
from aics.demos.in_notebook import demo
from aics.demos.page import DemoPage
from aics.demos.photo import REFUSED
from aics.demos.start import Start
from aics.demos.trouble import error_sentence
from aics.language import language, speaking, tr
from aics.language.asked import preferred
from aics.language.spoken import VARIABLE, speak
from tests.demos.test_page import Everything

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-US,en;q=0.9,zh;q=0.8", "en"),
        ("fr;q=0.9, zh-Hans;q=0.8, en;q=0.2", "zh"),
        ("en;q=0.1, zh;q=0.9", "zh"),
        ("zh;q=0, en", "en"),
        ("fr, de", ""),
        ("*", ""),
        ("", ""),
        (";;q=, zh;q=much", "zh"),
    ],
)
def test_of_what_a_browser_asks_for_the_best_that_is_there(accepted: str, language: str) -> None:
    assert preferred(accepted) == language


def test_a_server_that_was_told_a_language_speaks_it_to_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [visitor.language_for(accepted) for accepted in ("en-US", "zh-TW", "fr")] == ["en", "zh", "en"]
    monkeypatch.setenv(VARIABLE, "zh_CN.UTF-8")
    assert visitor.language_for("en-US") == "zh"


def test_a_pages_kernel_speaks_its_browsers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(visitor.HANDED, "zh-CN")
    try:
        visitor.speak_as_asked()
        assert language() == "zh"
    finally:
        speak("")


def test_a_notebook_goes_on_speaking_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(visitor.HANDED, raising=False)
    with speaking("zh"):
        visitor.speak_as_asked()
        assert language() == "zh"
    assert language() == "en"


def said(widget: object) -> Iterator[str]:
    """All that a page shows in words, and says to a screen reader, apart from the stage."""
    shown = "label" if hasattr(widget, "options") else "value"  # of a choice, what it is called here
    for name in (shown, "description", "tooltip", "opens", "takes", "seen"):
        words = getattr(widget, name, None)
        if isinstance(words, str) and "<style" not in words:
            yield words
    for child in getattr(widget, "children", ()):
        yield from said(child)


#: The stage's own words; those of `Everything` are in no catalogue, and code is the same in every language.
OWN = re.compile(r"(Everything|Whole|Part|Power|Word|Yes|Go|Frame|Kernel|Photo|What comes\?|Arrows move\.|five|four)")


def test_the_stage_around_a_demo_is_chinese() -> None:
    with speaking("zh"):
        page = DemoPage(Everything())
        words = [re.sub(r"<[^>]*>|&\w+;", "", each) for each in said(page)]
        left = [each for each in words if re.search("[A-Za-z]{3}", OWN.sub("", each))]
        assert [each for each in left if each not in ("red", "blue")] == []
        assert any("重置" in each for each in words)
        assert CHINESE.search(repr(page))
        page.choosers["photo"].webcam._handle_custom_msg({"kind": "refused", "why": ""}, [])
        assert tr(REFUSED) in page.trouble.value
        assert tr(REFUSED) != REFUSED
        assert tr(PLAY, label="Frame") == "播放：Frame"


def test_what_a_demo_is_handed_is_the_same_in_every_language() -> None:
    english = DemoPage(Everything()).values
    with speaking("zh"):
        chinese = DemoPage(Everything()).values
    assert (english["photo"] == chinese["photo"]).all()
    assert {**english, "photo": 0} == {**chinese, "photo": 0}


def test_the_start_page_is_chinese() -> None:
    with speaking("zh"):
        start = Start(found())
        assert CHINESE.search(start.title.value)
        assert CHINESE.search(start.back.description)
        assert CHINESE.search(repr(start))


def test_a_demo_in_a_notebook_speaks_the_notebooks_language() -> None:
    name = next(name for name, cls in found().items() if issubclass(cls, Demo))
    speak("zh")  # as open_lab(..., language="zh") does
    try:
        box = demo(name).widget
    finally:
        speak("")
    assert any("先猜一猜" in words for words in said(box))
    assert "重置" in list(said(box))
    box.children[-1].close()


@pytest.mark.parametrize("error", [NotImplementedError("relu"), MemoryError(), ValueError("seven")])
def test_what_went_wrong_is_a_chinese_sentence(error: Exception) -> None:
    with speaking("zh"):
        assert CHINESE.search(error_sentence(error))
