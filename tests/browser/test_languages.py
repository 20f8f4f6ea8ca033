"""One server, two browsers with two languages: each page speaks the language that its browser asks for."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from aics.demos.found import found
from aics.demos.start import BACK, TITLE
from aics.language import speaking, tr
from tests.browser.shown import Shown

pytestmark = pytest.mark.slow
FIRST = next(iter(found()))


def opened(browser: Browser, address: str, locale: str) -> Page:
    """The start page in a browser of its own, not waited for."""
    page = browser.new_context(locale=locale).new_page()
    page.goto(address, wait_until="commit")
    return page


def expect_start_page(page: Page, language: str) -> None:
    with speaking(language):
        heading, first = tr(TITLE), tr(found()[FIRST].title)
    expect(page.get_by_role("heading", name=heading)).to_be_visible(timeout=60_000)
    expect(page.get_by_role("button", name=first, exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", language)


def test_two_browsers_at_once_each_get_their_own(browser: Browser, demos_address: str) -> None:
    chinese, english = (opened(browser, demos_address, locale) for locale in ("zh-CN", "en-US"))
    expect_start_page(english, "en")
    expect_start_page(chinese, "zh")
    english.get_by_role("button", name=found()[FIRST].title, exact=True).press("Enter")
    expect(english.get_by_role("button", name=BACK, exact=True)).to_be_visible()
    for page in (chinese, english):
        page.context.close()


def test_a_demo_is_chinese_from_its_address_on(browser: Browser, demos_address: str) -> None:
    """What its lab says is that lab's own; the stage around it is looked at here."""
    with browser.new_context(locale="zh-CN") as context:
        shown = Shown(context.new_page(), demos_address, FIRST)
        for name in ("重置", "投影", "深色", "全部演示"):
            expect(shown.button(name)).to_be_visible()
        shown.button("投影").press("Enter")
        shown.settled()
        assert not [each for each in shown.words if each.out > 2]


def test_a_language_that_is_not_there_is_english(browser: Browser, demos_address: str) -> None:
    page = opened(browser, demos_address, "fr-FR")
    expect_start_page(page, "en")
    page.context.close()
