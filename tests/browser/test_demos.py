"""Every demo as a page in Chromium: by mouse and keyboard, from the back row, on a phone, in the dark, offline."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from aics.demos.demo import Demo
from aics.demos.found import found
from aics.demos.look import LABEL, PROJECTED
from aics.demos.photo import REFUSED
from tests.browser.servers import chromium
from tests.browser.shown import Shown

pytestmark = pytest.mark.slow
ALL = found()
ON_STAGE = {name: cls for name, cls in ALL.items() if issubclass(cls, Demo)}
DESK, BACK_ROW, PHONE = (1280, 800), (1280, 720), (390, 844)


def resize(shown: Shown, size: tuple[int, int]) -> None:
    before = shown.markup
    shown.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    shown.differs(before)


def legible(shown: Shown, label: int) -> None:
    """No letter is lower than asked, and none is cut off."""
    words = shown.words
    assert not [each for each in words if each.height < label - 0.01]
    assert not [each for each in words if each.out > 2]


def test_the_start_page_offers_them_all_and_closes_them_again(page: Page, demos_address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(demos_address)
    for cls in ALL.values():
        expect(page.get_by_role("button", name=cls.title, exact=True)).to_be_visible(timeout=60_000)
    first = next(iter(ON_STAGE.values()))
    page.get_by_role("button", name=first.title, exact=True).press("Enter")
    expect(page.locator(".aics-stage")).to_be_visible(timeout=20_000)
    expect(page.get_by_text(first.ask)).to_be_visible()
    page.get_by_role("button", name="All demos", exact=True).press("Enter")
    expect(page.get_by_role("button", name=first.title, exact=True)).to_be_visible()
    answered = {urlsplit(url).hostname for url in asked if url.startswith("http")} - {"cdn.jsdelivr.net"}
    assert answered == {"127.0.0.1"}


def test_no_other_host_is_asked_whatever_a_template_would_like(page: Page, demos_address: str) -> None:
    """Voila's own template names a CDN; the browser is told to ask nobody but this server."""
    failed: dict[str, str | None] = {}
    page.on("requestfailed", lambda request: failed.update({request.url: request.failure}))
    page.goto(demos_address)
    expect(page.locator(".aics-demo")).to_be_visible(timeout=60_000)
    assert {urlsplit(url).hostname for url in failed} <= {"cdn.jsdelivr.net"}
    assert all("BLOCKED_BY_CSP" in str(why).upper() or "csp" in str(why) for why in failed.values())


def test_a_token_guards_the_port(page: Page, demos_address: str) -> None:
    page.goto(demos_address.partition("?")[0])
    expect(page.locator(".aics-demo")).to_have_count(0)
    assert urlsplit(page.url).path == "/login"


@pytest.mark.parametrize("name", ON_STAGE)
def test_a_demo_answers_keys_and_can_be_read_anywhere(page: Page, demos_address: str, name: str) -> None:
    page.set_viewport_size(dict(zip(("width", "height"), DESK, strict=True)))
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    shown = Shown(page, demos_address, name)
    assert len(shown.alt) > 20
    legible(shown, LABEL)
    first = shown.markup
    sliders = page.locator(".aics-control [role=slider]")
    expect(sliders.first).to_be_visible()
    sliders.first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    if ON_STAGE[name].keys:
        shown.press("ArrowDown")
        shown.press("ArrowRight")
    shown.differs(first)
    shown.button("Reset").press("Enter")
    shown.settled()
    shown.button("Projector").press("Enter")
    resize(shown, BACK_ROW)
    legible(shown, PROJECTED)
    shown.button("Dark").press("Enter")
    expect(page.locator(".aics-demo.aics-dark")).to_have_count(1)
    shown.button("Projector").press("Enter")
    resize(shown, PHONE)
    legible(shown, LABEL)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
    assert not wrong
    expect(shown.trouble.locator("visible=true")).to_have_count(0)


def with_photo() -> str:
    """A demo on whose page a photo is chosen."""
    return next(name for name, cls in ON_STAGE.items() if any(c.name == "photo" for c in cls().controls))


def test_files_that_are_no_photos_and_a_refused_webcam_are_one_sentence(page: Page, demos_address: str) -> None:
    shown = Shown(page, demos_address, with_photo())
    before = shown.markup
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="Your own photo").click()
    chosen.value.set_files({"name": "letter.png", "mimeType": "image/png", "buffer": b"Dear Sir or Madam"})
    expect(shown.trouble).to_contain_text("letter.png is no picture that can be read here")
    assert shown.markup == before
    shown.button("Webcam").click()
    expect(shown.trouble).to_have_text(REFUSED)
    assert shown.markup == before
    page.locator(".aics-control select").first.select_option("astronaut")
    shown.differs(before)
    expect(shown.trouble).to_have_count(0)


def test_a_picture_is_taken_by_the_webcam(browser: Browser, demos_address: str) -> None:
    """Chromium's own test camera: green, with a moving mark."""
    camera = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--no-sandbox"]
    with browser.browser_type.launch(executable_path=chromium(), args=camera) as own:
        shown = Shown(own.new_page(), demos_address, with_photo())
        before = shown.markup
        shown.button("Webcam").press("Enter")
        shown.button("Take the picture").wait_for()
        shown.page.wait_for_function("document.querySelector('video').videoWidth > 0")
        shown.button("Take the picture").press("Enter")
        shown.differs(before)
        expect(shown.page.locator(".aics-control select").first).to_have_value("webcam")
        expect(shown.button("Webcam")).to_be_visible()


def test_two_browsers_on_one_page_do_not_disturb_each_other(page: Page, demos_address: str) -> None:
    name = next(iter(ON_STAGE))
    one = Shown(page, demos_address, name)
    other = Shown(page.context.new_page(), demos_address, name)
    before = other.markup
    one.page.bring_to_front()
    slider = one.page.locator(".aics-control [role=slider]").first
    slider.focus()
    mine = one.markup
    one.page.keyboard.press("ArrowRight")
    one.differs(mine)
    assert other.settled() == before
