"""A feedback page, opened as the file that a student gets."""

from __future__ import annotations

import pytest

from tests.browser.classroom import Graded

pytestmark = pytest.mark.slow


def test_the_card_can_be_read_and_its_picture_is_there(page, graded: Graded) -> None:
    page.goto(graded.feedback("edsger").as_uri())
    verdict = graded.row("edsger", "conv_forward")
    card = page.locator(".aics-card", has_text="conv_forward").first
    assert verdict["reason"] in card.inner_text()
    assert "&lt;" not in card.inner_text()
    picture = page.locator("img[alt*='output']").first
    picture.scroll_into_view_if_needed()
    assert picture.is_visible()
    assert picture.evaluate("image => image.naturalWidth") > 100


def test_the_points_are_the_trusted_ones(page, graded: Graded) -> None:
    page.goto(graded.feedback("edsger").as_uri())
    assert f"Score: {graded.totals()['edsger']:g}" in page.locator("body").inner_text()


def test_nothing_of_a_students_page_runs(page, graded: Graded) -> None:
    page.goto(graded.feedback("eve").as_uri())
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.hacked") is None
    assert page.locator("[onerror], [onload], a[href^='javascript'], img[src^='http']").count() == 0
    assert "long rows" in page.locator("strong").all_inner_texts()
    assert "![none](attachment:none.png)" in page.locator("body").inner_text()
