"""Lab 2's demos in Chromium: the window under the mouse and the keys, a kernel edited, the film, the race."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.shown import Shown

pytestmark = pytest.mark.slow


def at(row: int, column: int) -> str:
    """What is said of a window."""
    return f"The window at row {row}, column {column} of the output"


def test_the_window_follows_the_mouse_and_the_keys(page: Page, demos_address: str) -> None:
    shown = Shown(page, demos_address, "convolution")
    shown.says(at(11, 13))
    shown.drag((0.1, 0.2), (0.2, 0.3), (0.001, 0.045))
    shown.says(at(0, 0))
    shown.press("ArrowRight", 3)
    shown.press("ArrowDown", 2)
    shown.says(at(2, 3))
    shown.slide("Window's row", "End")
    shown.says(at(21, 3))
    shown.button("Reset").press("Enter")
    shown.says(at(11, 13))


def test_a_kernels_numbers_follow_its_name_and_its_name_edited_numbers(page: Page, demos_address: str) -> None:
    shown = Shown(page, demos_address, "convolution")
    kernel, numbers = shown.control("Kernel").locator("select"), shown.control("Own numbers").locator("input")
    kernel.select_option("outline")
    shown.says("The kernel outline")
    expect(numbers.nth(4)).to_have_value("8")
    numbers.nth(4).fill("9")
    numbers.nth(4).press("Tab")
    shown.says("The kernel own numbers")
    expect(kernel).to_have_value("own numbers")


def test_the_film_plays_and_the_race_is_run(page: Page, demos_address: str) -> None:
    shown = Shown(page, demos_address, "img2col")
    shown.says("Left, the loops at stop 11 of 48")
    shown.press("ArrowRight")
    shown.says("Left, the loops at stop 12 of 48: output channel 0, row 1, column 5.")
    shown.control("Step").get_by_role("button").first.press("Enter")
    shown.says("Left, the loops are through with 48 sums.")
    shown.button("Race").press("Enter")
    expect(shown.stage).to_have_attribute("aria-label", re.compile(r"[\d.]+ times as fast\.$"), timeout=120_000)
    assert any("times as fast" in words.text for words in shown.words)
